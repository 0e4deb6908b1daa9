"""What webhooks missed is found by asking, and nothing is read twice in vain."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.memory_desk import CARD

from integration.core.errors import HelpdeskUnavailable, StoreUnavailable
from integration.core.mode import Mode
from integration.core.models import ChangePage, Priority, TicketRef
from integration.core.policy import Policy
from integration.services.reconcile import PAGES, make_due, reconcile
from integration.services.redact import SCANNED_WITH
from integration.storage.due import SqlDueTable
from integration.storage.values import SqlValueTable


class Changes:
    """A desk that lists changes page by page."""

    def __init__(self, *pages: tuple[str, ...]) -> None:
        self.pages = pages
        self.asked: list[str | None] = []

    def changed(self, cursor, *, now):
        self.asked.append(cursor)
        at = int(cursor or 0)
        if at >= len(self.pages):
            return ChangePage((), str(at), more=False)
        refs = tuple(TicketRef(ticket, "1") for ticket in self.pages[at])
        return ChangePage(refs, str(at + 1), more=at + 1 < len(self.pages))


def due(store):
    with store.transaction() as tables:
        return {row["subject"]: row["priority"] for row in tables.due.rows("acme")}


def test_what_changed_is_made_due_behind_live_work(store, clock):
    assert reconcile("acme", Changes(("1", "2"), ("3",)), store, clock) == 3
    assert due(store) == dict.fromkeys(["ticket:1", "ticket:2", "ticket:3"], Priority.RECONCILE)


def test_the_next_round_goes_on_where_the_last_one_ended(store, clock):
    desk = Changes(("1",), ("2",))
    reconcile("acme", desk, store, clock)
    reconcile("acme", desk, store, clock)
    assert desk.asked == [None, "1", "2"]


def test_a_failure_on_the_second_page_keeps_the_first_and_asks_again_from_there(store, clock):
    desk = Changes(("1",), ("2",))
    whole = desk.changed

    def fail_later(cursor, *, now):
        if cursor:
            raise HelpdeskUnavailable("no")
        return whole(cursor, now=now)

    desk.changed = fail_later
    with pytest.raises(HelpdeskUnavailable):
        reconcile("acme", desk, store, clock)
    assert list(due(store)) == ["ticket:1"]
    desk.changed = whole
    reconcile("acme", desk, store, clock)
    assert set(due(store)) == {"ticket:1", "ticket:2"}


@pytest.mark.parametrize(
    ("table", "write"), [(SqlValueTable, "put"), (SqlDueTable, "upsert")], ids=["cursor", "rows"]
)
def test_rows_and_cursor_are_stored_together_or_not_at_all(store, clock, monkeypatch, table, write):
    def full(*args, **kwargs):
        raise StoreUnavailable("full")

    desk = Changes(("1",))
    with monkeypatch.context() as broken:
        broken.setattr(table, write, full)
        with pytest.raises(StoreUnavailable):
            reconcile("acme", desk, store, clock)
    assert due(store) == {}
    reconcile("acme", desk, store, clock)
    assert list(due(store)) == ["ticket:1"]


def test_one_go_reads_only_so_many_pages_and_the_next_reads_on(store, clock):
    desk = Changes(*((str(n),) for n in range(PAGES + 5)))
    assert reconcile("acme", desk, store, clock) == PAGES
    assert reconcile("acme", desk, store, clock) == 5


def test_a_ticket_that_was_scanned_in_this_state_is_not_read_again(store, clock):
    with store.transaction() as tables:
        tables.seen.record("acme", "1", changed="a", scanned_with=SCANNED_WITH)
        refs = (TicketRef("1", "a"), TicketRef("2", "a"))
        assert make_due(tables, "acme", refs, Priority.SWEEP, now=clock.now()) == 1
        changed = (TicketRef("1", "b"),)
        assert make_due(tables, "acme", changed, Priority.SWEEP, now=clock.now()) == 1


@pytest.mark.parametrize("later", [{"minutes": 0}, {"hours": 1}], ids=["same_hour", "next_hour"])
def test_what_is_not_gone_is_looked_at_again_once_an_hour(redactor, desk, store, clock, later):
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))
    redactor(Policy(mode=Mode.MONITOR)).run(ticket)
    clock.forward(**later)
    refs = (TicketRef(ticket, desk.tickets[ticket].mark),)
    with store.transaction() as tables:
        made = make_due(tables, "acme", refs, Priority.RECONCILE, now=clock.now())
    assert made == (1 if "hours" in later else 0)


@pytest.mark.parametrize("complete", [True, False])
def test_only_a_whole_reading_settles_a_clean_ticket_for_good(
    redactor, desk, store, clock, complete
):
    ticket = desk.write_ticket(desk.message("hello"))
    fetch = desk.fetch
    desk.fetch = lambda *args, **kwargs: replace(fetch(*args, **kwargs), complete=complete)
    redactor().run(ticket)
    clock.forward(hours=1)
    refs = (TicketRef(ticket, desk.tickets[ticket].mark),)
    with store.transaction() as tables:
        made = make_due(tables, "acme", refs, Priority.RECONCILE, now=clock.now())
    assert made == (0 if complete else 1)


def test_a_reading_without_a_mark_settles_nothing(redactor, desk, store, clock):
    ticket = desk.write_ticket(desk.message("hello"))
    mark = desk.tickets[ticket].mark
    desk.tickets[ticket] = replace(desk.tickets[ticket], mark="")
    redactor().run(ticket)
    with store.transaction() as tables:
        refs = (TicketRef(ticket, mark),)
        assert make_due(tables, "acme", refs, Priority.RECONCILE, now=clock.now()) == 1
