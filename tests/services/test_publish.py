"""Our own tickets and notes: each stands exactly once, whatever breaks in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from support.access_desk import StaffedDesk, agent
from support.memory_desk import CARD

from integration.core.errors import (
    AuthExpired,
    Forbidden,
    HelpdeskUnavailable,
    LeaseLost,
    PermanentError,
)
from integration.core.findings import account as account_causes
from integration.core.findings.cards import CardRecord, SurfaceRecord, observations
from integration.core.findings.model import Seen, State
from integration.core.findings.wording import time
from integration.core.models import TicketDraft, TicketStatus
from integration.core.policy import Policy
from integration.core.rows import OutboxRow
from integration.core.surfaces import Surface, SurfaceKind, Text
from integration.services import chain
from integration.services.access import check_access
from integration.services.findings import observe
from integration.services.publish import CREATING, publish

POLICY = Policy(findings_department="security")
TWO_FACTOR = "access.two_factor.agents"


@pytest.fixture
def desk(clock):
    return StaffedDesk(clock, agents=[agent("a1"), agent("a2")])


@pytest.fixture
def audit(desk, store, clock):
    return lambda: check_access("acme", desk, store, POLICY, clock)


@pytest.fixture
def send(desk, store, clock):
    return lambda **more: publish("acme", desk, store, POLICY, clock, **more)


@pytest.fixture
def breaker(store, clock):
    def make(seen: Seen = Seen.FAIL):
        facts = account_causes.breaker(tickets=300, limit=200)
        with store.transaction() as tables:
            observe(
                tables,
                [account_causes.observe("acme", "account.breaker", facts, seen=seen)],
                now=clock.now(),
            )

    return make


def finding(store, cause=TWO_FACTOR):
    with store.transaction() as tables:
        return next(f for f in tables.findings.list("acme") if f.cause == cause)


def raising(error):
    def raise_it(*_):
        raise error

    return raise_it


def notes(desk, ticket_id):
    return [s for s in desk.surfaces[ticket_id] if s.kind == "note"]


def test_a_failed_check_becomes_one_ticket_with_agents_as_rows(desk, store, audit, send):
    audit()
    send()
    (ticket_id,) = desk.tickets
    text = desk.text_of(ticket_id)
    assert finding(store).ticket_id == ticket_id
    assert f"[DW-{finding(store).fingerprint}]" in text
    assert "- Kari a1 (a1@example.com): agent" in text
    assert "- Kari a2 (a2@example.com): agent" in text
    assert desk.tickets[ticket_id].department == "security"


def test_a_ticket_shows_one_reference_and_each_note_its_own(desk, store, clock, audit, send):
    audit()
    send()
    ticket_id = finding(store).ticket_id
    assert desk.text_of(ticket_id).count("[DW-") == 1
    assert "(ref " not in desk.text_of(ticket_id)
    desk.agents = [agent("a3")]
    clock.forward(days=1)
    audit()
    send()
    (note,) = notes(desk, ticket_id)
    assert note.content.text.count("(ref ") == 1
    assert "[DW-" not in note.content.text


def test_a_ticket_that_an_earlier_release_signed_is_not_told_again(desk, store, audit, send):
    audit()
    with store.transaction() as tables:
        (row,) = tables.outbox.waiting("acme")
    mark = f"[DW-{row.payload['fingerprint']}]"
    desk.create_ticket(TicketDraft(f"Agents {mark}", f"Text.\n\n(ref {row.dedupe_key})", mark))
    send()
    (ticket_id,) = desk.tickets
    assert finding(store).ticket_id == ticket_id
    assert notes(desk, ticket_id) == []


def test_nothing_is_said_twice(desk, audit, send):
    audit()
    send()
    audit()
    assert send().sent == {}
    assert [act[0] for act in desk.acts] == ["create_ticket"]


def test_names_are_read_when_a_text_is_sent_and_not_stored(desk, store, audit, send, tmp_path):
    audit()
    send()
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert b"Kari a1" not in stored
    assert b"a1@example.com" not in stored


def test_a_change_of_rows_is_a_note(desk, store, clock, audit, send):
    audit()
    send()
    clock.forward(days=1)
    desk.agents = [agent("a2"), agent("a3")]
    audit()
    assert send().sent == {"note": 1}
    (note,) = notes(desk, finding(store).ticket_id)
    assert "Found since:\n- Kari a3 (a3@example.com)" in note.content.text
    assert "No longer there:\n- agent:a1" in note.content.text


def test_a_fix_is_noted_and_the_ticket_closed_then_a_regression_opens_it_again(
    desk, store, clock, audit, send
):
    audit()
    send()
    ticket_id = finding(store).ticket_id
    fixed = [agent("a1", two_factor=True)]
    broken, desk.agents = desk.agents, fixed
    clock.forward(days=1)
    audit()
    assert send().sent == {"close": 1}
    assert desk.tickets[ticket_id].status is TicketStatus.CLOSED
    assert "Verified fixed" in notes(desk, ticket_id)[-1].content.text
    desk.agents = broken
    clock.forward(days=1)
    audit()
    assert send().sent == {"reopen": 1}
    assert desk.tickets[ticket_id].status is TicketStatus.OPEN
    assert finding(store).reopened == 1
    assert len(desk.tickets) == 1


def test_a_ticket_closed_by_hand_is_opened_again_while_the_check_fails(
    desk, store, clock, audit, send, read_answers
):
    audit()
    send()
    ticket_id = finding(store).ticket_id
    desk.set_status(ticket_id, TicketStatus.CLOSED)
    clock.forward(days=1)
    audit()
    assert read_answers() == 1
    assert send().sent == {"reopen": 1}
    assert desk.tickets[ticket_id].status is TicketStatus.OPEN


def test_closing_the_ticket_answers_a_question(desk, store, clock, audit, send, read_answers):
    desk.agents = []
    surface = SurfaceRecord("message:1", "message", "gone", "repost", kinds=("PAN", "CVV"))
    record = CardRecord("t1", clock.now(), surfaces=(surface,))
    with store.transaction() as tables:
        observe(tables, observations("acme", record), now=clock.now())
    send()
    desk.set_status(finding(store, "card.sad").ticket_id, TicketStatus.CLOSED)
    clock.forward(days=1)
    audit()
    assert read_answers() == 1
    assert finding(store, "card.sad").state is State.RESOLVED
    assert send().sent == {}


@pytest.fixture
def code_found(store, clock):
    """A security code was found in these messages of one ticket, and removed."""

    def look(*messages, outcome="gone"):
        surfaces = tuple(
            SurfaceRecord(m, "message", outcome, "repost", kinds=("PAN", "CVV")) for m in messages
        )
        record = CardRecord("t1", clock.now(), surfaces=surfaces)
        with store.transaction() as tables:
            observe(tables, observations("acme", record), now=clock.now())

    return look


def test_an_answer_does_not_answer_for_what_is_found_after_it(
    desk, store, clock, send, code_found, read_answers
):
    code_found("message:1")
    send()
    ticket_id = finding(store, "card.sad").ticket_id
    desk.set_status(ticket_id, TicketStatus.CLOSED)
    clock.forward(hours=5)
    code_found("message:2")
    send()
    asked = finding(store, "card.sad")
    assert desk.tickets[ticket_id].status is TicketStatus.OPEN
    assert asked.due == clock.now() + timedelta(hours=72)
    (note,) = notes(desk, ticket_id)
    assert note.content.text.startswith("This ticket had been closed, with an answer to what")
    assert f"Counted from this finding: {time(clock.now())}" in note.content.text
    check_access("acme", desk, store, POLICY, clock)
    assert read_answers() == 0
    assert finding(store, "card.sad").state is State.OPEN


def test_a_crash_before_it_is_open_again_leaves_one_note_and_an_open_ticket(
    desk, store, clock, send, code_found, monkeypatch
):
    code_found("message:1")
    send()
    ticket_id = finding(store, "card.sad").ticket_id
    desk.set_status(ticket_id, TicketStatus.CLOSED)
    code_found("message:2")
    with monkeypatch.context() as patched:
        patched.setattr(desk, "set_status", raising(HelpdeskUnavailable("no answer")))
        with pytest.raises(HelpdeskUnavailable):
            send()
    send()
    assert len(notes(desk, ticket_id)) == 1
    assert desk.tickets[ticket_id].status is TicketStatus.OPEN
    assert finding(store, "card.sad").reopened == 1


def test_what_comes_back_after_it_closed_by_itself_was_answered_by_nobody(desk, store, clock, send):
    def look(*places):
        record = CardRecord("t1", clock.now(), unsure=places)
        with store.transaction() as tables:
            observe(tables, observations("acme", record), now=clock.now())
        send()

    look(SurfaceRecord("message:1", "message", kinds=("PAN",)))
    ticket_id = finding(store, "card.unsure").ticket_id
    look()
    assert desk.tickets[ticket_id].status is TicketStatus.CLOSED
    clock.forward(hours=1)
    look(SurfaceRecord("message:2", "message", kinds=("PAN",)))
    assert desk.tickets[ticket_id].status is TicketStatus.OPEN
    assert notes(desk, ticket_id)[-1].content.text.startswith("It is back, as seen at")
    assert finding(store, "card.unsure").reopened == 1


def test_a_removal_that_ends_after_the_answer_asks_nothing_anew(
    desk, store, clock, send, code_found
):
    code_found("message:1", outcome="pending")
    send()
    ticket_id = finding(store, "card.sad").ticket_id
    desk.set_status(ticket_id, TicketStatus.CLOSED)
    clock.forward(hours=5)
    code_found("message:1")
    send()
    assert desk.tickets[ticket_id].status is TicketStatus.CLOSED
    assert notes(desk, ticket_id)


def test_a_lost_database_finds_its_tickets_again(desk, store, clock, audit, send):
    audit()
    send()
    ticket_id = finding(store).ticket_id
    desk.set_status(ticket_id, TicketStatus.CLOSED)
    _forget(store)
    clock.forward(days=1)
    audit()
    send()
    assert list(desk.tickets) == [ticket_id]
    assert finding(store).ticket_id == ticket_id
    assert desk.tickets[ticket_id].status is TicketStatus.OPEN
    assert len(notes(desk, ticket_id)) == 1


def test_a_decision_ticket_that_was_thrown_away_is_made_again(desk, store, clock, audit, send):
    audit()
    send()
    old = finding(store).ticket_id
    del desk.tickets[old], desk.surfaces[old]
    clock.forward(days=1)
    desk.agents = [agent("a3")]
    audit()
    send()
    new = finding(store).ticket_id
    assert new != old
    assert list(desk.tickets) == [new]


def test_a_ticket_in_the_bin_counts_as_thrown_away(desk, store, clock, audit, send):
    audit()
    send()
    old = finding(store).ticket_id
    desk.tickets[old] = replace(desk.tickets[old], status=TicketStatus.DELETED)
    desk.agents = [agent("a3")]
    clock.forward(days=1)
    audit()
    send()
    assert finding(store).ticket_id != old


def test_closing_what_was_thrown_away_is_done_without_a_word(desk, store, clock, audit, send):
    audit()
    send()
    desk.tickets.clear()
    desk.surfaces.clear()
    desk.agents = []
    clock.forward(days=1)
    audit()
    assert send().sent == {"close": 1}
    assert desk.tickets == {}


@pytest.fixture
def stranger(desk, store):
    """Let the finding name a ticket that is not ours: an id of one helpdesk used in another."""

    def stranger():
        subject = Surface("subject", SurfaceKind.SUBJECT, Text("Where is my order?"))
        ticket_id = desk.write_ticket(subject)
        with store.transaction() as tables:
            (ours,) = tables.findings.list("acme")
            tables.findings.save(replace(ours, ticket_id=ticket_id))
        return ticket_id

    return stranger


def test_a_ticket_that_does_not_carry_the_mark_of_its_finding_is_not_closed(
    desk, store, clock, audit, send, stranger
):
    audit()
    send()
    theirs = stranger()
    desk.agents = []
    clock.forward(days=1)
    audit()
    before = len(desk.acts)
    assert send().sent == {"close": 1}
    assert desk.acts[before:] == []
    with store.transaction() as tables:
        told = [row.record for row in tables.audit.rows("acme") if row.record["type"] == "told"]
    assert theirs not in [record["ticket"] for record in told]


def test_closing_a_ticket_that_is_not_ours_answers_nothing(
    desk, store, audit, send, stranger, read_answers
):
    audit()
    send()
    desk.set_status(stranger(), TicketStatus.CLOSED)
    audit()
    assert read_answers() == 0


def test_what_was_to_be_said_on_a_ticket_that_is_not_ours_stands_in_one_that_is(
    desk, store, clock, audit, send, stranger
):
    audit()
    send()
    ours = finding(store).ticket_id
    theirs = stranger()
    desk.agents = [agent("a3")]
    clock.forward(days=1)
    audit()
    send()
    assert notes(desk, theirs) == []
    assert finding(store).ticket_id == ours
    assert len(notes(desk, ours)) == 1


class Crash(BaseException):
    """Stands for kill -9: nothing of ours may catch it."""


STEPS = ["before look", "before create", "created", "before sent", "sent"]
NOTE_STEPS = ["before note", "noted", "before status", "status", "before sent", "sent"]


def crash_at(step):
    def on_step(reached):
        if reached == step:
            raise Crash

    return on_step


@pytest.mark.parametrize("step", STEPS)
def test_a_crash_while_creating_leaves_one_ticket(desk, store, audit, send, step):
    audit()
    with pytest.raises(Crash):
        send(on_step=crash_at(step))
    send()
    assert list(desk.tickets) == [finding(store).ticket_id]
    assert notes(desk, finding(store).ticket_id) == []


@pytest.mark.parametrize("step", NOTE_STEPS)
def test_a_crash_while_closing_leaves_one_note_and_a_closed_ticket(
    desk, store, clock, audit, send, step
):
    audit()
    send()
    desk.agents = []
    clock.forward(days=1)
    audit()
    with pytest.raises(Crash):
        send(on_step=crash_at(step))
    send()
    ticket_id = finding(store).ticket_id
    assert len(notes(desk, ticket_id)) == 1
    assert desk.tickets[ticket_id].status is TicketStatus.CLOSED


def test_an_answer_that_was_lost_after_its_effect_does_not_double(
    desk, store, audit, send, monkeypatch
):
    audit()
    create = desk.create_ticket

    def create_and_fail(draft):
        create(draft)
        raise HelpdeskUnavailable("timed out")

    with monkeypatch.context() as patched:
        patched.setattr(desk, "create_ticket", create_and_fail)
        with pytest.raises(HelpdeskUnavailable):
            send()
    send()
    assert list(desk.tickets) == [finding(store).ticket_id]
    assert notes(desk, finding(store).ticket_id) == []


def test_nothing_is_remembered_of_a_ticket_that_stands(store, audit, send):
    audit()
    send()
    with store.transaction() as tables:
        assert tables.values.get("acme", CREATING) == {}


def test_nothing_is_remembered_of_a_ticket_that_was_over_before_it_could_be_made(
    desk, store, clock, audit, send
):
    audit()
    with pytest.raises(Crash):
        send(on_step=crash_at("before create"))
    desk.agents = []
    clock.forward(days=1)
    audit()
    send()
    assert desk.tickets == {}
    with store.transaction() as tables:
        assert tables.values.get("acme", CREATING) == {}


def test_what_changed_after_a_crash_while_creating_is_told_by_a_note(
    desk, store, clock, audit, send
):
    audit()
    with pytest.raises(Crash):
        send(on_step=crash_at("created"))
    desk.agents = [*desk.agents, replace(agent("a3"), name="Second")]
    clock.forward(days=1)
    audit()
    send()
    assert list(desk.tickets) == [finding(store).ticket_id]
    (note,) = notes(desk, finding(store).ticket_id)
    assert "Second" in note.content.text


def test_a_key_that_expired_stops_the_run(desk, audit, send):
    audit()
    desk.errors = [AuthExpired("no")]
    with pytest.raises(AuthExpired):
        send()


def test_a_refusal_of_one_text_does_not_hold_up_the_others(desk, store, audit, send, breaker):
    breaker()
    audit()
    desk.errors = [Forbidden("no")]
    report = send()
    assert report.failed == 1
    assert report.sent == {"open": 1}
    assert send().sent == {"open": 1}


def put(store, clock, key, fingerprint="nobody", kind="open"):
    clock.forward(seconds=1)
    with store.transaction() as tables:
        payload = {"fingerprint": fingerprint, "at": clock.now().isoformat(), "note": "changed"}
        tables.outbox.put(OutboxRow("acme", key, kind, payload, clock.now()))


def test_texts_that_fail_each_time_hold_up_no_others(desk, store, clock, send, breaker):
    for number in range(60):
        put(store, clock, f"refused{number}", f"nobody{number}")
    breaker()
    assert send().failed == 50
    report = send()
    assert report.sent == {"open": 1}
    assert report.failed == 49


def test_a_ticket_that_cannot_be_written_to_for_now_does_not_hold_up_the_others(
    desk, store, audit, send, breaker
):
    breaker()
    audit()
    desk.errors = [HelpdeskUnavailable("no", reason="server_error")]
    with pytest.raises(HelpdeskUnavailable):
        send()
    assert finding(store, "account.breaker").ticket_id is None
    assert finding(store).ticket_id is not None
    assert send().sent == {"open": 1}


def test_a_helpdesk_that_does_not_answer_ends_the_run_at_once(desk, audit, send, breaker):
    breaker()
    audit()
    desk.calls, desk.errors = 0, [HelpdeskUnavailable("no")]
    with pytest.raises(HelpdeskUnavailable):
        send()
    assert desk.calls == 1


def test_what_is_told_of_one_finding_is_told_in_order_though_the_first_failed(
    desk, store, clock, send, breaker
):
    breaker()
    send()
    ticket_id = finding(store, "account.breaker").ticket_id
    clock.forward(days=1)
    breaker(Seen.PASS)
    clock.forward(days=1)
    breaker()
    desk.errors = [HelpdeskUnavailable("no", reason="server_error")]
    with pytest.raises(HelpdeskUnavailable):
        send()
    assert notes(desk, ticket_id) == []
    assert send().sent == {"close": 1, "reopen": 1}
    assert desk.tickets[ticket_id].status is TicketStatus.OPEN


def test_a_text_that_looks_like_a_card_is_not_sent_and_becomes_a_finding(
    desk, store, clock, audit, send
):
    desk.agents = [agent("a1", name=f"Kari {CARD}")]
    audit()
    assert send().refused == 1
    assert desk.tickets == {}
    assert finding(store, "account.text_refused").state is State.OPEN
    send()
    (told,) = desk.tickets
    assert CARD not in desk.text_of(told)
    desk.agents = [agent("a1", name="Kari")]
    clock.forward(days=1)
    assert send().sent == {"open": 1}
    assert finding(store, "account.text_refused").state is State.RESOLVED
    assert finding(store).ticket_id is not None


@pytest.mark.parametrize("reason", ["admin", "auth_expired"])
def test_nothing_is_written_while_the_account_is_paused(desk, store, audit, send, reason):
    audit()
    with store.transaction() as tables:
        tables.accounts.set_paused("acme", reason)
    assert send().sent == {}
    assert desk.acts == []


def test_a_breaker_pauses_removals_but_is_told(desk, store, send, breaker):
    breaker()
    with store.transaction() as tables:
        tables.accounts.set_paused("acme", "breaker")
    assert send().sent == {"open": 1}
    assert "The limit is 200" in desk.text_of(finding(store, "account.breaker").ticket_id)


def test_a_row_whose_finding_is_unknown_is_counted_as_failed(desk, store, clock, send):
    with store.transaction() as tables:
        row = OutboxRow("acme", "abc", "open", {"fingerprint": "nobody"}, clock.now())
        tables.outbox.put(row)
    assert send().failed == 1


def test_what_was_told_stands_in_the_audit_chain(store, audit, send):
    audit()
    send()
    with store.transaction() as tables:
        types = [row.record["type"] for row in tables.audit.rows("acme")]
    assert chain.verify(store, "acme").wrong is None
    assert types == ["access.checked", "told"]


def test_a_snapshot_that_is_refused_does_not_stop_the_names_from_mattering(desk, audit, send):
    audit()
    desk.errors = [PermanentError("no")]
    assert send().failed == 1
    assert send().sent == {"open": 1}


def test_what_was_over_before_it_could_be_told_makes_no_ticket(desk, store, clock, audit, send):
    audit()
    desk.agents = []
    clock.forward(days=1)
    audit()
    assert send().sent == {"open": 1, "close": 1}
    assert desk.tickets == {}
    assert finding(store).ticket_id is None


def test_what_came_and_went_and_came_again_is_one_open_ticket(desk, store, clock, audit, send):
    agents = desk.agents
    for desk.agents in (agents, [], agents):
        audit()
        clock.forward(days=1)
    send()
    ((ticket_id, ticket),) = desk.tickets.items()
    assert finding(store).ticket_id == ticket_id
    assert ticket.status is TicketStatus.OPEN


def test_what_was_over_closes_the_ticket_of_an_earlier_life(desk, store, clock, audit, send):
    audit()
    send()
    _forget(store)
    agents = desk.agents
    for desk.agents in (agents, []):
        clock.forward(days=1)
        audit()
    send()
    (ticket,) = desk.tickets.values()
    assert ticket.status is TicketStatus.CLOSED


def test_a_ticket_that_a_note_had_to_make_is_not_told_of_again(desk, store, clock, audit, send):
    audit()
    clock.forward(days=1)
    desk.agents = [agent("a3")]
    audit()
    desk.errors = [Forbidden("no")]
    assert send().sent == {"note": 1}
    acts = len(desk.acts)
    assert send().sent == {"open": 1}
    assert len(desk.acts) == acts


def test_a_ticket_that_is_closed_already_is_not_closed_again(desk, store, clock, audit, send):
    audit()
    send()
    desk.set_status(finding(store).ticket_id, TicketStatus.CLOSED)
    desk.agents = []
    clock.forward(days=1)
    audit()
    send()
    assert [act[0] for act in desk.acts] == ["create_ticket", "set_status", "post_note"]


def _forget(store) -> None:
    """The database as new: no findings, no outbox."""
    from sqlalchemy import delete

    from integration.storage import schema

    with store._database.transaction() as connection:
        connection.execute(delete(schema.findings))
        connection.execute(delete(schema.outbox))


def test_nothing_is_written_by_a_worker_that_was_overtaken(desk, store, audit, send):
    def overtaken():
        raise LeaseLost("another worker has taken the row over")

    audit()
    with pytest.raises(LeaseLost):
        send(may_write=overtaken)
    assert not desk.tickets
    with store.transaction() as tables:
        assert {row.attempts for row in tables.outbox.waiting("acme")} == {0}
    send()
    (ticket_id,) = desk.tickets
    with store.transaction() as tables:
        assert not tables.outbox.waiting("acme")
    assert finding(store).ticket_id == ticket_id


def test_a_worker_that_was_overtaken_looks_at_nothing_more(store, audit, send):
    asked = []

    def overtaken():
        asked.append(1)
        raise LeaseLost("another worker has taken the row over")

    audit()
    with store.transaction() as tables:
        (row,) = tables.outbox.waiting("acme")
        tables.outbox.put(
            replace(row, dedupe_key="journal", kind="journal", payload={"month": "2026-11"})
        )
    with pytest.raises(LeaseLost):
        send(may_write=overtaken)
    assert asked == [1]


def test_what_another_worker_has_told_meanwhile_is_recorded_once(store, audit, send):
    audit()

    def tell_first(step):
        if step == "before sent":
            send()

    send(on_step=tell_first)
    told = [r.record["kind"] for r in chain.rows(store, "acme") if r.record["type"] == "told"]
    assert told == ["open"]
