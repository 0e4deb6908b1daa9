"""Find identifiers in a reading: every run of digits is looked at once, by what it looks like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from integration.core.hits import Hit, pick
from integration.core.identifiers.iban import iban_at
from integration.core.identifiers.lettered import hetu_at, nino_at
from integration.core.identifiers.numbers import FEWEST_DIGITS, numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.text.reading import Reading

_RUN: Final = re.compile(rb"0[0 ]+")


def may_hold(reading: Reading) -> bool:
    """Return whether an identifier stands here."""
    return reading.digits > 0 and next(_every(reading), None) is not None


def find(reading: Reading) -> list[Hit]:
    """Return the identifiers of a text, in order, not overlapping."""
    return pick((), _every(reading))


def _every(reading: Reading) -> Iterator[Hit]:
    for match in _RUN.finditer(reading.classes):
        start, end = match.span()
        for at in (iban_at, hetu_at, nino_at):
            hit = at(reading, start)
            if hit:
                yield hit
        if reading.classes.count(b"0", start, end) >= FEWEST_DIGITS:
            yield from numbers_in(reading, start, end)
