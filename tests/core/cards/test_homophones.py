"""Digits that a speech program took for other words, behind a word for a card."""

from __future__ import annotations

import pytest

from integration.core.detection import find, mask


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("for won won one, won one won won then won won won won one won won one", "visa **** 1111"),
        ("tree seven ate to eight two to for sicks three one oh oh oh five", "amex **** 0005"),
        (
            "fore double oh double oh five sicks sicks five fife double sicks triple five sicks",
            "visa **** 5556",
        ),
    ],
)
@pytest.mark.parametrize("before", ["my visa number is", "Credit card:"])
def test_words_that_sound_like_digits_are_a_number_behind_a_card(
    before: str, words: str, shown: str
) -> None:
    text = f"{before} {words} the name is Jo, I want to pay for to"
    done = mask(text, find(text))
    assert done == f"{before} [card {shown}] the name is Jo, I want to pay for to"


@pytest.mark.parametrize(
    "text",
    [
        "I go there for won won one won one won won won won won won one won won one",
        "my visa number is for won won one won one won won won won won won one won won ate",
        "my card ate too, to won for one, and then for the two of us it won to one for two",
        "visa card 4 to 8 weeks, for one to two people, free to won, too late for one or two",
    ],
    ids=["no card", "check digit", "prose", "sentence"],
)
def test_prose_that_sounds_like_digits_stays(text: str) -> None:
    assert find(text) == []
