"""Numbers on lines that begin alike, where others have a card.

`a) 4111 1111 1111 1111` and, two lines below, `c) 45435 17132 082131`: in a list whose lines are
written in one way, what stands where others have a card is one, of a length that is seldom used or
grouped as no card is.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from integration.core.cards.headed import line_at, lines_beside
from integration.core.cards.number import numbers_in
from integration.core.cards.reasons import LIKELY, SAME_COLUMN
from integration.core.spans import Kind
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from integration.core.hits import Hit
    from integration.core.text.reading import Reading

_FEWEST: Final = 2
"""Lines with a card."""
_WIDEST: Final = 60
"""Characters of a line before its card."""
_NUMBER: Final = lazy(rb"[0-9](?:[ .\xa0\xad-]?[0-9]){11,39}(?![0-9])")
_SHAPE: Final = bytes(
    48 if chr(byte).isdigit() else 97 if chr(byte).isalpha() else byte for byte in range(256)
)
"""Digits are alike, and letters."""


def on_lines_alike(reading: Reading, hits: Sequence[Hit]) -> list[Hit]:
    """Return the numbers above and below likely ones; they may overlap what was found."""
    likely = [hit.start for hit in hits if hit.kind is Kind.PAN and hit.confidence >= LIKELY]
    if len(likely) < _FEWEST:
        return []
    alike: defaultdict[bytes, list[int]] = defaultdict(list)
    for start in likely:
        line, _ = line_at(reading.folded, start)
        if start - line <= _WIDEST:
            alike[reading.folded[line:start].translate(_SHAPE)].append(start)
    found: list[Hit] = []
    for shape, starts in alike.items():
        if len(starts) >= _FEWEST:
            known = frozenset(starts)
            places = {at for start in starts for at in _beside(reading.folded, shape, start, known)}
            for at in sorted(places):
                if number := _NUMBER.match(reading.folded, at):
                    found += numbers_in(reading, *number.span(), (SAME_COLUMN,))
    return found


def _beside(folded: bytes, shape: bytes, start: int, known: Container[int]) -> Iterator[int]:
    """Yield where a number may begin on the lines above and below, as far as they are alike.

    Or up to one that is known, from which it goes on.
    """
    for step in (-1, 1):
        for begin, _ in lines_beside(folded, start, step):
            low = begin + len(shape)
            if low in known or folded[begin:low].translate(_SHAPE) != shape:
                break
            yield low
