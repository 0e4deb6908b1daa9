"""Two groups of a number that is removed go where they stand alone, but for the first two."""

from __future__ import annotations

import pytest
from support.read_together import cleaned, place

CARD = "4000 0566 5566 5556"
MASK = "[card visa **** 5556]"


@pytest.mark.parametrize("pair", ["0566 5566", "05665566", "5566-5556", "55665556"])
def test_two_groups_go_that_no_mask_shows(pair: str) -> None:
    for said in (f"Loppu on {pair}, siis kokonaan: {CARD}", f"{pair} or what"):
        left = cleaned(place(f"card {CARD}", "m0"), place(said, "m"))
        assert pair not in left["m"]


def test_they_go_with_a_slip_that_is_put_right_later() -> None:
    first, wrong = place("my card: 4000 0566", "m1"), place("and 5656 5556", "m2")
    right = place(f"Sorry, the third block is 5566, so {CARD}", "m3")
    assert "5656" not in cleaned(first, wrong, right)["m2"]


def test_they_go_in_words_as_well() -> None:
    told = (
        "Kunde: fire null null null null fem seks seks\n"
        "Kunde: fem fem seks seks fem fem fem seks\nAgent: jeg gjentar {}"
    )
    left = cleaned(place(told.format(CARD), "m"))["m"]
    assert "fem fem seks seks" not in left
    assert left.endswith(f"jeg gjentar {MASK}")
    whole = "A: five five six six, five five five six. B: {}"
    assert "six" not in cleaned(place(whole.format(CARD), "m"))["m"]


@pytest.mark.parametrize(
    "pair", ["40000566", "1 0566 5566", "0566 5566 12", "05665566a", "0566.5566"]
)
def test_the_first_eight_digits_and_longer_numbers_stay(pair: str) -> None:
    said = f"the bank is {pair}, ok"
    assert cleaned(place(f"card {CARD}", "m0"), place(said, "m")).get("m", said) == said
