"""What every connector promises, as one suite: a connector's own test file is three lines.

The helpdesk behind it is a simulator or a real server; `HelpdeskUnderTest` is all that is asked of
it. Faults are put on the wire by `responses`, so that they are the same for every helpdesk.
"""

from __future__ import annotations

import json
import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from typing import Any, ClassVar, Protocol

import pytest
import requests
import responses

from integration.core.capabilities import Method
from integration.core.errors import (
    ApiContractChanged,
    AuthExpired,
    ChangedMeanwhile,
    DeskwardenError,
    HelpdeskUnavailable,
    NotFound,
    RateLimited,
    UnsupportedByHelpdesk,
)
from integration.core.models import Snapshot, TicketDraft, TicketStatus, TicketView
from integration.core.plan import IN_PLACE
from integration.core.ports import Clock, Connector
from integration.core.surfaces import Blob, Direction, Surface, SurfaceKind, Text

CARD = "4111 1111 1111 1111"
REMOVING = frozenset({Method.REPOST, Method.DELETE})
KEPT_COPIES = frozenset({SurfaceKind.HISTORY, SurfaceKind.MAIL_COPY})
"""What may come or change by itself when something else is edited."""


@dataclass(frozen=True)
class Bent:
    """An answer that lacks a required field."""

    url: re.Pattern[str]
    json: Any
    field: str


class HelpdeskUnderTest(Protocol):
    """A helpdesk that people use while a connector looks at it."""

    url: str
    secrets: tuple[str, ...]
    """Keys and tokens that no error may show."""
    missing: str
    """The id of a ticket that was never there."""
    clock: Clock

    def connect(self, budget: object, facts: Mapping[str, Any] | None = None) -> Connector:
        """A connector as the self-test would leave it; `facts` instead of what is known."""
        ...

    def plant(self) -> tuple[str, Mapping[SurfaceKind, tuple[str, ...]]]:
        """A ticket with text in every place there is: its id, and the texts by kind."""
        ...

    def write(self, text: str) -> str:
        """A customer opens a ticket, later than everything before; its id."""
        ...

    def reply(self, ticket: str, text: str) -> None:
        """The customer adds a message, later than everything before."""
        ...

    def rename(self, ticket: str, subject: str) -> None:
        """Someone edits the subject."""
        ...

    def mails(self) -> int:
        """How many mails left the helpdesk so far, to anyone."""
        ...

    def bent(self, ticket: str) -> Bent:
        """An answer to the reading of this ticket in a shape that is not documented."""
        ...

    def small_pages(self, patch: pytest.MonkeyPatch) -> None:
        """Let lists come in pages of a few rows."""
        ...

    def stop(self) -> None:
        """Stop it."""
        ...


class CountingBudget:
    """Gives every request and remembers for how long it was drained."""

    def __init__(self) -> None:
        self.acquired = 0
        self.drained: list[float] = []

    def acquire(self) -> None:
        self.acquired += 1

    def drain(self, seconds: float) -> None:
        self.drained.append(seconds)


