"""Two groups of a number that is removed go where they stand alone, but for the first two."""

from __future__ import annotations

import random

import pytest
from support.cards import number
from support.read_together import cleaned, place

from integration.core.detection import find
from integration.core.surfaces import Text
from integration.core.together.halves import spans_of_halves

CARD = "4539 1488 0343 6467"
MASK = "[card visa **** 6467]"


@pytest.mark.parametrize("pair", ["1488 0343", "14880343", "0343-6467", "03436467", "0x03436467"])
def test_two_groups_go_that_no_mask_shows(pair: str) -> None:
    for said in (f"Loppu on {pair}, siis kokonaan: {CARD}", f"{pair} or what"):
        left = cleaned(place(f"card {CARD}", "m0"), place(said, "m"))
        assert pair not in left["m"]


def test_they_go_with_a_slip_that_is_put_right_later() -> None:
    first, wrong = place("my card: 4539 1488", "m1"), place("and 0433 6467", "m2")
    right = place(f"Sorry, the third block is 0343, so {CARD}", "m3")
    assert "0433" not in cleaned(first, wrong, right)["m2"]


def test_they_go_in_words_as_well() -> None:
    told = (
        "Kunde: fire fem tre ni en fire åtte åtte\n"
        "Kunde: null tre fire tre seks fire seks sju\nAgent: jeg gjentar {}"
    )
    left = cleaned(place(told.format(CARD), "m"))["m"]
    assert "null tre fire tre" not in left
    assert left.endswith(f"jeg gjentar {MASK}")


@pytest.mark.parametrize(
    "said",
    [
        *("the bank is 45391488, ok", "so 1 1488 0343, ok", "so 1488 0343 12, ok"),
        *("so 14880343a, ok", "so 1488.0343, ok", "so 14880344, ok"),
        *("Order 14880343", "invoice no. 0343 6467", "call 1488 0343", "ref 1488 0344"),
    ],
)
def test_the_first_eight_digits_longer_numbers_and_what_words_name_stay(said: str) -> None:
    assert cleaned(place(f"card {CARD}", "m0"), place(said, "m")).get("m", said) == said


def test_few_different_digits_are_met_by_chance() -> None:
    surface = place("Card 4000 0000 0000 0002 was declined. Is it 0000 0001 or 00000002?", "m")
    assert isinstance(surface.content, Text)
    [number, *_] = find(surface.content.text)
    assert spans_of_halves([surface], {"m": [number]}) == {}


def test_halves_of_many_numbers_are_no_news() -> None:
    listed = "\n".join(f"card {number}" for number in _numbers(50))
    said = "1488 0343 or what"
    assert cleaned(place(f"{listed}\ncard {CARD}", "m0"), place(said, "m")).get("m", said) == said


def _numbers(count: int) -> list[str]:
    pick = random.Random(11)
    return [number("4", 16, pick) for _ in range(count)]
