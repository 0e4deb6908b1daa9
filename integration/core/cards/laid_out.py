"""Card numbers in records of fixed width whose layout is told.

`10-28  card number` above `DT00004174000056655665556   0000...`: nothing parts the fields of such a
record, but somebody says in which columns of it the number stands (`core.cards.layouts`).
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from integration.core.cards.glued import hit_of, likely_issuer
from integration.core.cards.layouts import fields_told
from integration.core.cards.reasons import DOUBTED, IN_RECORDS
from integration.core.text.lazy import lazy
from integration.core.words.listed import Listed, any_of, listed
from integration.core.words.naming import speaks_of_card

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from integration.core.cards.layouts import Field
    from integration.core.hits import Hit
    from integration.core.text.reading import Reading

_BLOCK: Final = lazy(rb"[0-9]{17}")
"""In a shorter one a number stands by itself, or none does."""
_FIRST: Final = (0, 1)
"""How much too low the columns are: the first one may be called 0."""
_RECORD: Final = lazy(rb"[^\n]{17,2000}")
_MOST_RECORDS: Final = 2_000
_BEFORE: Final = b" \t>"
"""What may stand before a record that was put into a message."""


def numbers_laid_out(reading: Reading) -> list[Hit]:
    """Return the numbers in those columns of lines that the text calls the card number."""
    if not _BLOCK.search(reading.folded, reading.first, reading.last + 1):
        return []
    fields = fields_told(reading)
    return list(numbers_in_fields(reading, fields, is_sure=is_about_card(reading, fields)))


def is_about_card(reading: Reading, fields: Sequence[Field]) -> bool:
    """Return whether what may be the number of an account is one of a card, by the whole text."""
    if not fields or any(field.is_sure for field in fields):
        return bool(fields)
    words = reading.letters()
    return speaks_of_card(words) or _of_payments().search(words) is not None


@cache
def _of_payments() -> re.Pattern[str]:
    return re.compile(any_of(listed(Listed.OF_PAYMENTS)))


def numbers_in_fields(reading: Reading, fields: Sequence[Field], *, is_sure: bool) -> Iterator[Hit]:
    """Yield the numbers that stand in these fields of the lines of a text, doubted or not."""
    if not fields:
        return
    worth = IN_RECORDS.worth if is_sure else DOUBTED
    places = {
        (field.low + first, field.high + first, field.fewest)
        for field in fields
        for first in _FIRST
    }
    for record in islice(_RECORD.finditer(reading.folded), _MOST_RECORDS):
        line, start = record[0], record.start()
        indent = len(line) - len(line.lstrip(_BEFORE))
        for shift in {0, indent}:
            for low, high, fewest in sorted(places):
                if len(line) < fewest + shift:
                    continue
                if number := _number(line[low + shift : high + shift]):
                    at, digits = number
                    at += start + low + shift
                    yield hit_of(at, digits, likely_issuer(digits), worth, IN_RECORDS.name)


def _number(field: bytes) -> tuple[int, bytes] | None:
    """Return the number that a field holds, behind zeros or before blanks that fill it up."""
    digits = field.strip(b" ").lstrip(b"0")
    if not digits.isdigit() or likely_issuer(digits) is None:
        return None
    return field.index(digits), digits
