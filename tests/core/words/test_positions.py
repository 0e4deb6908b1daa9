"""Digits of a number that are counted."""

from __future__ import annotations

import pytest

from integration.core.words.positions import (
    mark_told,
    may_count_parts,
    positions_told,
    without_positions,
)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("digits 5-12:", (5, 12)),
        ("siffra 5 till 8 ar", (5, 8)),
        ("digits 1-4, digits 5 to 8", (5, 8)),
        ("7-2", None),
        ("digits", None),
        ("20-40", None),
        ("0-4", None),
        ("11-05-2026", None),
    ],
)
def test_words_tell_the_places_of_digits(words: str, told: tuple[int, int] | None) -> None:
    assert positions_told(words) == told


def test_the_places_are_no_digits_of_their_own() -> None:
    assert without_positions("digits 11-14: 4111") == "digits ppppp: 4111"


@pytest.mark.parametrize(
    ("words", "place"),
    [("number[2]: ", 2), ("iv - ", 4), ("ii ", 2), ("(3) ", 3), ("i ", None), ("room 2 ", None)],
)
def test_a_mark_counts_a_part(words: str, place: int | None) -> None:
    assert mark_told(words) == place


@pytest.mark.parametrize(
    "text", ["digits 1-4", "position 1 a 4", "[1]: 4111", "ii 4111", "4111 ..."]
)
def test_a_text_may_count_parts(text: str) -> None:
    assert may_count_parts(text)


def test_most_texts_count_none() -> None:
    assert not may_count_parts("in 3-5 days, at 14:20, 2 rooms... ok")
