from __future__ import annotations

from types import SimpleNamespace

from integration.demo.progress import ROWS, Line, live_table


def played(number):
    story = SimpleNamespace(parts={"subject": "Question"}, planted=())
    return [SimpleNamespace(ticket=f"t{n}", code=f"C{n}", story=story) for n in range(number)]


def test_while_it_runs_the_table_holds_the_newest_tickets():
    assert live_table(played(ROWS + 5), {}).row_count == ROWS


def test_at_the_end_the_table_holds_every_ticket():
    assert live_table(played(ROWS + 5), {}, newest=None).row_count == ROWS + 5


def test_a_ticket_with_a_file_that_was_not_scanned_is_not_called_clean():
    known = {"t0": Line({}, {}, None, 1), "t1": Line({}, {}, None, 1, not_scanned=1)}
    verified = list(live_table(played(2), known).columns[4].cells)
    assert verified == ["[green]clean[/]", "[yellow]file not scanned[/]"]
