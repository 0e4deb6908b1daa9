"""Numbers that go over columns whose heads count the groups: `id`, `card 1`, `card 2`, ...

Where the heads say which group stands below each, what stands in the column before is no group of
a longer row.
"""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from integration.core.cards.headed import MARKS, cells_of, line_at, lines_beside
from integration.core.cards.number import SURE, numbers_in
from integration.core.cards.reasons import SAME_COLUMN
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.words.listed import Listed, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integration.core.hits import Hit
    from integration.core.text.reading import Reading

_MOST_LINES: Final = 50
"""So far above a number its heads are looked for."""
_MOST: Final = 20
"""Numbers that are looked at."""
_FEWEST: Final = 3
"""Columns."""
_COUNTED: Final = lazy(rb"\W*(\w*?[A-Za-z\x80-\xff]\w*?)[ _.-]?([1-9])\W*")


def in_numbered_columns(reading: Reading, hits: Sequence[Hit]) -> list[Hit]:
    """Return the unsure numbers of which each group stands below a head that counts it."""
    unsure = (hit for hit in hits if hit.kind is Kind.PAN and hit.confidence < SURE)
    return [
        number
        for hit in islice(unsure, _MOST)
        if _is_counted(reading.folded, hit)
        for number in numbers_in(reading, hit.start, hit.end, (SAME_COLUMN,))
    ]


def _is_counted(folded: bytes, hit: Hit) -> bool:
    line = line_at(folded, hit.start)
    for mark in MARKS:
        cells = cells_of(folded, line, mark)
        inside = [
            at for at, (start, end) in enumerate(cells) if start < hit.end and hit.start < end
        ]
        if len(inside) < _FEWEST:
            continue
        for above in islice(lines_beside(folded, hit.start, -1), _MOST_LINES):
            heads = cells_of(folded, above, mark)
            if len(heads) == len(cells) and _count([folded[slice(*heads[at])] for at in inside]):
                return True
    return False


def _count(heads: Sequence[bytes]) -> bool:
    """Return whether heads are one name and 1, 2, 3 and so on."""
    read = [_COUNTED.fullmatch(head) for head in heads]
    names = {head[1].strip().lower() for head in read if head}
    counts = [int(head[2]) for head in read if head]
    is_one = len(names) == 1 and names.isdisjoint(_of_time())
    return is_one and counts == list(range(1, len(heads) + 1))


@cache
def _of_time() -> frozenset[bytes]:
    """What else is counted in columns: sums of quarters and weeks."""
    return frozenset(word.encode() for word in listed(Listed.PERIODS))
