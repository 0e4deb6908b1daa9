"""Find identifiers in a reading: every run of digits is looked at once, by what it looks like.

Words are read only around digits, and around the marks that follow a word for a password.
"""

from __future__ import annotations

import re
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from integration.core.hits import Hit, pick
from integration.core.identifiers.birth import birth_dates
from integration.core.identifiers.codes import one_time_codes
from integration.core.identifiers.lettered import lettered_at, may_be_lettered
from integration.core.identifiers.nearby import may_tell
from integration.core.identifiers.numbers import FEWEST_DIGITS, numbers_in
from integration.core.identifiers.passwords import passwords
from integration.core.identifiers.stretch import Stretch, stretch_around
from integration.core.text.fold import fold
from integration.core.words import Label, phrases
from integration.core.words.vocabulary import months

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.text.reading import Reading

_RUN: Final = re.compile(rb"0(?:[0 ]*0)?")
_STRIDE: Final = 24
"""A stretch covers what begins so soon behind its middle."""
_FEWEST_APART: Final = 4
"""Digits of a code or of a year; fewer matter only as the end of something."""
_TAIL: Final = itemgetter(slice(-4, None))
_BEFORE_SHORT: Final = (b" ", b"\n", b"\t", b"(", b"/", b">", b",", b";")


def may_hold(reading: Reading) -> bool:
    """Return whether an identifier stands here."""
    return next(_every(reading), None) is not None


def find(reading: Reading) -> list[Hit]:
    """Return the identifiers of a text, in order, not overlapping."""
    return pick((), _every(reading))


def _every(reading: Reading) -> Iterator[Hit]:
    if reading.digits:
        yield from _by_digits(reading)
    for mark in (b":", b"="):
        if mark in reading.folded:
            yield from _by_marks(reading, mark)


def _by_digits(reading: Reading) -> Iterator[Hit]:
    done = 0
    for start, end in _runs(reading.classes):
        if may_be_lettered(reading.classes, start):
            yield from lettered_at(reading, start)
        if end - start >= FEWEST_DIGITS:
            yield from numbers_in(reading, start, end)
        elif end - start < _FEWEST_APART and not _may_end_something(reading.folded, start, end):
            continue
        if end > done and may_tell(reading, start, end):
            stretch = stretch_around(reading, start, end)
            yield from _stated(stretch)
            done = min(end + _STRIDE, stretch.window.offsets[-1])


def _runs(classes: bytes) -> Iterator[tuple[int, int]]:
    """Return the runs of digits and what may stand between them; quick from one to the next."""
    start = classes.find(b"0")
    while start >= 0:
        run = _RUN.match(classes, start)
        end = run.end() if run else start + 1
        yield start, end
        start = classes.find(b"0", end)


def _may_end_something(folded: bytes, start: int, end: int) -> bool:
    """Return whether few digits may be the end of a secret, or the year behind a month."""
    if folded[start - 1 : start].isalpha() or folded[end - 1 : end + 1].isalnum():
        return True
    return folded[start - 4 : start - 1] in _month_ends() or folded[start - 1 : start] == b"'"


@cache
def _month_ends() -> frozenset[bytes]:
    ends = {name[-3:] for name in months()}
    return frozenset(fold(form) for end in ends for form in (end, end.upper(), end.capitalize()))


def _stated(stretch: Stretch) -> Iterator[Hit]:
    yield from birth_dates(stretch)
    yield from passwords(stretch)
    yield from one_time_codes(stretch)


def _by_marks(reading: Reading, mark: bytes) -> Iterator[Hit]:
    """Return the passwords behind a word and a mark: they need hold no digit."""
    parts = reading.folded.split(mark)
    if _tails().isdisjoint(map(_TAIL, parts)):
        return
    at, done = 0, 0
    for part in parts:
        at += len(part)
        if at >= done and _TAIL(part) in _tails():
            stretch = stretch_around(reading, at, at + 1)
            yield from passwords(stretch)
            done = min(at + _STRIDE, stretch.window.offsets[-1])
        at += 1


@cache
def _tails() -> frozenset[bytes]:
    """Return how the words for a password end, the short ones with what may stand before them."""
    words = {fold(phrase) for phrase in phrases(Label.PASSWORD) | {"pass"}}
    words |= {form for word in words for form in (word.upper(), word.capitalize())}
    words |= {before + word for word in words for before in _BEFORE_SHORT if len(word) < 4}
    return frozenset(_TAIL(form) for word in words if len(word) > 2 for form in (word, word + b" "))