class ConnectorContract:
    """The suite. A subclass names its helpdesk."""

    helpdesk: ClassVar[Callable[[], HelpdeskUnderTest]]

    @pytest.fixture
    def desk(self):
        desk = type(self).helpdesk()
        yield desk
        desk.stop()

    @pytest.fixture
    def budget(self):
        return CountingBudget()

    @pytest.fixture
    def connector(self, desk, budget):
        connector = desk.connect(budget)
        yield connector
        connector.close()

    @pytest.fixture
    def planted(self, desk):
        return desk.plant()

    @pytest.fixture
    def wire(self, desk):
        """`wire(method, ...)`: every such request is answered so, until the test ends."""
        with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
            anything = re.compile(re.escape(desk.url) + "/.*")

            def answer(method="GET", url=anything, **rest):
                mock.add(method, url, **rest)
                return mock

            mock.add_passthru(desk.url)
            yield answer

    # Reading.

    def test_every_place_with_text_is_a_surface(self, connector, planted):
        ticket, places = planted
        view = connector.fetch(ticket)
        assert view.complete
        for kind, texts in places.items():
            read = [text_of(s) for s in view.surfaces if s.kind is kind]
            for text in texts:
                assert any(text in one for one in read), (kind, len(read))

    def test_ids_are_unique_stable_and_hold_nothing_a_person_wrote(self, connector, planted):
        ticket, places = planted
        first, second = connector.fetch(ticket), connector.fetch(ticket)
        ids = [s.id for s in first.surfaces]
        assert ids == [s.id for s in second.surfaces]
        assert len(ids) == len(set(ids))
        written = {word for texts in places.values() for text in texts for word in text.split()}
        assert [i for i in ids if not re.fullmatch(r"[\w:#.-]+", i)] == []
        assert [i for i in ids if i.partition(":")[2] in written] == []

    def test_reading_twice_reads_the_same(self, connector, planted):
        ticket, _ = planted
        assert connector.fetch(ticket).surfaces == connector.fetch(ticket).surfaces

    def test_no_surface_shows_its_text_when_it_is_printed(self, connector, planted):
        ticket, places = planted
        shown = repr(connector.fetch(ticket))
        assert [t for texts in places.values() for t in texts if t in shown] == []

    def test_a_partial_reading_is_that_part_of_the_whole(self, connector, planted):
        ticket, _ = planted
        whole = connector.fetch(ticket)
        kinds = {s.kind for s in whole.surfaces}
        for wanted in [{kind} for kind in kinds] + [{SurfaceKind.SUBJECT, SurfaceKind.NOTE}, kinds]:
            part = connector.fetch(ticket, only=frozenset(wanted))
            assert list(part.surfaces) == [s for s in whole.surfaces if s.kind in wanted]
            assert part.ticket.mark == ""
            assert part.ticket.id == ticket

    def test_a_first_reading_may_be_a_partial_one(self, desk, budget, planted):
        ticket, _ = planted
        for kind in SurfaceKind:
            fresh = desk.connect(budget)
            part = fresh.fetch(ticket, only=frozenset({kind}))
            assert {s.kind for s in part.surfaces} <= {kind}
            assert part.ticket.department == fresh.fetch(ticket).ticket.department
            fresh.close()

    def test_a_whole_reading_bears_the_mark_of_the_list(self, desk, connector):
        start = connector.changed(None, now=desk.clock.now())
        ticket = desk.write("hello")
        marks = dict(changes(desk, connector, start.cursor))
        assert connector.fetch(ticket).ticket.mark == marks[ticket]

    def test_a_ticket_that_is_not_there_is_not_found(self, desk, connector):
        with pytest.raises(NotFound):
            connector.fetch(desk.missing)

    # Writing.

    def test_what_can_be_written_in_place_is_and_nothing_else_changes(self, connector, planted):
        ticket, _ = planted
        for surface in the_first_of_each_kind(connector.fetch(ticket)):
            method = connector.capabilities().of(surface.kind).strongest
            if method not in IN_PLACE or isinstance(surface.content, Blob):
                continue
            before = connector.fetch(ticket)
            connector.rewrite(before, before.surface(surface.id), "masked text")
            after = connector.fetch(ticket)
            assert after.surface(surface.id).content.text == "masked text", surface.kind
            assert others(after, surface) == others(before, surface), surface.kind

    def test_what_changed_meanwhile_is_not_overwritten(self, desk, connector, planted):
        ticket, _ = planted
        view = connector.fetch(ticket)
        desk.rename(ticket, "An edited subject")
        with pytest.raises(ChangedMeanwhile):
            connector.rewrite(view, view.surface("subject"), "masked text")
        after = connector.fetch(ticket)
        assert after.surface("subject").content.text == "An edited subject"
        assert not any("masked text" in text_of(s) for s in after.surfaces)

    def test_what_was_not_declared_is_refused_and_nothing_changes(self, connector, planted):
        ticket, _ = planted
        before = connector.fetch(ticket)
        refused = 0
        for surface in before.surfaces:
            methods = frozenset(connector.capabilities().of(surface.kind).methods)
            if not methods & IN_PLACE:
                with pytest.raises(UnsupportedByHelpdesk):
                    connector.rewrite(before, surface, "masked text")
                refused += 1
            if not methods & REMOVING:
                with pytest.raises(UnsupportedByHelpdesk):
                    connector.delete(before, surface)
                refused += 1
        assert refused
        assert connector.fetch(ticket).surfaces == before.surfaces

    def test_what_can_be_deleted_is_gone_and_nothing_else_is(self, connector, planted):
        ticket, _ = planted
        for surface in the_first_of_each_kind(connector.fetch(ticket)):
            if not frozenset(connector.capabilities().of(surface.kind).methods) & REMOVING:
                continue
            before = connector.fetch(ticket)
            connector.delete(before, before.surface(surface.id))
            after = connector.fetch(ticket)
            left = after.surface(surface.id)
            assert left is None or left.content != surface.content, surface.kind
            assert others(after, surface) == others(before, surface), surface.kind

    @pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
    def test_a_note_is_read_back_internal_and_mails_nobody(
        self, desk, connector, planted, media_type
    ):
        ticket, _ = planted
        before, mails = connector.fetch(ticket), desk.mails()
        text = "<p>Kari, ærlig &amp; talt</p>" if "html" in media_type else "Kari, ærlig & talt"
        connector.post_note(ticket, text, media_type=media_type)
        after = connector.fetch(ticket)
        (note,) = [s for s in after.surfaces if before.surface(s.id) is None]
        assert (note.kind, note.direction) == (SurfaceKind.NOTE, Direction.INTERNAL)
        assert note.content == Text(text, media_type)
        assert desk.mails() == mails
        assert facts_of(after) == facts_of(before)

    def test_our_ticket_is_found_by_its_marker_and_mails_nobody(self, desk, connector):
        mails = desk.mails()
        draft = TicketDraft("Card data found", "What to do, æøå", "dw-contract-a")
        ticket = connector.create_ticket(draft)
        view = connector.fetch(ticket)
        assert desk.mails() == mails
        assert connector.find_tickets("dw-contract-a") == (ticket,)
        assert connector.find_tickets("dw-contract-b") == ()
        assert "Card data found" in view.surface("subject").content.text
        assert any("What to do, æøå" in text_of(s) for s in view.surfaces)
        assert view.ticket.status is TicketStatus.OPEN

    def test_our_ticket_is_closed_and_opened_again(self, desk, connector):
        ticket = connector.create_ticket(TicketDraft("s", "b", "dw-contract-c"))
        mails = desk.mails()
        for status in (TicketStatus.CLOSED, TicketStatus.OPEN):
            connector.set_status(ticket, status)
            assert connector.fetch(ticket).ticket.status is status
        assert desk.mails() == mails
        assert connector.find_tickets("dw-contract-c") == (ticket,)

    @pytest.mark.parametrize("status", [TicketStatus.LIVE, TicketStatus.SPAM, TicketStatus.DELETED])
    def test_no_other_status_is_set(self, connector, status):
        ticket = connector.create_ticket(TicketDraft("s", "b", "dw-contract-d"))
        with pytest.raises(UnsupportedByHelpdesk):
            connector.set_status(ticket, status)

    # Lists.

    def test_the_first_cursor_starts_now(self, desk, connector):
        desk.write("before")
        page = connector.changed(None, now=desk.clock.now())
        assert (page.tickets, page.more) == ((), False)

    def test_every_change_is_listed_page_by_page_even_while_tickets_change(
        self, desk, connector, monkeypatch
    ):
        desk.small_pages(monkeypatch)
        cursor = connector.changed(None, now=desk.clock.now()).cursor
        written = [desk.write(f"ticket {n}") for n in range(8)]
        seen: list[str] = []
        for turn in range(30):
            page = connector.changed(cursor, now=desk.clock.now())
            seen += [t.id for t in page.tickets]
            cursor = page.cursor
            if turn < 2:
                desk.reply(written[turn], "one more thing")
            if not page.more:
                break
        else:
            pytest.fail("the list never ends")
        assert set(written) <= set(seen)

    def test_a_change_after_the_end_is_seen_from_its_cursor(self, desk, connector, monkeypatch):
        desk.small_pages(monkeypatch)
        cursor = connector.changed(None, now=desk.clock.now()).cursor
        written = [desk.write(f"ticket {n}") for n in range(5)]
        before = {}
        page = connector.changed(cursor, now=desk.clock.now())
        while True:
            before |= {t.id: t.changed for t in page.tickets}
            if not page.more:
                break
            page = connector.changed(page.cursor, now=desk.clock.now())
        desk.reply(written[1], "and another")
        after = dict(changes(desk, connector, page.cursor))
        assert after[written[1]] != before[written[1]]

    def test_history_lists_every_ticket_though_new_ones_arrive(self, desk, connector, monkeypatch):
        desk.small_pages(monkeypatch)
        written = [desk.write(f"ticket {n}") for n in range(8)]
        seen: list[str] = []
        cursor = None
        for turn in range(40):
            page = connector.history(cursor, since=None)
            seen += [t.id for t in page.tickets]
            cursor = page.cursor
            if turn < 3:
                desk.write(f"arrived {turn}")
                desk.reply(written[turn], "changed")
            if not page.more:
                break
        else:
            pytest.fail("the list never ends")
        assert set(written) <= set(seen)

    def test_history_since_a_day_leaves_out_what_is_much_older(self, desk, connector):
        ticket = desk.write("now")
        now = desk.clock.now()
        assert ticket in {t.id for t in connector.history(None, since=now).tickets}
        later = connector.history(None, since=now + timedelta(days=40))
        assert ticket not in {t.id for t in later.tickets}

    # Access and facts.

    def test_a_snapshot_holds_what_it_calls_readable(self, desk, connector):
        snapshot = connector.snapshot(now=desk.clock.now())
        assert snapshot.readable
        assert snapshot.readable <= snapshot.supported
        assert snapshot.supported <= FILLED.keys()
        assert not snapshot.readable & snapshot.errors.keys()
        assert [fact for fact in sorted(snapshot.readable) if not FILLED[fact](snapshot)] == []
        assert [a.is_our_bot for a in snapshot.agents].count(True) == 1
        assert [secret for secret in desk.secrets if secret in repr(snapshot)] == []

    def test_what_is_probed_can_be_stored_and_given_back(self, desk, budget, connector):
        facts = connector.probe()
        stored = json.dumps(dict(facts))
        assert facts
        assert [secret for secret in desk.secrets if secret in stored] == []
        again = desk.connect(budget, json.loads(stored))
        assert again.probe() == facts
        again.close()

    # Failures.

    @pytest.mark.parametrize("status", [500, 502, 503, 504])
    def test_a_server_error_is_waited_for(self, connector, planted, desk, wire, status):
        wire(status=status, json=secret_body(desk))
        failed(desk, HelpdeskUnavailable, lambda: connector.fetch(planted[0]))

    @pytest.mark.parametrize(
        "body",
        [
            requests.ReadTimeout(CARD),
            requests.ConnectionError(CARD),
            requests.exceptions.ChunkedEncodingError(CARD),
            f'{{"id": "{CARD}',
            "",
            "<html>gateway</html>",
        ],
        ids=["timeout", "refused", "cut", "truncated", "empty", "proxy_page"],
    )
    def test_no_usable_answer_is_waited_for(self, connector, planted, desk, wire, body):
        wire(body=body)
        failed(desk, HelpdeskUnavailable, lambda: connector.fetch(planted[0]))

    def test_a_refused_key_says_so(self, connector, planted, desk, wire):
        wire(status=401, json=secret_body(desk))
        failed(desk, AuthExpired, lambda: connector.fetch(planted[0]))

    @pytest.mark.parametrize("form", ["seconds", "date"])
    def test_a_spent_quota_says_how_long_and_drains_the_budget(
        self, connector, planted, desk, budget, wire, form
    ):
        at = (desk.clock.now() + timedelta(seconds=90)).replace(microsecond=0)
        said = "17" if form == "seconds" else format_datetime(at, usegmt=True)
        wire(status=429, json=secret_body(desk), headers={"Retry-After": said})
        error = failed(desk, RateLimited, lambda: connector.fetch(planted[0]))
        assert error.retry_after == 17 if form == "seconds" else 80 <= error.retry_after <= 90
        assert budget.drained == [error.retry_after]

    @pytest.mark.parametrize(
        ("status", "error"),
        [(401, AuthExpired), (429, RateLimited), (500, HelpdeskUnavailable)],
    )
    def test_a_write_that_failed_is_not_repeated_by_itself(
        self, connector, planted, desk, wire, status, error
    ):
        connector.fetch(planted[0])
        mock = wire("POST", status=status, json=secret_body(desk))
        failed(desk, error, lambda: connector.post_note(planted[0], f"note {CARD}"))
        assert [call.request.method for call in mock.calls].count("POST") == 1

    def test_a_missing_field_is_named_and_nothing_of_the_answer_is(
        self, connector, planted, desk, wire
    ):
        bent = desk.bent(planted[0])
        wire(url=bent.url, json=bent.json)
        error = failed(desk, ApiContractChanged, lambda: connector.fetch(planted[0]))
        assert bent.field in str(error)

    def test_every_request_is_taken_from_the_budget(self, connector, planted, budget, wire):
        before = budget.acquired
        connector.fetch(planted[0])
        assert budget.acquired > before

    def test_closing_twice_harms_nothing(self, desk, budget):
        connector = desk.connect(budget)
        connector.close()
        connector.close()


