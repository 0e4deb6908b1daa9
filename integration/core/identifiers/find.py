"""Find identifiers in a reading: numbers by what they look like, what is stated by its words.

Every kind has its own quick look through the whole text. Words are read only around digits, many
numbers at a time, and around the marks that follow a word for a password.
"""

from __future__ import annotations

import re
from bisect import bisect
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from integration.core.hits import Hit, pick
from integration.core.identifiers.birth import birth_dates
from integration.core.identifiers.codes import one_time_codes
from integration.core.identifiers.columns import columns
from integration.core.identifiers.lettered import lettered
from integration.core.identifiers.nearby import may_tell
from integration.core.identifiers.numbers import FEWEST_DIGITS, numbers_in
from integration.core.identifiers.passwords import passwords
from integration.core.identifiers.stretch import stretch_around
from integration.core.text import BARRIER
from integration.core.text.fold import INVISIBLE, fold
from integration.core.text.lazy import lazy
from integration.core.text.reading import by_shape, of_folded
from integration.core.words import Label, phrases
from integration.core.words.vocabulary import months

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from integration.core.identifiers.stretch import Stretch
    from integration.core.text.reading import Reading

# A first byte that is literal lets the search skip to it.
_LONG_RUN: Final = lazy(rb"0[0 ]{%d,}" % (FEWEST_DIGITS - 1))
_RUN: Final = lazy(rb"0(?:[0 ]*0)?")
_PADDED: Final = lazy(rb"\xad(?<=[0-9].)", re.DOTALL)
_WALL: Final = BARRIER.encode()
"""What no stretch goes over."""
_SPREAD: Final = 128
"""How far apart the first and the last number may stand whose words are read at once."""
_MARGIN: Final = 24
"""A stretch covers what stands so near to its middle."""
_FEWEST_APART: Final = 4
"""Digits of a code or of a year; fewer matter only as the end of something."""
_SIZES_OF_A_DATE: Final = frozenset({4, 6, 8})
"""A year, or a date in one block."""
_TAIL: Final = itemgetter(slice(-4, None))
_BEFORE_SHORT: Final = (b" ", b"\n", b"\t", b"(", b"/", b">", b",", b";", b"=", b":", b"&", b"?")
_WIDEST_GAP: Final = 1
"""Characters between a word and its mark."""
_MARKS: Final = (b":", b"=")
Span = tuple[int, int]


def find(reading: Reading, *, secrets: bool = True) -> list[Hit]:
    """Return the identifiers of a text, in order, not overlapping.

    `secrets`: passwords and one-time codes too.
    """
    if INVISIBLE in reading.folded and _PADDED.search(reading.folded):
        return _find_padded(reading, secrets=secrets)
    return _find(reading, secrets=secrets)


def _find_padded(reading: Reading, *, secrets: bool) -> list[Hit]:
    """Return what stands in a text whose digits have characters of no width between them."""
    folded = reading.folded
    kept = [at for at, byte in enumerate(folded) if byte != INVISIBLE[0]]
    text = "".join(map(reading.text.__getitem__, kept))
    tight = of_folded(text, folded.replace(INVISIBLE, b""))
    return [
        hit._replace(start=kept[hit.start], end=kept[hit.end - 1] + 1)
        for hit in _find(tight, secrets=secrets)
    ]


def _find(reading: Reading, *, secrets: bool) -> list[Hit]:
    found: list[Hit] = []
    read: list[Span] = []
    if reading.digits:
        found += _numbers(reading)
        found += lettered(reading)
        if b"\n" in reading.folded:
            found += columns(reading)
        for start, end in telling(reading, *_groups(reading), secrets=secrets):
            stretch = stretch_around(reading, start, end)
            read.append(_covered(stretch, start, end))
            found += _stated(stretch, secrets=secrets)
    for mark in _MARKS if secrets else ():
        if mark in reading.folded:
            parts = reading.folded.split(mark)
            if _stands_behind_a_word(parts):
                found += _by_marks(reading, mark, parts, read)
    return pick((), found) if found else found


def _numbers(reading: Reading) -> list[Hit]:
    low, runs = _long_runs(reading)
    return [hit for start, end in runs for hit in numbers_in(reading, low + start, low + end)]


def long_runs_of(shape: bytes) -> tuple[Span, ...]:
    """Return where enough digits stand with nothing but separators between."""
    return tuple(
        (match.start(), shape.rfind(b"0", match.start(), match.end()) + 1)
        for match in _LONG_RUN.finditer(shape)
        if shape.count(b"0", *match.span()) >= FEWEST_DIGITS
    )


