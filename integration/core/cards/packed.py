"""Card numbers in packed decimal (COMP-3, BCD) amid the bytes of a record.

`04 02 94 41 70 79 39 67 9F`: two digits a byte, zeros before the number, and behind it a sign or
the zeros of the next field. Only where the text says that its bytes are packed, and says card.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from integration.core.cards.glued import LENGTHS, hit_of, telling_issuer
from integration.core.cards.reasons import IN_RECORDS
from integration.core.text.lazy import lazy
from integration.core.words.naming import speaks_of_card

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.hits import Hit
    from integration.core.text.reading import Reading

_HINTS: Final = (b"BCD", b"bcd", b"OMP", b"omp", b"acked", b"epackt", b"ibble")
"""One of them stands in each such text: they are looked for fastest."""
_SAID: Final = lazy(rb"(?i)COMP-?3|(?<![a-z])(?:bcd|packed|nibbles?|gepackt)(?![a-z])")
_RECORD: Final = lazy(rb"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{2} ){9,200}[0-9A-Fa-f]{2}(?![0-9A-Za-z])")
_MOST: Final = 200
_ZERO: Final = b"0"
_ENDS: Final = lazy(rb"[CDFcdf]|00")
"""What follows a number: the sign of a field (F: none), or zeros."""
_PAIR: Final = 3
"""Characters of a byte and the blank behind it."""


def numbers_packed(reading: Reading) -> list[Hit]:
    """Return the numbers in records whose bytes are said to be packed."""
    folded = reading.folded
    is_said = any(hint in folded for hint in _HINTS) and _SAID.search(folded)
    if not (is_said and speaks_of_card(reading.letters())):
        return []
    records = islice(_RECORD.finditer(folded), _MOST)
    return [hit for each in records for hit in _in_record(each[0], each.start())]


def _in_record(record: bytes, start: int) -> Iterator[Hit]:
    digits = record.replace(b" ", b"")
    at = digits.find(_ZERO) + 1
    while at:
        size = next((size for size in LENGTHS if _is_number(digits, at, size)), 0)
        if size:
            number = digits[at : at + size]
            low, high = (start + _place(each) for each in (at, at + size - 1))
            hit = hit_of(low, number, telling_issuer(number), IN_RECORDS.worth, IN_RECORDS.name)
            yield hit._replace(end=high + 1)
        at = digits.find(_ZERO, at + size) + 1


def _is_number(digits: bytes, start: int, size: int) -> bool:
    end = start + size
    ends = _ENDS.match(digits, end) is not None
    return ends and digits[start:end].isdigit() and telling_issuer(digits[start:end]) is not None


def _place(nibble: int) -> int:
    byte, half = divmod(nibble, 2)
    return _PAIR * byte + half
