"""Lists of tickets: nothing is missed while tickets change and arrive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from support.contract.ground import Ground, changes

from integration.core.models import OUR_MARK, TicketDraft
from integration.core.ports import Connector


class Lists(Ground):
    """What `changed` and `history` promise."""

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
        for turn in range(400):
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
        assert ticket in set(_history(connector, since=now))
        assert ticket not in set(_history(connector, since=now + timedelta(days=40)))

    def test_history_knows_the_tickets_that_we_wrote(self, desk, connector):
        theirs = desk.write("now")
        draft = TicketDraft("Card data found", "What to do", f"{OUR_MARK}ofacontract]")
        ours = connector.create_ticket(draft)
        cursor, more, found = None, True, {}
        while more:
            page = connector.history(cursor, since=desk.clock.now() - timedelta(days=40))
            found |= {ref.id: ref.ours for ref in page.tickets}
            cursor, more = page.cursor, page.more
        assert (found[ours], found[theirs]) == (True, False)


def _history(connector: Connector, *, since: datetime) -> Iterator[str]:
    """Every ticket of the history, to its end."""
    cursor, more = None, True
    while more:
        page = connector.history(cursor, since=since)
        yield from (t.id for t in page.tickets)
        cursor, more = page.cursor, page.more
