"""Numbers that go over columns whose heads count the groups: `id`, `card 1`, `card 2`, ...

Where the heads say which group stands below each, what stands in the column before is no group of
a longer row.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations, islice
from typing import TYPE_CHECKING, Final

from integration.core.cards.headed import MARKS, cells_of, line_at, lines_beside
from integration.core.cards.number import SURE, numbers_in
from integration.core.cards.reasons import SAME_COLUMN
from integration.core.text.lazy import lazy
from integration.core.words.listed import Listed, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from integration.core.cards.headed import Cell
    from integration.core.hits import Hit
    from integration.core.text.reading import Reading

_MOST_HEADS: Final = 4
"""Lines that are looked at as heads."""
_MOST_LINES: Final = 200
"""So far below its heads a number is looked for."""
_QUOTES: Final = b" \"'"
_FEWEST: Final = 3
"""Columns."""
_MOST_COLUMNS: Final = 60
"""Cells of a line; one with more is a list."""
_HEADS: Final = lazy(rb"1\W{1,6}(\w{1,16}?)[ _.-]?2\W{1,6}\1[ _.-]?3")
_COUNTED: Final = lazy(rb"\W*(\w*?[A-Za-z\x80-\xff]\w*?)[ _.-]?([1-9])\W*")


def in_numbered_columns(reading: Reading, hits: Sequence[Hit]) -> list[Hit]:
    """Return the numbers of which each group stands below a head that counts it."""
    heads = islice(_HEADS.finditer(reading.folded), _MOST_HEADS)
    rows = {row for each in heads for row in _rows_below(reading.folded, each.start())}
    sure = [hit for hit in hits if hit.confidence >= SURE]
    return [
        number
        for start, end in sorted(rows)
        if not any(hit.start < end and start < hit.end for hit in sure)
        for number in numbers_in(reading, start, end, (SAME_COLUMN,))
    ]


def _rows_below(folded: bytes, at: int) -> Iterator[Cell]:
    """Yield where the groups of a number may stand in the lines below some heads."""
    line = line_at(folded, at)
    for mark in MARKS:
        heads = cells_of(folded, line, mark)
        counted = _counted([folded[slice(*head)] for head in heads])
        if not counted:
            continue
        first, last = counted
        for below in islice(lines_beside(folded, at, 1), _MOST_LINES):
            cells = cells_of(folded, below, mark)
            groups = [folded[slice(*cell)].strip(_QUOTES) for cell in cells[first:last]]
            if len(cells) == len(heads) and all(map(bytes.isdigit, groups)):
                yield cells[first][0], cells[last - 1][1]
        return


def _counted(heads: Sequence[bytes]) -> tuple[int, int] | None:
    """Return which of some heads count the groups: the longest row of them."""
    places = combinations(range(len(heads) + 1 if len(heads) <= _MOST_COLUMNS else 0), 2)
    rows = (row for row in places if row[1] - row[0] >= _FEWEST and _count(heads[slice(*row)]))
    return max(rows, key=lambda row: row[1] - row[0], default=None)


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
