"""Groups of a card that are parted by an odd mark are a number, whatever the mark is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.detection import find, mask
from integration.core.text.reading import read

VISA = ("4000", "0566", "5566", "5556")
AMEX = ("3782", "822463", "10005")
WRONG_CHARSET = [
    "\u00c2 ",
    "\u00c2\u00a0",
    "\u00e2\u20ac\u2030",
    "\u00e2\x80\x91",
    "\ufffd\ufffd\ufffd",
]


@pytest.mark.parametrize(
    "mark", [*WRONG_CHARSET, "x", " x ", "=", " => ", "---", "|-|", "&", "[sp]", "(space)", "???"]
)
def test_a_number_is_found_whatever_parts_its_groups(mark: str) -> None:
    for groups, masked in ((VISA, "[card visa **** 5556]"), (AMEX, "[card amex **** 0005]")):
        text = f"so it is {mark.join(groups)} ok"
        assert mask_of(text) == f"so it is {masked} ok"


@pytest.mark.parametrize("mark", WRONG_CHARSET, ids=range(5))
def test_what_a_wrong_charset_makes_of_a_blank_may_stand_once(mark: str) -> None:
    text = f"so it is 4000 0566{mark}5566 5556 ok"
    assert mask_of(text) == "so it is [card visa **** 5556] ok"
    assert mask_of(f"CVC:{mark}123 of card {mark.join(VISA)}").count("123") == 0


def mask_of(text: str) -> str:
    return mask(text, find(text))


@pytest.mark.parametrize(
    "text",
    [
        "4000x0566x5566x5557",  # no number
        "4000x0566=5566x5556",  # other marks
        "14000x0566x5566x55566",
        "4000 and 0566 and 5566 and 5556",  # a list in words
        "4000 eller 0566 eller 5566 eller 5556",
        "4000\u308c0566\u308c5566\u308c5556",  # a word of another script
    ],
)
def test_other_numbers_between_marks_stay(text: str) -> None:
    assert mask_of(text) == text


@given(mark=st.text(st.characters(exclude_categories=["Nd", "Cs"]), min_size=1, max_size=9))
def test_every_mark_leaves_the_text_as_long_as_it_was(mark: str) -> None:
    text = mark.join(VISA)
    assert len(read(text).folded) == len(text)
