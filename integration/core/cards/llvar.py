"""Card numbers behind their length, as payment messages hold them (ISO 8583: LLVAR).

`F2=164111...` names the field. In a raw message the length stands behind the bitmap, or it is only
said that there is one: `16` and then sixteen digits, in figures or in pairs with an F that fills
up the last one.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from integration.core.cards import luhn
from integration.core.cards.chip import FIELD, LONGEST_FIELD
from integration.core.cards.glued import hit_of
from integration.core.cards.issuers import issuer_of
from integration.core.cards.reasons import ISO_8583
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from integration.core.hits import Hit
    from integration.core.text.reading import Reading

_LENGTH_AND_NUMBER: Final = rb"(1[2-9])([0-9]{12,19})(?![0-9])"
_FIELD: Final = lazy(FIELD % b"2" + rb"[^0-9\n]{1,16}" + _LENGTH_AND_NUMBER)
_PAN: Final = lazy(rb"(?<![0-9A-Za-z])PAN\W{1,4}" + _LENGTH_AND_NUMBER)
_BLOCK: Final = lazy(rb"(?<![0-9])" + _LENGTH_AND_NUMBER)
_PAIRS: Final = lazy(
    rb"(?<![0-9A-Za-z])(1[2-9])((?: [0-9]{2}){6,9}(?: [0-9][0-9Ff])?)(?![0-9A-Za-z])"
)
_BEHIND_BITMAP: Final = lazy(
    rb"(?s)(?<![0-9A-Fa-f])[0-2][1-8][0-4][0-5](?=.{0,7}[^0-9A-Za-z ])(?:.{8}|.{16})"
    rb"(1[2-9])(?=([0-9]{12,19}))"
)
"""A message type, one bitmap in bytes or two, a length, and a number that other fields follow."""
_PACKED: Final = lazy(
    rb"(?<![0-9A-Za-z])0[1248] [0-3][01] (?:[0-9A-Fa-f]{2} ){8}"
    rb"(1[2-9])((?: [0-9]{2}){6,9}(?: [0-9][0-9Ff])?)(?![0-9A-Za-z])"
)
"""The same with two digits a byte."""
_MESSAGE: Final = lazy(
    rb"(?i)(?<![a-z])(?:llvar|iso[ -]?8583|bitmap|mti|bcd)(?![a-z])"
    rb"|(?<![0-9a-z])(?:de|field) ?0{0,2}2(?![0-9])|(?-i:\bPAN\b)"
)
"""Words for such messages and for what is in them."""
_NEAR: Final = 1_000
"""Characters on either side of a number in which a message is spoken of."""
_LONGEST_HEAD: Final = 40
_DIGITS: Final = b"0123456789"


def numbers_behind_length(reading: Reading, start: int, end: int) -> list[Hit]:
    """Return the numbers that stand behind their length in the run at `start`..`end`."""
    folded = reading.folded
    low = max(0, start - LONGEST_FIELD)
    named = chain(*(field.finditer(folded, low, end) for field in (_FIELD, _PAN)))
    raw = _BEHIND_BITMAP.finditer(folded, max(0, start - _LONGEST_HEAD), end)
    packed = _PACKED.finditer(folded, max(0, start - _LONGEST_HEAD), end + 1)
    sure = chain(filter(_is_whole, named), raw, packed)
    pairs = _PAIRS.finditer(folded, start, end + 1)  # with the F that fills up the last one
    said = chain(filter(_is_whole, _BLOCK.finditer(folded, start, end)), pairs)
    return [
        *(hit for each in sure for hit in _number(each) if hit.brand),
        *(hit for each in said for hit in _number(each) if _is_likely(folded, hit)),
    ]


def _is_whole(found: re.Match[bytes]) -> bool:
    """Return whether nothing follows the number of the length that stands before it."""
    return len(found[2]) == int(found[1])


def _number(found: re.Match[bytes]) -> Iterator[Hit]:
    """Yield the number behind a length, if it is as long as that says."""
    size, start, written = int(found[1]), found.start(2), found[2]
    digits, end = written[:size], start + size
    if written.startswith(b" "):
        pairs = written.split()[: (size + 1) // 2]
        digits, start = b"".join(pairs), start + 1
        end = start + len(b" ".join(pairs))
        if size % 2:
            digits = digits[1:] if digits.startswith(b"0") else digits.rstrip(b"Ff")
    if len(digits) == size and digits.isdigit() and luhn.is_valid(digits):
        hit = hit_of(start, digits, issuer_of(digits), ISO_8583.worth, ISO_8583.name)
        yield hit._replace(end=end)


def _is_likely(folded: bytes, hit: Hit) -> bool:
    """Return whether such a message is spoken of near a number that is none by chance."""
    low, high = max(0, hit.start - _NEAR), hit.end + _NEAR
    digits = bytes(filter(_DIGITS.__contains__, folded[hit.start : hit.end])).removeprefix(b"0")
    issuer = issuer_of(digits)
    is_one = issuer is not None and len(digits) in issuer.lengths
    return is_one and _MESSAGE.search(folded, low, high) is not None
