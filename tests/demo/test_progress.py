from __future__ import annotations

from types import SimpleNamespace

from integration.demo.progress import ROWS, live_table


def played(number):
    story = SimpleNamespace(parts={"subject": "Question"}, planted=())
    return [SimpleNamespace(ticket=f"t{n}", code=f"C{n}", story=story) for n in range(number)]


def test_while_it_runs_the_table_holds_the_newest_tickets():
    assert live_table(played(ROWS + 5), {}).row_count == ROWS


def test_at_the_end_the_table_holds_every_ticket():
    assert live_table(played(ROWS + 5), {}, newest=None).row_count == ROWS + 5
