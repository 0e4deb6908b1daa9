from __future__ import annotations

import io
import re
from types import SimpleNamespace

from rich.console import Console

from integration.demo.progress import ROWS, Line, live_table, so_far


def played(number):
    story = SimpleNamespace(pieces={"subject": ("Question",)})
    return [SimpleNamespace(ticket=f"t{n}", code=f"C{n}", story=story) for n in range(number)]


def shown(table):
    """As a terminal of 80 columns has it."""
    console = Console(width=80, file=io.StringIO(), record=True)
    console.print(table)
    return console.export_text()


def test_while_it_runs_the_table_holds_the_newest_tickets():
    assert live_table(played(ROWS + 5), {}).row_count == ROWS


def test_at_the_end_the_table_holds_every_ticket():
    assert live_table(played(ROWS + 5), {}, newest=None).row_count == ROWS + 5


def test_the_subject_is_shown_without_what_was_planted_in_it():
    story = SimpleNamespace(pieces={"subject": ("My card ", "4111 1111 1111 1111", " fails")})
    item = SimpleNamespace(ticket="t", code="C", story=story)
    (subject,) = live_table([item], {}).columns[1].cells
    assert subject.plain == "My card .... fails"


def test_in_80_characters_the_subject_is_readable_and_nothing_that_was_found_is_cut():
    story = SimpleNamespace(pieces={"subject": ("My card does not work any more",)})
    item = SimpleNamespace(ticket="t", code="FRY-DAJAP-979", story=story)
    found = {"CVV": 1, "EXPIRY": 2, "PAN": 2, "PIN": 1, "TRACK": 1}
    known = {"t": Line(found, {"a": "manual", "b": "residual"}, 123_400, 1)}
    text = shown(live_table([item], known))
    assert "My card does not work a" in text
    for word in ("code,", "expiries,", "cards,", "PIN,", "track", "manual,", "residual", "123.4"):
        assert word in text


def test_a_table_says_that_it_counts_values_as_found_and_places_as_cleaned():
    known = {"t0": Line({"PAN": 2}, {"message:1": "gone"}, 900, 1)}
    heads, row = shown(live_table(played(1), known)).split("C0")
    assert re.search(r" places +\n.* found +cleaned ", heads)
    assert re.search(r"2 cards +1 of 1 ", row)
    assert "two cards in one message are one place" in row


def test_how_many_tickets_there_are_is_said_of_one_too():
    assert [so_far(n) for n in (1, 2)] == ["1 ticket so far", "2 tickets so far"]


def test_a_ticket_with_a_file_that_was_not_scanned_is_not_called_clean():
    known = {"t0": Line({}, {}, None, 1), "t1": Line({}, {}, None, 1, not_scanned=1)}
    verified = list(live_table(played(2), known).columns[4].cells)
    assert verified == ["[green]clean[/]", "[yellow]file not scanned[/]"]
