"""Card numbers in records of fixed width whose layout the text tells.

`10-28  card number` above `DT00004174000056655665556   0000...`: nothing parts the fields of such a
record, but somebody says in which columns of it the number stands.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from integration.core.cards.glued import hit_of, likely_issuer
from integration.core.cards.reasons import IN_RECORDS
from integration.core.text.lazy import lazy
from integration.core.words.naming import names_no_other, speaks_of_card

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.hits import Hit
    from integration.core.text.reading import Reading

_BLOCK: Final = lazy(rb"[0-9]{17}")
"""In a shorter one a number stands by itself, or none does."""
_COLUMNS: Final = lazy(
    rb"(?<![0-9.,/:-])([0-9]{1,3}) ?(?:-|\.\.|to) ?([0-9]{1,3})(?![0-9/-]|[.:][0-9])"
)
_NAMED: Final = lazy(
    rb"(?i)(?<![a-z])(?:col|pos|byte|char|offset|spalte|stelle|kolonne)[a-z.]{0,6}:? ?\Z"
)
PAN: Final = lazy(rb"\bPAN\b")
"""In capitals: `pan` is a word of many languages."""
_BESIDE: Final = 16
"""Characters before columns in which a word for them stands."""
_CLAUSE_ENDS: Final = lazy(rb"[,;\n]")
_LONGEST_CLAUSE: Final = 80
_WIDTHS: Final = range(13, 25)
"""Characters of a field for a card number, with what fills it up."""
_FIRST: Final = (1, 0)
"""How the first column of a record is called."""
_MOST: Final = 8
"""Fields that are told; more columns are something else."""
_MOST_RANGES: Final = 400
"""Ranges that may be columns."""
_RECORD: Final = lazy(rb"[^\n]{17,2000}")
_MOST_RECORDS: Final = 2_000


def numbers_laid_out(reading: Reading) -> list[Hit]:
    """Return the numbers in those columns of lines that the text calls the card number."""
    folded = reading.folded
    if not _BLOCK.search(folded, reading.first, reading.last + 1):
        return []
    told = list(islice(_told(reading), _MOST))
    fields = [(low - first, high - first + 1) for low, high in told for first in _FIRST]
    records = islice(_RECORD.finditer(folded), _MOST_RECORDS) if fields else ()
    return [
        hit
        for record in records
        for low, high in fields
        if low >= 0 and (hit := _number(record[0][low:high], record.start() + low))
    ]


def _told(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the first and the last column of each field that is called a card number.

    Beside another field, or behind a word for columns: `10-28` alone is a day, too.
    """
    folded = reading.folded
    found = list(islice(_COLUMNS.finditer(folded), _MOST_RANGES))
    ranges = [(int(each[1]), int(each[2])) for each in found]
    beside = {low - 1 for low, _ in ranges} | {high + 1 for _, high in ranges}
    ends = [0, *(each.end() for each in found)]
    starts = [*(each.start() for each in found), len(folded)][1:]
    for columns, field, *bounds in zip(found, ranges, ends, starts, strict=False):
        before = max(0, columns.start() - _BESIDE), columns.start()
        is_field = not beside.isdisjoint(field) or _NAMED.search(folded, *before)
        is_wide = field[1] - field[0] + 1 in _WIDTHS
        if is_wide and is_field and _is_of_a_card(reading, *columns.span(), *bounds):
            yield field


def _is_of_a_card(reading: Reading, start: int, end: int, low: int, high: int) -> bool:
    """Return whether the clause of some columns, which other columns end, names a card number."""
    folded = reading.folded
    low, high = max(low, start - _LONGEST_CLAUSE), min(high, end + _LONGEST_CLAUSE)
    begins = [each.end() for each in _CLAUSE_ENDS.finditer(folded, low, start)]
    low = begins[-1] if begins else low
    ends = _CLAUSE_ENDS.search(folded, end, high)
    high = ends.start() if ends else high
    words = f"{reading.window(low, start).text} {reading.window(end, high).text}"
    is_pan = PAN.search(folded, low, high) is not None
    return (is_pan or speaks_of_card(words)) and names_no_other(words)


def _number(field: bytes, start: int) -> Hit | None:
    """Return the number that a field holds, behind zeros or before blanks that fill it up."""
    digits = field.strip(b" ").lstrip(b"0")
    issuer = likely_issuer(digits) if digits.isdigit() else None
    if issuer is None:
        return None
    return hit_of(start + field.index(digits), digits, issuer, IN_RECORDS.worth, IN_RECORDS.name)
