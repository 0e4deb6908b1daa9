from __future__ import annotations

import io
import re
from types import SimpleNamespace

import pytest
from rich.console import Console

from integration.demo.progress import ROWS, Line, cleaned, live_table
from integration.demo.scenario import stories


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


RESULTS = (
    Line({"CVV": 1, "EXPIRY": 1, "PAN": 2}, {"a": "gone", "b": "gone"}, 12_300, 1),
    Line({"PAN": 1}, {"a": "gone", "b": "unverified"}, 900, 1),
    Line({}, {}, None, 1, not_scanned=1),
    Line({}, {}, None, 1),
)


@pytest.mark.parametrize("line", RESULTS, ids=["gone", "not gone", "file", "clean"])
def test_in_80_characters_each_ticket_of_the_demo_has_one_line_and_a_readable_subject(line):
    day = [SimpleNamespace(ticket="t", code="FRY-DAJAP-979", story=s) for s in stories(2026)]
    known = {"t": line}
    text = shown(live_table(day, known, newest=None))
    rows = re.findall("FRY-.*", text)
    heads, foot = 2, 1
    assert len(rows) == len(day) == len(text.splitlines()) - heads - foot
    for row, item in zip(rows, day, strict=True):
        assert row.startswith(f"FRY-DAJAP-979  {item.story.pieces['subject'][0][:16]}")


def test_the_subject_gives_way_before_anything_that_was_found_is_cut_or_folded():
    story = SimpleNamespace(pieces={"subject": ("My card does not work any more",)})
    item = SimpleNamespace(ticket="t", code="FRY-DAJAP-979", story=story)
    found = {"CVV": 1, "EXPIRY": 2, "PAN": 2, "PIN": 1, "TRACK": 1}
    known = {"t": Line(found, {"a": "residual", "b": "manual"}, 123_400, 1)}
    (row,) = re.findall("FRY-.*", shown(live_table([item], known)))
    assert "  My" in row
    assert "  code, 2 expiries, 2 cards, PIN, track  0 of 2" in row
    assert row.endswith("  manual  ")


def test_how_soon_it_was_gone_is_said_of_what_is_gone_in_every_place():
    known = {
        "t0": Line({"PAN": 2}, {"a": "gone", "b": "gone"}, 1_100, 1),
        "t1": Line({"PAN": 2}, {"a": "gone", "b": "pending"}, 1_100, 1),
        "t2": Line({"PAN": 1}, {"a": "gone"}, None, 1),
    }
    verified = list(live_table(played(3), known).columns[4].cells)
    assert verified == ["[green]gone in 1.1 s[/]", "[yellow]pending[/]", "[green]gone[/]"]


def test_a_table_says_that_it_counts_values_as_found_and_places_as_cleaned():
    known = {"t0": Line({"PAN": 2}, {"message:1": "gone"}, 900, 1)}
    heads, row = shown(live_table(played(1), known)).split("C0")
    assert re.search(r" places +\n.* found +cleaned ", heads)
    assert re.search(r"2 cards +1 of 1 ", row)
    assert "two cards in one message are one place" in row


def test_a_ticket_is_cleaned_when_it_held_something_and_all_of_it_is_gone():
    known = {
        "t0": Line({"PAN": 1}, {"a": "gone"}, 900, 1),
        "t1": Line({"PAN": 2}, {"a": "gone", "b": "manual"}, 900, 1),
        "t2": Line({}, {}, None, 1),
        "of nobody": Line({"PAN": 1}, {"a": "gone"}, 900, 1),
    }
    assert cleaned(played(4), known) == 1


def test_a_ticket_with_a_file_that_was_not_scanned_is_not_called_clean():
    known = {"t0": Line({}, {}, None, 1), "t1": Line({}, {}, None, 1, not_scanned=1)}
    verified = list(live_table(played(2), known).columns[4].cells)
    assert verified == ["[green]clean[/]", "[yellow]file not read[/]"]
