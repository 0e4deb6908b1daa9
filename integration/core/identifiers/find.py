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
from integration.core.identifiers.numbers import FEWEST_DIGITS, numbers_in
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
_TAILS: Final = (2, 3, 4)


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
    for match in _RUN.finditer(reading.classes):
        start, end = match.span()
        for at in (iban_at, hetu_at, nino_at):
            hit = at(reading, start)
            if hit:
                yield hit
        if reading.classes.count(b"0", start, end) >= FEWEST_DIGITS:
            yield from numbers_in(reading, start, end)
        if end > done and may_tell(reading, start, end):
            stretch = stretch_around(reading, start, end)
            yield from _stated(stretch)
            done = min(end + _STRIDE, stretch.window.offsets[-1])


def _by_marks(reading: Reading, mark: bytes) -> Iterator[Hit]:
    for match in _marked(mark).finditer(reading.folded):
        yield from passwords(stretch_around(reading, *match.span()))


def _stated(stretch: Stretch) -> Iterator[Hit]:
    yield from birth_dates(stretch)
    yield from passwords(stretch)
    yield from one_time_codes(stretch)


@cache
def _marked(mark: bytes) -> re.Pattern[bytes]:
    """Return the pattern of a mark behind the end of a word for a password.

    The mark comes first in it, so that a text is skipped at the speed of memory.
    """
    words = {fold(phrase) for phrase in phrases(Label.PASSWORD) | {"pass"}}
    behind = []
    for size in _TAILS:
        tails = {
            word[-size:] for word in words if len(word) == size or len(word) >= size == _TAILS[-1]
        }
        choice = rb"|".join(re.escape(tail) for tail in sorted(tails))
        behind += [rb"(?<=(?i:%b)%b%b)" % (choice, gap, mark) for gap in (b"", b" ") if tails]
    return re.compile(mark + rb"(?:%b)" % rb"|".join(behind))
