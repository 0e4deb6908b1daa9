"""Other places of a number that was found: a link to it, a quoted line, a second mention.

Whatever stands around a copy, however it is grouped: it is the same number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.cards import luhn
from integration.core.cards.reasons import DOUBTED
from integration.core.cards.shape import groups
from integration.core.hits import Hit
from integration.core.spans import Kind
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from integration.core.cards.shape import Group
    from integration.core.text.reading import Reading

AGAIN: Final = "again"
_LENGTHS: Final = range(12, 20)
_OF_TRACK = lazy(rb"[0-9](?: ?[0-9]){11,18}")


def copies(reading: Reading, runs: Sequence[tuple[int, int]], hits: Sequence[Hit]) -> list[Hit]:
    """Return the copies of numbers that are likely cards; they may overlap what was found."""
    classes = reading.classes
    spent = sum(classes.count(b"0", hit.start, hit.end) for hit in hits)
    if reading.digits - spent < _LENGTHS.start:
        return []
    known = {
        number: hit
        for hit in sorted(hits, key=lambda hit: hit.confidence)
        if hit.confidence > DOUBTED and len(number := _number(reading, hit)) in _LENGTHS
    }
    lengths = sorted({len(number) for number in known})
    return [
        Hit(start, end, Kind.PAN, first.confidence, (AGAIN,), first.brand, number[-4:].decode())
        for run in (runs if known else ())
        for start, end, number in _windows(reading, run, lengths)
        if (first := known.get(number))
    ]


def _number(reading: Reading, hit: Hit) -> bytes:
    written = reading.folded[hit.start : hit.end]
    if hit.kind is Kind.TRACK and (number := _OF_TRACK.search(written)):
        written = number[0]
    return luhn.only_digits(written)


def _windows(
    reading: Reading, run: tuple[int, int], lengths: Sequence[int]
) -> Iterator[tuple[int, int, bytes]]:
    """Yield every stretch of whole groups that has one of `lengths`, and its digits."""
    parts = groups(reading.folded, *run)
    digits = luhn.only_digits(reading.folded[slice(*run)])
    ends: dict[int, tuple[Group, int]] = {}
    stretch = 0
    for part in parts:
        stretch += part.separator is None
        ends[part.before + part.size] = (part, stretch)
    for part in parts:
        _, here = ends[part.before + part.size]
        for length in lengths:
            last, there = ends.get(part.before + length, (part, 0))
            if here == there:
                yield part.start, last.end, digits[part.before : part.before + length]