Group = tuple[int, int, bool]
"""From which number to which the words around them are looked at together, and whether one of them
has the size of a date."""


def groups_of(shape: bytes) -> tuple[Group, ...]:
    """Return the numbers of a text, those near each other together."""
    found: list[Group] = []
    start = shape.find(b"0")
    while start >= 0:
        end = shape.rfind(b"0", start, start + _SPREAD) + 1
        size = end - start
        found.append((start, end, size in _SIZES_OF_A_DATE or shape.count(b"0", start, end) < size))
        start = shape.find(b"0", end)
    return tuple(found)


_long_runs: Final = by_shape(long_runs_of)
_groups: Final = by_shape(groups_of)


def telling(reading: Reading, low: int, groups: Sequence[Group], *, secrets: bool) -> list[Span]:
    """Return from which number to which words may say what a number is.

    `groups` are those of its shape, which begins at `low`.
    """
    classes, folded = reading.classes, reading.folded
    found: list[Span] = []
    for first, last, may_be_date in groups:
        if not (secrets or may_be_date):
            continue
        start, end = low + first, low + last
        if _may_matter(folded, start, end) and may_tell(reading, start, end, secrets):
            runs = [
                run
                for match in _RUN.finditer(classes, start, end)
                if _may_matter(folded, *(run := match.span())) and may_tell(reading, *run, secrets)
            ]
            if runs:
                found.append((runs[0][0], runs[-1][1]))
    return found


def _may_matter(folded: bytes, start: int, end: int) -> bool:
    """Return whether there are many digits, or the end of a secret, or a year behind a month."""
    if end - start >= _FEWEST_APART:
        return True
    if folded[start - 1 : start].isalpha() or folded[end - 1 : end + 1].isalnum():
        return True
    return folded[start - 4 : start - 1] in _month_ends() or folded[start - 1 : start] == b"'"


@cache
def _month_ends() -> frozenset[bytes]:
    ends = {name[-3:] for name in months()}
    return frozenset(fold(form) for end in ends for form in (end, end.upper(), end.capitalize()))


def _covered(stretch: Stretch, start: int, end: int) -> Span:
    """Return what was read for good of a stretch around `start`..`end`: not what a wall parts."""
    offsets = stretch.window.offsets
    return max(start - _MARGIN, offsets[0]), min(end + _MARGIN, offsets[-1])


def _stated(stretch: Stretch, *, secrets: bool) -> Iterator[Hit]:
    yield from birth_dates(stretch)
    if secrets:
        yield from passwords(stretch)
        yield from one_time_codes(stretch)


def may_state_a_password(folded: bytes) -> bool:
    """Return whether a word for a password may stand before a mark."""
    marks = [mark for mark in _MARKS if mark in folded]
    return bool(marks) and any(_stands_behind_a_word(folded.split(mark)) for mark in marks)


def _stands_behind_a_word(parts: Sequence[bytes]) -> bool:
    return not _tails().isdisjoint(map(_TAIL, parts))


def _by_marks(reading: Reading, mark: bytes, parts: list[bytes], read: list[Span]) -> Iterator[Hit]:
    """Return the passwords behind a word and a mark: they need hold no digit."""
    at, done = -1, 0
    for part in parts[:-1]:
        at += len(part) + 1
        if at >= done and _TAIL(part) in _tails() and not _holds(read, at):
            wall = reading.folded.find(_WALL, at, at + _SPREAD)
            done = reading.folded.rfind(mark, at, wall if wall >= 0 else at + _SPREAD) + 1
            yield from passwords(stretch_around(reading, at, done), at - _WIDEST_GAP)


def _holds(spans: list[Span], at: int) -> bool:
    """Return whether one of `spans`, which are in order, holds a place."""
    before = bisect(spans, (at,))
    return before > 0 and at < spans[before - 1][1]


@cache
def _tails() -> frozenset[bytes]:
    """Return how the words for a password end, the short ones with what may stand before them."""
    words = {fold(phrase) for phrase in phrases(Label.PASSWORD) | {"pass"}}
    words |= {form for word in words for form in (word.upper(), word.capitalize())}
    words |= {before + word for word in words for before in _BEFORE_SHORT if len(word) < 4}
    return frozenset(_TAIL(form) for word in words if len(word) > 2 for form in (word, word + b" "))