FILLED: Mapping[str, Callable[[Snapshot], bool]] = {
    "agents": lambda s: bool(s.agents),
    "agents.two_factor": lambda s: any(a.two_factor is not None for a in s.agents),
    "agents.password_changed": lambda s: any(a.password_changed for a in s.agents),
    "agents.role": lambda s: len({a.role for a in s.agents}) > 1,
    "departments": lambda s: bool(s.departments),
    "departments.members": lambda s: any(d.agent_ids for d in s.departments),
    "api_keys": lambda s: bool(s.api_keys),
    "api_keys.expiry": lambda s: any(k.never_expires is not None for k in s.api_keys),
    "api_keys.whitelist": lambda s: any(k.open_to_any_address is not None for k in s.api_keys),
    "api_keys.privileges": lambda s: any(k.privileges for k in s.api_keys),
    "api_keys.owner": lambda s: any(k.owner_id for k in s.api_keys),
}
"""Fact that a snapshot can call readable -> whether it is there (see `models.Snapshot`)."""


def text_of(surface: Surface) -> str:
    """What is written there; of a file, its name."""
    content = surface.content
    return content.text if isinstance(content, Text) else content.name


def the_first_of_each_kind(view: TicketView) -> list[Surface]:
    """One surface of each kind."""
    return list({s.kind: s for s in reversed(view.surfaces)}.values())


