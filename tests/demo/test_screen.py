"""What a person sees while the demo runs, in terminals of several sizes."""

from __future__ import annotations

import io
import re
from types import SimpleNamespace

import pytest
from rich.console import Console

from integration.demo.progress import ROWS, Line
from integration.demo.screen import EVERY, screen

FOUND = Line({"CVV": 1, "EXPIRY": 1, "PAN": 2}, {"a": "gone", "b": "gone"}, 12_300, 1)
KNOWN = {f"t{number}": FOUND for number in range(40)}


def played(number):
    story = SimpleNamespace(pieces={"subject": ("Question",)})
    return [
        SimpleNamespace(ticket=f"t{n}", code=f"FRY-DAJAP-{n}", story=story) for n in range(number)
    ]


def terminal(width, height):
    return Console(file=io.StringIO(), force_terminal=True, width=width, height=height)


def pipe():
    """A reader of another program, told of no colors by this machine."""
    return Console(file=io.StringIO(), _environ={})


def read(console):
    """All that was written, without the control characters."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", console.file.getvalue())


@pytest.mark.parametrize(("width", "height"), [(50, 6), (50, 24), (80, 12), (80, 50), (120, 24)])
def test_the_newest_tickets_are_seen_in_a_terminal_of_any_size(width, height):
    console = terminal(width, height)
    with screen(console) as show:
        show("Customers write", played(40), KNOWN)
        text = read(console)
    assert "Customers write" in text
    assert "FRY-DAJAP-39" in text
    assert "..." not in text
    assert len(text.splitlines()) <= height


def test_a_usual_terminal_has_room_for_all_that_are_shown():
    console = terminal(80, 24)
    with screen(console) as show:
        show("Customers write", played(40), KNOWN)
        codes = re.findall("FRY-DAJAP-[0-9]+", read(console))
    assert len(codes) == ROWS


def test_a_terminal_without_room_for_a_single_ticket_is_not_told_of_an_error():
    console = terminal(80, 3)
    with screen(console) as show:
        show("Customers write", played(40), KNOWN)
        text = read(console)
    assert "..." not in text


def test_the_live_table_goes_away_at_the_end():
    console = terminal(80, 24)
    with screen(console) as show:
        show("Customers write", played(3), KNOWN)
    lines = 2 + 1 + 1 + 3
    assert console.file.getvalue().count("\x1b[1A\x1b[2K") >= lines


def test_where_nobody_looks_at_a_terminal_a_plain_line_is_written_now_and_then():
    console = pipe()
    known = {}
    with screen(console) as show:
        for number in range(1, 26):
            day = played(number)
            known[day[-1].ticket] = FOUND
            show("Customers write", day, known)
        show("The last are looked at", day, known)
        show("The last are looked at", day, known)
    assert console.file.getvalue().splitlines() == [
        "Customers write: 1 ticket, 1 cleaned.",
        "Customers write: 10 tickets, 10 cleaned.",
        "Customers write: 20 tickets, 20 cleaned.",
        "The last are looked at: 25 tickets, 25 cleaned.",
    ]


def test_a_ticket_that_is_due_again_is_not_told_twice():
    console = pipe()
    day = played(EVERY)
    all_clean = {item.ticket: FOUND for item in day}
    one_less = all_clean | {day[0].ticket: Line({"PAN": 1}, {"a": "pending"}, None, 2)}
    with screen(console) as show:
        for known in ({}, all_clean, one_less, all_clean):
            show("Customers write", day, known)
    assert len(console.file.getvalue().splitlines()) == 2


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_that_knows_no_control_characters_gets_plain_lines(term):
    console = Console(file=io.StringIO(), force_terminal=True, _environ={"TERM": term})
    with screen(console) as show:
        show("Customers write", played(3), {})
    assert console.file.getvalue() == "Customers write: 3 tickets, 0 cleaned.\n"
