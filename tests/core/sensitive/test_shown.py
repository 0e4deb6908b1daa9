"""Codes told by where they stand on the card."""

from __future__ import annotations

import pytest

from integration.core.detection import find
from integration.core.spans import Action, Kind


def codes(text: str) -> list[tuple[str, Action]]:
    return [
        (text[span.start : span.end], span.action) for span in find(text) if span.kind is Kind.CVV
    ]


@pytest.mark.parametrize(
    "text",
    [
        "on the back of the card it says 538",
        "it says 538 on the back of my new card",
        "the numbers are 538, they are on the back",
        "Sifrene er 538, de står bakpå kortet",
        "koden er 538 som står bak på kortet",
        "Siffrorna ni saknade är 538, de stod på baksidan",
        "538 steht hinten auf der Karte",
        "c'est 538 au dos de ma carte",
        "detrás de la tarjeta pone 538",
        "sul retro della carta c'è scritto 538",
        "в обратной стороне карты 538",
    ],
)
def test_three_digits_on_a_side_of_the_card_are_its_code(text: str) -> None:
    assert codes(text) == [("538", Action.REDACT)]


@pytest.mark.parametrize(
    "text", ["bakpå står det 538", "it says 538 after the signature bit", "baksidan: 538"]
)
def test_a_side_and_nothing_that_says_card_is_told_and_not_removed(text: str) -> None:
    assert codes(text) == [("538", Action.REPORT)]


@pytest.mark.parametrize(
    "text",
    [
        "please put 538 back on my card",
        "charge the 538 back to the card",
        "I want my money back to the card, ticket 538",
        "my card is back. 538 people are waiting",
        "the number on the back of the frob is 538",
        "the number on the back of the router is 538",
        "on the back of my gift card it says 538",
        "back of the bus it says 538",
        "the girl at the front desk says 538",
        "the last digits on the front of the card are 5382",
        "room 538 is at the back of the card shop",
        "on the back of the card it says 12345",
    ],
)
def test_other_numbers_near_such_words_are_left_alone(text: str) -> None:
    assert codes(text) == []
