"""What a person sees while the demo runs, in terminals of several sizes."""

from __future__ import annotations

import io
import re
from types import SimpleNamespace

import pytest
from rich.console import Console

from integration.demo.progress import ROWS, Line
from integration.demo.screen import live

FOUND = Line({"CVV": 1, "EXPIRY": 1, "PAN": 2}, {"a": "gone", "b": "gone"}, 12_300, 1)


def played(number):
    story = SimpleNamespace(pieces={"subject": ("Question",)})
    return [SimpleNamespace(ticket="t", code=f"FRY-DAJAP-{n}", story=story) for n in range(number)]


def terminal(width, height):
    return Console(file=io.StringIO(), force_terminal=True, width=width, height=height)


def read(console):
    """All that was written, without the control characters."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", console.file.getvalue())


@pytest.mark.parametrize("height", [6, 12, 24, 50])
@pytest.mark.parametrize("width", [50, 80, 120])
def test_the_newest_tickets_are_seen_in_a_terminal_of_any_size(width, height):
    console = terminal(width, height)
    with live(console) as show:
        show("Customers write", played(40), {"t": FOUND})
        text = read(console)
    assert "Customers write" in text
    assert "FRY-DAJAP-39" in text
    assert "..." not in text
    assert len(text.splitlines()) <= height


def test_a_usual_terminal_has_room_for_all_that_are_shown():
    console = terminal(80, 24)
    with live(console) as show:
        show("Customers write", played(40), {"t": FOUND})
        codes = re.findall("FRY-DAJAP-[0-9]+", read(console))
    assert len(codes) == ROWS


def test_a_terminal_without_room_for_a_single_ticket_is_not_told_of_an_error():
    console = terminal(80, 3)
    with live(console) as show:
        show("Customers write", played(40), {"t": FOUND})
        text = read(console)
    assert "..." not in text


def test_the_live_table_goes_away_at_the_end():
    console = terminal(80, 24)
    with live(console) as show:
        show("Customers write", played(3), {"t": FOUND})
    lines = 2 + 1 + 1 + 3
    assert console.file.getvalue().count("\x1b[1A\x1b[2K") >= lines
