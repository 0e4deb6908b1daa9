"""Lists of tickets: nothing is missed while tickets change and arrive."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.contract.ground import Ground, changes


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
        assert ticket in {t.id for t in connector.history(None, since=now).tickets}
        later = connector.history(None, since=now + timedelta(days=40))
        assert ticket not in {t.id for t in later.tickets}
