"""A number goes of which some digits were erased, as the keys that did so show."""

from __future__ import annotations

import pytest
from support.read_together import cleaned, place


def left_of(text: str) -> str:
    """What is left of a message."""
    left: dict[str, str] = cleaned(place(text))
    return left.get("message", text)


@pytest.mark.parametrize(
    "typed",
    [
        "4000-0566-557<BS>66-5556",
        "4000 0577^H^H66 5566 5556",
        "4000 0566 55x[backspace]66 5556",
        "40001<DEL>056655661<DEL>5556",
    ],
    ids=range(4),
)
@pytest.mark.parametrize("words", ["my card: {} ok", "vias<BS><BS>sa {}", "{} is on the card"])
def test_it_goes_with_what_was_erased(typed: str, words: str) -> None:
    assert left_of(words.format(typed)) == words.format("[card visa ****]")


@pytest.mark.parametrize(
    "text",
    [
        "my number: 4000-0566-557<BS>66-5556 ok",  # nobody says card
        "my card is new, the order number: 4000-0566-557<BS>66-5556 ok",
        "my card: 4000-0566-557<BS>67-5556 ok",  # no check digit
        "my card: 4000-0566-557<BR>66-5556 ok",
        "my card: 4000-0566-557 <b>66-5556 ok",
    ],
    ids=range(5),
)
def test_anything_else_stays(text: str) -> None:
    assert left_of(text) == text
