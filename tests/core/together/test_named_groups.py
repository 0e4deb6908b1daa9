"""A group of a number that is removed goes with it where words call it one."""

from __future__ import annotations

import pytest
from support.read_together import cleaned, place

CARD = "4000 0566 5566 5556"
MASK = "[card visa **** 5556]"


@pytest.mark.parametrize(
    "said",
    [
        "The third block is {}, not 5656. So {}.",
        "tredje blokk er {}. Altså {}",
        "group 3: {}, so {}",
    ],
)
def test_a_group_that_is_called_one_goes(said: str) -> None:
    left = cleaned(place(said.format("5566", CARD)))["message"]
    assert "5566" not in left
    assert MASK in left


def test_it_goes_from_another_message_as_well() -> None:
    left = cleaned(
        place(f"my card is {CARD}", "m1"), place("the second block is 0566, right?", "m2")
    )
    assert left["m2"].endswith("], right?")


@pytest.mark.parametrize(
    "said",
    ["room 5566, card {}", "the last block is 5556, card {}", "the block of flats. 5566, card {}"],
    ids=["no group", "last four", "another sentence"],
)
def test_other_numbers_of_four_digits_stay(said: str) -> None:
    assert cleaned(place(said.format(CARD)))["message"] == said.format(MASK)
