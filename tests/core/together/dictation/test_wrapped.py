"""A number goes that is wrapped within its cell, and nothing of the rows around it."""

from __future__ import annotations

import re

import pytest
from support.read_together import cleaned, place

DRAWN = """\
+-----------+------------+------------+
| Holder    | Old card   | New card   |
+-----------+------------+------------+
| H. Brandt | {} {}  | {} {}  |
|           | {} {}  | {} {}  |
+-----------+------------+------------+
| Staff id  | 0099-1203  |            |
"""
GROUPS = ("4012", "8888", "5555", "6341", "8888", "1881", "7629", "8853")
"""Two numbers line by line."""


def left_of(text: str) -> str:
    """What is left, each piece that is gone as one star."""
    left: dict[str, str] = cleaned(place(text))
    return re.sub(r"\[card [^\]]*\]", "*", left.get("message", text))


def test_each_number_of_a_row_goes_with_what_stands_below() -> None:
    assert left_of(DRAWN.format(*GROUPS)) == DRAWN.replace("{} {}", "*")


def test_it_may_have_a_line_for_each_group() -> None:
    rows = zip(*(iter(GROUPS[at::4] + GROUPS[at + 1 :: 4]) for at in (0, 2)), strict=True)
    lines = [f"| Ann's cards | {one} | {other} |" for one, other in rows]
    text = "\n".join((lines[0], *(f"|{' ' * 13}{line[14:]}" for line in lines[1:])))
    assert left_of(text) == re.sub(r"\d{4}", "*", text)


@pytest.mark.parametrize(
    "text",
    [
        DRAWN.format(*GROUPS).replace("card", "room"),
        DRAWN.format(*GROUPS).replace("1881", "1882").replace("8853", "8854"),
        DRAWN.format(*GROUPS).replace("|           |", "| Ann       |"),
        DRAWN.format(*GROUPS).replace("|           |", "|             |"),
        DRAWN.format(*GROUPS).replace("H. Brandt", "Order no."),
        DRAWN.format(*GROUPS).replace("\n|           |", "\n\n|           |"),
        DRAWN.format(*GROUPS).replace("\n|           |", f"\n{'x' * 300}\n|           |"),
        "my card failed\nOrders: 45391488\n        03436467\nThanks",
        f"my card works {'. ' * 40}\norder no. 4012888888881881\n",
    ],
    ids=[
        *("no card", "no number", "another row", "not below", "an order", "a paragraph"),
        *("apart", "not drawn", "whole"),
    ],
)
def test_anything_else_stays(text: str) -> None:
    assert left_of(text) == text
