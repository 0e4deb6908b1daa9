"""A number goes that a machine misread, right behind a word for a card only."""

from __future__ import annotations

import pytest
from support.read_together import cleaned, place


def left_of(text: str) -> str:
    """What is left of a message."""
    left: dict[str, str] = cleaned(place(text))
    return left.get("message", text)


@pytest.mark.parametrize(
    "read",
    ["4D00 0S66 SSGG 5556", "4OOOOSGGS566S5S6", "4000-05GG-556G-5SS6", "SSSSS55SS5SS4444"],
)
@pytest.mark.parametrize("words", ["*** OCR 71% ***\nCARD NO  {}\nAMT $ 4O.OO", "Kortnummer: {}"])
def test_letters_are_digits_right_behind_a_word_for_a_card(read: str, words: str) -> None:
    left = left_of(words.format(read))
    assert "[card " in left
    assert read[-4:] not in left


def test_a_letter_may_be_a_nine() -> None:
    assert left_of("card: 501g 7170 10l0 3742") == "card: [card dankort ****]"


@pytest.mark.parametrize(
    "text",
    [
        "PART NO  4D00 0S66 SSGG 5556",
        "CARD NO of the customer who wrote to us 4D00 0S66 SSGG 5556",
        "CARD NO  4D00 0S66 SSGG 5551",  # no check digit
        "CARD NO  4DOO OSGG SSGG SSS6",  # too few figures
        "CARD NO  4D00 0S66 SSGG 5556 77",
        "CARD NO  4D00 0S66 SSGG",
    ],
    ids=range(6),
)
def test_anything_else_stays(text: str) -> None:
    assert left_of(text) == text
