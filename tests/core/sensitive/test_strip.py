"""The code behind the last four digits, as both are printed on the back of a card."""

from __future__ import annotations

import pytest

from integration.core.spans import Kind

CARD = "4242 4242 4242 4242"


@pytest.mark.parametrize(
    "said",
    [
        "On the back it says 4242 518.",
        "the number on the back is 4242 518",
        "bakpå står det 4242 518",
    ],
)
def test_three_digits_behind_the_last_four_are_the_code(found, said: str) -> None:
    assert found(f"card {CARD} exp 12/27. {said}", Kind.CVV) == ["518"]


@pytest.mark.parametrize(
    "said",
    [
        "call me back on 555 4242 518",
        "ring me on 4242 518",
        "back in Oslo\n4242 518",
        "back 4242-518",
        "to call back 4242 518 0281",
    ],
    ids=["a longer number", "no place", "another line", "another mark", "more groups"],
)
def test_other_numbers_of_seven_digits_are_none(found, said: str) -> None:
    assert found(f"card {CARD} exp 12/27. {said}", Kind.CVV) == []


def test_a_code_that_is_said_again_goes_twice(found) -> None:
    text = f"card {CARD}. On the back it says 4242 518, my son says you need only the 518."
    assert found(text, Kind.CVV) == ["518", "518"]


def test_another_number_behind_it_stays(found) -> None:
    text = f"card {CARD}. On the back it says 4242 518, and you owe me 75 or 120."
    assert found(text, Kind.CVV) == ["518"]
