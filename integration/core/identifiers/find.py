"""Find identifiers in a reading: every run of digits is looked at once, by what it looks like.

Words are read only around digits, and around the marks that follow a word for a password.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from integration.core.hits import Hit, pick
from integration.core.identifiers.birth import birth_dates
from integration.core.identifiers.codes import one_time_codes
from integration.core.identifiers.iban import iban_at
from integration.core.identifiers.lettered import hetu_at, nino_at
from integration.core.identifiers.nearby import may_tell
from integration.core.identifiers.numbers import FEWEST_DIGITS, numbers_in, odd_number
from integration.core.identifiers.passwords import passwords
from integration.core.identifiers.stretch import Stretch, stretch_around
from integration.core.text.fold import fold
from integration.core.words import Label, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.text.reading import Reading

_RUN: Final = re.compile(rb"0[0 ]*")
_STRIDE: Final = 24
"""A stretch covers what begins so soon behind its middle."""
_TAIL: Final = 4
_BEFORE_SHORT: Final = (b"", b" ", b"\n", b"\t", b"(", b"/", b">", b",", b";")


def may_hold(reading: Reading) -> bool:
    """Return whether an identifier stands here."""
    return next(_every(reading), None) is not None


def find(reading: Reading) -> list[Hit]:
    """Return the identifiers of a text, in order, not overlapping."""
    return pick((), _every(reading))


def _every(reading: Reading) -> Iterator[Hit]:
    if reading.digits >= FEWEST_DIGITS:
        yield from numbers_in(reading)
    if reading.digits:
        yield from _by_digits(reading)
    for mark in (b":", b"="):
        if mark in reading.folded:
            yield from _by_marks(reading, mark)


def _by_digits(reading: Reading) -> Iterator[Hit]:
    folded, done = reading.folded, 0
    for match in _RUN.finditer(reading.classes):
        start, end = match.span()
        before = folded[max(0, start - 2) : start]
        lettered = before[-1:].isalpha() or before[:1].isalpha()
        if lettered:
            yield from filter(None, (iban_at(reading, start), nino_at(reading, start)))
        yield from odd_number(reading, start, end)
        if end - start > 2 or lettered or folded[end : end + 1].isalpha():
            if hetu := hetu_at(reading, start):
                yield hetu
            if end > done and may_tell(reading, start, end):
                stretch = stretch_around(reading, start, end)
                yield from _stated(stretch)
                done = min(end + _STRIDE, stretch.window.offsets[-1])


def _stated(stretch: Stretch) -> Iterator[Hit]:
    yield from birth_dates(stretch)
    yield from passwords(stretch)
    yield from one_time_codes(stretch)


def _by_marks(reading: Reading, mark: bytes) -> Iterator[Hit]:
    """Return the passwords behind a word and a mark: they need hold no digit."""
    parts = reading.folded.split(mark)
    tails = [part[-_TAIL - 1 :].rstrip()[-_TAIL:].lower() for part in parts]
    if _tails().isdisjoint(tails):
        return
    at = 0
    for part, tail in zip(parts, tails, strict=True):
        at += len(part)
        if tail in _tails():
            yield from passwords(stretch_around(reading, at, at + 1))
        at += 1


@cache
def _tails() -> frozenset[bytes]:
    """Return how the words for a password end, the short ones with what may stand before them."""
    words = {fold(phrase) for phrase in phrases(Label.PASSWORD) | {"pass"}}
    long = {word[-_TAIL:] for word in words if len(word) >= _TAIL}
    short = {word for word in words if len(word) < _TAIL}
    return frozenset(long | {before + word for word in short for before in _BEFORE_SHORT})
