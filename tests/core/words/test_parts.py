"""Words that name the parts of a number."""

from __future__ import annotations

import pytest

from integration.core.words.parts import Part, counted_parts, may_name_parts, parts_told


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("my card begins with", Part.FIRST),
        ("de forste 8 sifrene", Part.FIRST),
        ("the rest is", Part.LAST),
        ("et les quatre derniers", Part.LAST | Part.JOINED),
        ("then the middle", Part.NEXT),
        ("part 1 of", Part.FIRST),
        ("del to:", Part.NEXT),
        ("2/2:", Part.NEXT),
        ("order", Part(0)),
    ],
)
def test_words_tell_which_part_comes(words: str, part: Part) -> None:
    assert parts_told(words) == part


def test_parts_are_counted_in_figures_and_in_words() -> None:
    assert list(
        counted_parts("group number two, blokk 3, 4. gruppe, gruppen 4, part #3, 1 av 2")
    ) == [2, 3, 4, 4, 3, 1]
    assert list(counted_parts("room 2, 11/28, part 17")) == []


@pytest.mark.parametrize("text", ["It BEGINS: 4111", "(last four)", "1/2 follows", "Del 2"])
def test_a_text_may_name_parts(text: str) -> None:
    assert may_name_parts(text)


def test_most_texts_name_none() -> None:
    assert not may_name_parts("Where is my parcel? The order number is 10023.")
