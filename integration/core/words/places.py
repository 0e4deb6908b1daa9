"""Words by which people count the groups of a number, or its digits: the third group, digit 11."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from integration.core.text.lazy import lazy
from integration.core.words.correcting import ends, tells_the_end
from integration.core.words.counted import words_for_digits
from integration.core.words.index import FIRST_UNPARTED, WORD
from integration.core.words.listed import (
    Listed,
    any_of,
    listed,
    listed_ordinals,
    says,
    without_gaps,
)
from integration.core.words.numbers import ordinals
from integration.core.words.parts import counted_parts

LAST: Final = -1
"""The place of the last group."""
MIDDLE: Final = -2
"""The place of the group with as many before it as behind it."""
_BEHIND_FIGURES: Final = frozenset(("st", "nd", "rd", "th"))
_FIGURE: Final = lazy(
    r"(?<![\w.,])([1-9]|1[0-9])(?:st|nd|rd|th|e|er|eme|re|de|a|o|\.[aªoº]?|[ªº°])(?!\w)"
)
"""The 3rd, 3., 3º, 3e."""


def counted_places(words: str) -> Iterator[int]:
    """Yield the places that some words (in plain letters) count, from 1 on; `LAST` for the end.

    >>> list(counted_places("the third group and the last one"))
    [3, -1]
    """
    for word in WORD.findall(words):
        if place := _places().get(word):
            yield place
        elif word in listed(Listed.MIDDLE):
            yield MIDDLE
        elif tells_the_end(word):
            yield LAST
    if not words.isascii():
        said = words.replace(" ", "")  # between a number and its counter: 세 번째
        yield from (_places()[found[0]] for found in _places_without_gaps().finditer(said))
    yield from (int(found[1]) for found in _FIGURE.finditer(words))
    yield from counted_parts(words)


def names_a_group(words: str) -> bool:
    """Whether some words speak of a group of digits: `the third block`."""
    return says(words, Listed.GROUPS)


def names_a_digit(words: str) -> bool:
    """Whether some words speak of a digit, or of its place: `siffer 11`, `position 4`."""
    return not _one_digit().isdisjoint(WORD.findall(words))


def may_claim_without_gaps(words: str) -> bool:
    """Whether some words may count a group or correct one, in a script without gaps."""
    if words.isascii():
        return False
    return _claiming().search(words) is not None or any(counted_places(words))


@cache
def _claiming() -> re.Pattern[str]:
    return without_gaps(Listed.TAKES_BACK, Listed.LEFT_OUT, Listed.GROUPS, Listed.ENDS)


@cache
def _places_without_gaps() -> re.Pattern[str]:
    places = (word for word in _places() if max(word) >= FIRST_UNPARTED)
    return re.compile(rf"(?<!\d)(?:{any_of(places)})(?!(?<=\d)\d)")


def may_count(words: frozenset[str]) -> bool:
    """Whether any of some words may speak of a group or a digit, or count it."""
    return not _telling().isdisjoint(words)


@cache
def _places() -> dict[str, int]:
    return {word: int(place) for word, place in ordinals().items()} | listed_ordinals()


@cache
def _telling() -> frozenset[str]:
    return (
        listed(Listed.GROUPS)
        | listed(Listed.MIDDLE)
        | _one_digit()
        | _places().keys()
        | ends()
        | _BEHIND_FIGURES
    )


@cache
def _one_digit() -> frozenset[str]:
    return listed(Listed.ONE_DIGIT) | words_for_digits()
