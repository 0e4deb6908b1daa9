"""A number goes of which two fields, or two columns, have a half each, and nothing like it."""

from __future__ import annotations

import re

import pytest
from support.read_together import cleaned, place

HALVES = ("400005665", "5665556")


def left_of(text: str) -> str:
    """What is left, each half that is gone as one star."""
    left: dict[str, str] = cleaned(place(text))
    return re.sub(r"\[card [^\]]*\]", "*", left.get("message", text))


@pytest.mark.parametrize(
    "text",
    [
        "        id: 77\n    pan_hi: {}\n    pan_lo: {}\n   created: 2025-10-30 22:14:09",
        '{{"card_high": "{}", "sequence": "1", "card_low": "{}"}}',
        "POST /pay ccnum_1={}&ccnum_2={}&sum=129900",
        "ct.first = {}, ct.last = {} of the card cache",
        "PAN => split\nlinks => {}\nrechts => {}\nvon der Kreditkarte",
        "table of cards\n id | pan_hi | pan_lo | sum\n 77 | {} | {} | 129900\n\n3 | 4",
    ],
    ids=range(6),
)
def test_both_halves_go_and_their_names_stay(text: str) -> None:
    assert left_of(text.format(*HALVES)) == text.format("*", "*").replace("{{", "{")


def test_the_last_half_may_stand_first() -> None:
    assert left_of("pan_lo: 5665556, pan_hi: 400005665") == "pan_lo: *, pan_hi: *"


@pytest.mark.parametrize(
    "text",
    [
        "pan_hi: 400005665\npan_lo: 5665557",  # no check digit
        "pan_hi: 400005665\nref_lo: 5665556",
        "pan_hi: 400005665\npan_hi: 5665556",
        "part_hi: 400005665\npart_lo: 5665556",  # nobody says card
        "order_hi: 400005665\norder_lo: 5665556\nof the card",
        "pan_hi: 400005665\nday: 12\nhour: 13\nrow: 14\npan_lo: 5665556",
        "bin_first: 40000566, bin_last: 40000579 of the card",  # from one to another
        "table of cards\npan_hi | sum | pan_lo\n400005665 | 12 | 5665556",
        "table of cards\npan_hi | pan_lo\n400005665 | none",
    ],
    ids=range(9),
)
def test_other_fields_stay(text: str) -> None:
    assert left_of(text) == text
