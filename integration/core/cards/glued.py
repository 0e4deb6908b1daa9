"""Card numbers inside a longer block of digits.

Several glued together, one with its expiry and code, or field 2 of an ISO 8583 message. Most long
blocks are something else, so all of it must come out even: every number of a telling issuer with
its usual length, and what is left a date and a code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.cards import luhn
from integration.core.cards.chip import names_form_of_payment
from integration.core.cards.issuers import Issuer, issuer_of
from integration.core.cards.named import AGAINST, labels_around, speaks_of
from integration.core.cards.reasons import DOUBTED, GLUED_TOGETHER, IN_RECORDS, ISO_8583
from integration.core.hits import Hit
from integration.core.spans import Kind
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from integration.core.text.reading import Reading

SHORTEST: Final = 20
"""A block of fewer digits is one number or none."""
_LONGEST: Final = 80
LENGTHS: Final = (16, 15, 19, 14)  # the most usual first
YEAR: Final = rb"(?:2[0-9]|3[0-9])"
MONTH: Final = rb"(?:0[1-9]|1[0-2])"
SHORT_DATE: Final = lazy(MONTH + YEAR)
_RECENT = rb"(?:2[2-9]|3[0-9])"  # an id may end with a year that is past: 2011
_REST = lazy(rb"(?:%b(?:20)?%b|%b%b)(?:[0-9]{3,4})?" % (MONTH, _RECENT, _RECENT, MONTH))
# Perhaps a header of the line, then message type, bitmap with field 2 (and perhaps
# a second bitmap), length of the number.
_ISO_8583 = lazy(
    rb"(?<![0-9A-Fa-f])(?:6[08][0-9]{8}|ISO[0-9]{9})?0[1248][0-3][01] ?"
    rb"(?:[4-7][0-9A-Fa-f]{15}|[C-Fc-f][0-9A-Fa-f]{15} ?[0-9A-Fa-f]{16}) ?"
    rb"(1[2-9])(?=([0-9]{12,19}))"
)
_HEAD: Final = 60
_NAMED: Final = 32
"""Characters before a block in which it is named."""


def numbers_within(reading: Reading, start: int, end: int) -> list[Hit]:
    """Return the card numbers in the block of digits at `start`..`end`."""
    folded = reading.folded
    message = _ISO_8583.search(folded, max(0, start - _HEAD), min(end, start + _HEAD + _HEAD))
    if message:
        digits = message[2][: int(message[1])]
        if len(digits) == int(message[1]) and luhn.is_valid(digits):
            return [hit_of(message.end(), digits, issuer_of(digits), ISO_8583.worth, ISO_8583.name)]
    hits = _in_a_row(folded[start:end], start) if end - start <= _LONGEST else []
    if not hits and names_form_of_payment(folded, end):
        return _at_the_end(folded, start, end)
    if hits and _is_named_otherwise(reading, start):
        return [hit._replace(confidence=DOUBTED) for hit in hits]
    return hits


def _is_named_otherwise(reading: Reading, start: int) -> bool:
    """Return whether the words before call it something else, as an acquirer's reference."""
    labels = labels_around(reading.window(max(0, start - _NAMED), start).text)
    return speaks_of(labels) is None and any(found.label in AGAINST for found in labels)


def _in_a_row(block: bytes, start: int) -> list[Hit]:
    hits: list[Hit] = []
    at = 0
    while number := _first(block[at:]):
        digits, issuer = number
        hits.append(hit_of(start + at, digits, issuer, GLUED_TOGETHER.worth, GLUED_TOGETHER.name))
        at += len(digits)
    rest = block[at:]
    even = not rest or _REST.fullmatch(rest)
    return hits if even else []


def _at_the_end(folded: bytes, start: int, end: int) -> list[Hit]:
    """Return the number that fills the last of the fields of digits in a record (IATA BSP)."""
    for length in LENGTHS:
        at = end - length
        if at > start and (issuer := telling_issuer(folded[at:end])):
            return [hit_of(at, folded[at:end], issuer, IN_RECORDS.worth, IN_RECORDS.name)]
    return []


def _first(block: bytes) -> tuple[bytes, Issuer] | None:
    for length in LENGTHS:
        digits = block[:length]
        if len(digits) == length and (issuer := telling_issuer(digits)):
            return digits, issuer
    return None


def telling_issuer(digits: bytes) -> Issuer | None:
    """Return the issuer of digits that are by themselves one of its usual numbers."""
    issuer = issuer_of(digits)
    if issuer is None or not issuer.is_usual(len(digits)):
        return None
    return issuer if luhn.is_valid(digits) else None


def likely_issuer(digits: bytes) -> Issuer | None:
    """Return the issuer of digits that are a number of a length it uses at least seldom."""
    issuer = issuer_of(digits)
    return issuer if issuer and issuer.tells(len(digits)) and luhn.is_valid(digits) else None


def hit_of(start: int, digits: bytes, issuer: Issuer | None, worth: float, name: str) -> Hit:
    """Return a number of valid digits that stands at `start`."""
    end = start + len(digits)
    brand = issuer.brand if issuer else None
    return Hit(start, end, Kind.PAN, worth, ("luhn", name), brand, digits[-4:].decode())
