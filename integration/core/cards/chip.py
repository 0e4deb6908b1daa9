"""Card numbers in the data of a chip, in hexadecimal: EMV tag 5A, a length, the number in pairs.

EMV Book 3, annex A: the length counts bytes of two digits, and an F fills up the last one. Tag 5F24
holds until when the card is good, as year, month and day.
"""

from __future__ import annotations

from typing import Final

from integration.core.cards import luhn
from integration.core.cards.issuers import issuer_of
from integration.core.cards.reasons import CHIP
from integration.core.hits import Hit
from integration.core.spans import Kind
from integration.core.text.lazy import lazy

_TAG: Final = lazy(rb"5[Aa] ?\Z")
_LONGEST_TAG: Final = 3
_LONGEST_NAMED_TAG: Final = 6
_NAMED_TAG: Final = lazy(rb"(?<![0-9A-Za-z])5[Aa] ?[=:] ?\Z")
"""As a log says it: `5A=4111`."""
_LENGTH: Final = lazy(rb"0([6-9]) ?")
_PAIR: Final = lazy(rb"[0-9][0-9Ff] ?")
_EXPIRY: Final = lazy(rb"5[Ff] ?24(?: ?03 ?| ?[=:] ?)([1-4][0-9] ?(?:0[1-9]|1[0-2]) ?[0-3][0-9])")
_REACH: Final = 400
"""Characters of the data on either side of the number."""


def number_behind_tag(folded: bytes, start: int) -> list[Hit]:
    """Return the number whose length begins the run of digits at `start`, if its tag is there."""
    if not _TAG.search(folded, max(0, start - _LONGEST_TAG), start):
        return []
    length = _LENGTH.match(folded, start)
    if not length:
        return []
    end = begin = length.end()
    for _ in range(int(length[1])):
        pair = _PAIR.match(folded, end)
        end = pair.end() if pair else end
    written = folded[begin:end].rstrip(b" Ff")
    digits = written.replace(b" ", b"")
    issuer = issuer_of(digits) if digits.isdigit() else None
    whole = len(digits) in (2 * int(length[1]), 2 * int(length[1]) - 1)
    if not (whole and issuer and luhn.is_valid(digits)):
        return []
    why = ("luhn", CHIP.name)
    span = (begin, begin + len(written))
    return [Hit(*span, Kind.PAN, CHIP.worth, why, issuer.brand, digits[-4:].decode())]


def expiry_near(folded: bytes, card: Hit) -> list[Hit]:
    """Return the date behind its tag in the data that holds a number behind its own."""
    if CHIP.name not in card.why and not _NAMED_TAG.search(
        folded, max(0, card.start - _LONGEST_NAMED_TAG), card.start
    ):
        return []
    low, high = max(0, card.start - _REACH), card.end + _REACH
    return [
        Hit(*found.span(1), Kind.EXPIRY, CHIP.worth, (CHIP.name,))
        for found in _EXPIRY.finditer(folded, low, high)
    ]
