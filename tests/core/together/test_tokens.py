"""A number goes that a recording has word by word, each in a record of its own."""

from __future__ import annotations

import json

import pytest
from support.read_together import cleaned, place

SAID = "my card is 4 zero zero 0 zero five 6 6 five five 6 6 five five 5 six thank you"


def recording(said: str, key: str = "w", *, indent: int | None = None) -> str:
    """What a program that hears writes down of it."""
    records = [{key: word, "c": round(0.6 + at / 100, 2)} for at, word in enumerate(said.split())]
    return json.dumps({"tokens": records}, indent=indent)


def left_of(text: str) -> str:
    """What is left of a message."""
    left: dict[str, str] = cleaned(place(text))
    return left.get("message", text)


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("key", ["w", "Word", "token"])
def test_every_word_of_a_number_goes_and_the_others_stay(key: str, indent: int | None) -> None:
    left = json.loads(left_of(recording(SAID, key, indent=indent)))["tokens"]
    words = [each[key] for each in left]
    assert words == ["my", "card", "is", "[card visa **** 5556]", *[""] * 15, "thank", "you"]
    assert [each["c"] for each in left] == [round(0.6 + at / 100, 2) for at in range(21)]


def test_its_code_goes_too() -> None:
    left = json.loads(left_of(recording(f"{SAID} security code is one two three bye")))
    assert [each["w"] for each in left["tokens"]][-5:] == [
        "is",
        "[security code removed]",
        "",
        "",
        "bye",
    ]


@pytest.mark.parametrize(
    "text",
    [
        recording(SAID.replace("six thank", "five thank")),  # no check digit
        recording(SAID, "answer"),  # of a form
        recording("my card is " + "4 1 1 1"),
        recording("room 12 is free from 4 to six and the other two are taken now thanks bye"),
    ],
    ids=range(4),
)
def test_other_words_stay(text: str) -> None:
    assert left_of(text) == text


def test_what_is_found_without_that_is_not_found_again() -> None:
    text = recording(SAID.replace("thank you", "or 4000056655665556"))
    assert left_of(text).count("[card visa **** 5556]") == 2
