"""Numbers of a list in which a card stands: parted by marks or `and` only, or in like records.

`pan IN ('4111111111111111', '633189438288774204')`, four numbers each on a line of its own, or
`(1,'4111111111111111','2104'),(2,'5555555555554444','2012')`: one that is valid is a card as well,
of a length that is seldom used or grouped as no card is.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from integration.core.cards.number import MIN_DIGITS, SURE, numbers_in
from integration.core.cards.reasons import LABEL, LIKELY, SAME_COLUMN
from integration.core.hits import digits_left
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.words.listed import Listed, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from integration.core.hits import Hit
    from integration.core.text.reading import Reading

_FEWEST: Final = 2
"""Like records with a card."""
_NUMBER: Final = lazy(rb"(?<![0-9A-Za-z])[0-9](?:[ .\xa0\xad-]?[0-9]){12,39}(?![0-9A-Za-z])")
_BETWEEN: Final = lazy(rb"[ \t\r\xa0'\"`)\]]{0,6}(?:[,;]|\n|\\n)[ \t\r\n\xa0'\"`(\[*>-]{0,60}")
"""From one item of a list to the next."""
_LONGEST_WORD: Final = 8
"""Characters of a word for `and` and the blanks around it."""
_RECORD: Final = lazy(rb"[(\[{][^()\[\]{}\n]{0,60}\Z")
"""From the bracket that opens a record to its number."""
_LONGEST: Final = 61
_DIGITS: Final = lazy(rb"[0-9]+")

Item = tuple[int, int]


def in_same_list(reading: Reading, hits: Sequence[Hit]) -> list[Hit]:
    """Return the numbers beside sure ones; they may overlap what was found."""
    if digits_left(reading, hits) < MIN_DIGITS:
        return []
    numbers = {hit.start: hit for hit in hits if hit.kind is Kind.PAN}
    if not any(hit.confidence >= SURE for hit in numbers.values()):
        return []
    items = _items(reading)
    looks = (
        _beside(reading, items, numbers),
        _in_like_records(reading.folded, items, numbers),
    )
    return [
        hit
        for span in sorted({span for look in looks for span in look})
        for hit in numbers_in(reading, *span, (SAME_COLUMN,))
    ]


def _items(reading: Reading) -> list[Item]:
    found = _NUMBER.finditer(reading.folded, reading.first, reading.last + 1)
    return [number.span() for number in found]


def _beside(reading: Reading, items: Sequence[Item], numbers: Mapping[int, Hit]) -> Iterator[Item]:
    """Yield the items of each list in which a sure number stands, but for that.

    Not where words call the list another's: `order_id IN ('4111...', ...)`.
    """
    for row in _lists(reading, items):
        known = {start: numbers[start] for start, _ in row if start in numbers}
        is_named = any(LABEL.why in hit.why for hit in known.values())
        if not is_named and any(hit.confidence >= SURE for hit in known.values()):
            yield from (item for item in row if not _is_sure(known.get(item[0])))


def _is_sure(hit: Hit | None) -> bool:
    return hit is not None and hit.confidence >= SURE


def _lists(reading: Reading, items: Sequence[Item]) -> Iterator[list[Item]]:
    row = list(items[:1])
    for (_, end), item in pairwise(items):
        if not (
            _BETWEEN.fullmatch(reading.folded, end, item[0]) or _are_joined(reading, end, item[0])
        ):
            yield row
            row = []
        row.append(item)
    yield row


def _are_joined(reading: Reading, start: int, end: int) -> bool:
    """Return whether nothing but a word for `and` stands between two items."""
    if not 2 < end - start <= _LONGEST_WORD:
        return False
    return reading.window(start, end).text.strip() in listed(Listed.JOINED)


def _in_like_records(
    folded: bytes, items: Sequence[Item], numbers: Mapping[int, Hit]
) -> Iterator[Item]:
    """Yield the items that stand where other records have a likely number."""
    likely = {start for start, hit in numbers.items() if hit.confidence >= LIKELY}
    known = Counter(_place(folded, start) for start in likely)
    for start, end in items:
        place = _place(folded, start)
        if place and known[place] >= _FEWEST and start not in likely:
            yield start, end


def _place(folded: bytes, start: int) -> bytes | None:
    """Return how a record is written up to its number, whatever digits stand there."""
    record = _RECORD.search(folded, max(0, start - _LONGEST), start)
    return _DIGITS.sub(b"0", record[0]) if record else None
