"""Three digits on the back: a count, a word for digits, and where on the card they stand.

People say it in so many ways, in the order of so many languages, that it is read by its parts.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from integration.core.words.listed import Listed, listed
from integration.core.words.stems import stem_of
from integration.core.words.vocabulary import Label, all_as_read, files, phrases

if TYPE_CHECKING:
    from collections.abc import Sequence


THREE: Final = 1
FOUR: Final = 2
DIGITS: Final = 4
PLACE: Final = 8
"""The back of a card, or its front."""
LAST: Final = 16
"""Last or first: the digits of a card number that may be told."""
LINK: Final = 32
SIDE: Final = 64
"""A place that is hardly anything else but the back or the front of a card."""
# What a word may be in such a phrase: one or more of these, as bits.


_SHORTEST_DECLINED: Final = 5
_MOST_LINKS: Final = 4
"""Known words that may stand between the parts."""


def counts(phrase: str, how_many: int) -> bool:
    """Return whether a phrase (in plain letters) speaks of `THREE` or `FOUR`: `dreistellig`."""
    words = re.findall(r"\w+", phrase)
    begins = _begins()[how_many]
    return any(word.startswith(begins) or part_of(word) & how_many for word in words)


@cache
def _begins() -> dict[int, tuple[str, ...]]:
    """Return what words begin with that speak of so many digits: `fyrsiffrig`."""
    return {
        THREE: ("3", *listed(Listed.BEGINS_WITH_THREE)),
        FOUR: (*listed(Listed.BEGINS_WITH_FOUR),),
    }


def counts_digits(word: str) -> bool:
    """Return whether a word behind a figure says that digits are counted: `19 cyfr`, `19-stellig`.

    >>> counts_digits("cyfr"), counts_digits("stelliger"), counts_digits("euro")
    (True, True, False)
    """
    return bool(part_of(word) & DIGITS) or word.startswith(_begins_of_digits())


@cache
def _begins_of_digits() -> tuple[str, ...]:
    return tuple(listed(Listed.OF_DIGITS))


def part_of(word: str) -> int:
    """Return what `word` (in plain letters) may be in a phrase of this kind."""
    exact, stems = _parts()
    return exact.get(word, 0) | stems.get(stem_of(word), 0)


def words_for_last() -> frozenset[str]:
    """Return the words for last or first, in plain letters."""
    return listed(Listed.LAST_OR_FIRST)


def counted(parts: Sequence[int], at: int) -> tuple[int, Label] | None:
    """Return where the phrase that begins with word `at` ends, and what it says; None if none.

    >>> three = [THREE, DIGITS, LINK, LINK, PLACE]
    >>> counted(three, 0)
    (5, <Label.SECURITY_CODE: 'security_code'>)
    """
    count = parts[at] & (THREE | FOUR)
    end, last = at + bool(count), _is_last(parts, at - 1)
    if count and end < len(parts) and _is_last(parts, end):
        end, last = end + 1, True
    if end >= len(parts) or not parts[end] & DIGITS:
        return None
    end += 1
    last = last or _is_last(parts, end)
    if last and not count & THREE:
        return None
    if place := _place_behind(parts, end):
        return place, Label.SECURITY_CODE if count else Label.CODE_HINT
    if count and not last and _place_before(parts, at):
        return end, Label.SECURITY_CODE
    return (end, Label.CODE_HINT) if count & THREE and not last else None


def _is_last(parts: Sequence[int], at: int) -> bool:
    return 0 <= at < len(parts) and bool(parts[at] & LAST)


def _place_behind(parts: Sequence[int], at: int) -> int | None:
    """Return where the word for the back or the front ends that follows, links between."""
    for here in range(at, min(at + _MOST_LINKS, len(parts))):
        if parts[here] & PLACE:
            return here + 1
        if not parts[here] & LINK:
            return None
    return None


def _place_before(parts: Sequence[int], at: int) -> bool:
    for here in range(at - 1, max(at - 1 - _MOST_LINKS, -1), -1):
        if parts[here] & PLACE:
            return True
        if not parts[here] & LINK:
            return False
    return False


@cache
def _parts() -> tuple[dict[str, int], dict[str, int]]:
    """Return the words and the stems of words, with what they may be."""
    exact: dict[str, int] = {}
    stems: dict[str, int] = {}
    for part, words in (
        (THREE, {"3", *listed(Listed.THREE), *words_for_digit(3)}),
        (FOUR, {"4", *listed(Listed.FOUR), *words_for_digit(4)}),
        (LAST, words_for_last()),
        (PLACE, listed(Listed.PLACES) | listed(Listed.SIDES)),
        (SIDE, listed(Listed.SIDES)),
        (DIGITS, words_for_digits()),
        (LINK, {word for word in phrases(Label.LINK) if " " not in word}),
    ):
        for word in words:
            exact[word] = exact.get(word, 0) | part
            if part & (PLACE | SIDE | DIGITS) and len(word) > _SHORTEST_DECLINED:
                stems[stem_of(word)] = stems.get(stem_of(word), 0) | part
    return exact, stems


def words_for_digits() -> frozenset[str]:
    """Return the words for digits and numbers, in plain letters."""
    return listed(Listed.DIGITS)


def words_for_digit(digit: int) -> set[str]:
    """Return how a digit is said in any language, in plain letters."""
    tables = (file["numbers"]["digits"] for file in files() if "numbers" in file)
    return {word for table in tables for word in all_as_read(table[digit])}