def others(view: TicketView, surface: Surface) -> dict[str, str]:
    """What stands elsewhere, copies that a helpdesk keeps by itself apart."""
    return {
        s.id: text_of(s) for s in view.surfaces if s.id != surface.id and s.kind not in KEPT_COPIES
    }


def facts_of(view: TicketView) -> tuple[object, ...]:
    """What our writes must not change."""
    ticket = view.ticket
    return (ticket.vendor_status, ticket.assignee, ticket.department, ticket.due, ticket.tags)


def changes(desk: HelpdeskUnderTest, connector: Connector, cursor: str):
    """All changes after a cursor, to their end."""
    more = True
    while more:
        page = connector.changed(cursor, now=desk.clock.now())
        yield from ((t.id, t.changed) for t in page.tickets)
        cursor, more = page.cursor, page.more


def secret_body(desk: HelpdeskUnderTest) -> dict[str, str]:
    """An error body that no error of ours may pass on."""
    return {"message": f"{CARD} {' '.join(desk.secrets)}"}


def failed(desk: HelpdeskUnderTest, kind: type[DeskwardenError], act: Callable[[], object]) -> Any:
    """The error of an act, after making sure that it tells nothing it should not."""
    with pytest.raises(kind) as caught:
        act()
    error = caught.value
    told = f"{error!s} {error!r} {error.hint} {error.reason} {error.__context__!r}"
    told += "".join(traceback.format_exception_only(error))
    assert not any(secret in told for secret in (*desk.secrets, CARD, CARD.replace(" ", "")))
    return error
