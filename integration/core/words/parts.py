"""Words by which people name the parts of a number: the first eight, the middle, the rest."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from enum import Flag, auto
from functools import cache
from typing import Final

from integration.core.text.lazy import lazy
from integration.core.words.correcting import ends
from integration.core.words.counted import words_for_digit
from integration.core.words.digit_groups import sizes_of_groups
from integration.core.words.index import WORD
from integration.core.words.listed import Listed, any_of, listed, with_gaps
from integration.core.words.positions import may_count_parts
from integration.core.words.vocabulary import as_read


class Part(Flag):
    """Which part of a number some digits are."""

    FIRST = auto()
    """It begins with them."""
    NEXT = auto()
    """They come behind the first: the middle, part 2."""
    LAST = auto()
    """It ends with them: the last four, the rest."""
    JOINED = auto()
    """Nothing but `and` stands before them."""


_LISTS: Final = {
    Part.FIRST: Listed.FIRST_PART,
    Part.NEXT: Listed.NEXT_PART,
    Part.LAST: Listed.REST,
    Part.JOINED: Listed.JOINED,
}
_MARKS: Final = dict.fromkeys(map(ord, string.punctuation + "\n\t\r\xa0«»“”’"), " ")
_ORDINAL: Final = lazy(r"([1-5])(?<![\w.,:/-].)(?:st|nd|rd|th|ere?|re|eme|e|:[ae]|[ao])(?!\w)")
_ORDINALS: Final = ("", "first", "second", "third", "fourth", "fourth")
_OF_TWO: Final = frozenset("12")
_COUNT: Final = (
    r" ?(?:\d{1,2}|[一二两兩三四五六七八九十]{1,2}|네|다섯|여섯|일곱|여덟|아홉|열|열두)"
    r" ?(?:[位碼码桁]|자리)"
)
_COUNTED_UNPARTED: Final = {
    Part.FIRST: lazy(rf"[前上頭头앞]{_COUNT}"),
    Part.NEXT: lazy(rf"(?:[中次]|中[间間]|다음|가운데){_COUNT}"),
    Part.LAST: lazy(rf"[后後下末尾뒤끝]{_COUNT}"),
}
"""So many digits from the front or the back, in scripts without gaps: `前八碼`, `뒤 8자리`."""
_TEN: Final = 10
_COUNTS: Final = range(1, 6)


def parts_told(words: str) -> Part:
    """Return which part of a number some words (in plain letters) may name; none where none.

    >>> parts_told("the first eight are")
    <Part.FIRST: 1>
    """
    said = set(WORD.findall(_with_ordinals(words)))
    told = Part(0)
    for part, known in _known().items():
        if not known.isdisjoint(said):
            told |= part
    for part, unparted in (*_unparted().items(), *_COUNTED_UNPARTED.items()):
        if unparted.search(words):
            told |= part
    for place in counted_parts(words):
        told |= Part.FIRST if place == 1 else Part.NEXT
    return told


def _with_ordinals(words: str) -> str:
    """The words with a word for each place that is counted in figures: 1st, 2e, 3rd."""
    return _ORDINAL.sub(lambda found: _ORDINALS[int(found[1])], words)


def says_half(words: str) -> bool:
    """Return whether some words (in plain letters) speak of one half, or of the rest.

    >>> says_half("und die zweite halfte ist"), says_half("it ends in")
    (True, False)
    """
    return not _halves().isdisjoint(WORD.findall(words))


@cache
def _halves() -> frozenset[str]:
    return with_gaps(listed(Listed.HALF) | listed(Listed.REST))


def counts(words: str, digits: int) -> bool:
    """Return whether some words (in plain letters) say so many digits: `de 12 forste`, `last four`.

    >>> counts("the last four are", 4), counts("the last four are", 8)
    (True, False)
    """
    return not _counting(digits).isdisjoint(WORD.findall(words))


@cache
def _counting(digits: int) -> frozenset[str]:
    return frozenset((str(digits), *(words_for_digit(digits) if digits < _TEN else ())))


def counted_parts(words: str) -> Iterator[int]:
    """Yield the places of the parts of a number that some words count, from 1 on.

    >>> list(counted_parts("group number two, part 3, 1/2"))
    [2, 3, 1]
    """
    for found in _counted().finditer(words):
        yield _places()[found["behind"] or found["before"]]
    yield from (int(found[1]) for found in _of_so_many().finditer(words))


@cache
def _counted() -> re.Pattern[str]:
    parts, marks, places = map(any_of, (_part_words(), listed(Listed.NUMBER), _places()))
    named = rf"(?:{parts})(?: (?:(?:{marks})\.? ?)?| ?#)(?P<behind>{places})(?!\w)"
    return re.compile(rf"(?<!\w)(?:{named}|(?P<before>[1-5])\. ?(?:{parts})(?!\w))")


@cache
def _of_so_many() -> re.Pattern[str]:
    """1/2, del 1 av 3."""
    of = any_of({"/", *listed(Listed.OF_SO_MANY)})
    return re.compile(rf"([1-5])(?<![\d/].) ?(?:{of}) ?[2-5](?![\d/])")


def _part_words() -> frozenset[str]:
    return listed(Listed.PARTS)


@cache
def _places() -> dict[str, int]:
    said = {word: place for place in _COUNTS for word in words_for_digit(place)}
    return said | {str(place): place for place in _COUNTS}


@cache
def _known() -> dict[Part, frozenset[str]]:
    known = {part: with_gaps(listed(words)) for part, words in _LISTS.items()}
    return known | {Part.LAST: known[Part.LAST] | ends() - known[Part.FIRST]}


@cache
def _unparted() -> dict[Part, re.Pattern[str]]:
    """Those of the other scripts: they are looked for within a run of letters."""
    unparted = {part: listed(words) - with_gaps(listed(words)) for part, words in _LISTS.items()}
    return {part: re.compile(any_of(words)) for part, words in unparted.items() if words}


def is_of_parts(word: str) -> bool:
    """Return whether a word (in plain letters) names a part, whatever else it may name: `block`."""
    return word in _telling() or word in _known()[Part.NEXT]


def without_joint(text: str) -> str:
    """Return what stands behind the word that joins a text to the one before: `and 1111 1111`."""
    first, blank, rest = text.strip().partition(" ")
    return rest if blank and as_read(first) in _known()[Part.JOINED] else text


def may_name_parts(text: str) -> bool:
    """Return whether a text may name the first or the last part of a number anywhere."""
    letters = _with_ordinals(as_read(text))
    words = frozenset(letters.translate(_MARKS).split())
    if not _telling().isdisjoint(words) or words >= _OF_TWO:
        return True
    unparted = () if letters.isascii() else (*_unparted().values(), *_COUNTED_UNPARTED.values())
    if any(each.search(letters) for each in unparted):
        return True
    is_counted = 1 in sizes_of_groups(letters) and _of_so_many().search(letters) is not None
    return is_counted or may_count_parts(letters)


@cache
def _telling() -> frozenset[str]:
    known = _known()
    return known[Part.FIRST] | known[Part.LAST] | _part_words()
