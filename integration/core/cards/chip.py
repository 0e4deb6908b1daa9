"""Card numbers in the data of a chip, in hexadecimal: EMV tag 5A, a length, the number in pairs.

EMV Book 3, annex A: the length counts bytes of two digits, and an F fills up the last one. Tag 5F24
holds until when the card is good, as year, month and day. Of a payment message (ISO 8583) that is
written field by field, field 2 is the number and field 14 the year and month. A German terminal
(ZVT) tells its till the number in bitmap 22.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from integration.core.cards import luhn
from integration.core.cards.issuers import issuer_of
from integration.core.cards.reasons import CHIP, ISO_8583
from integration.core.hits import Hit
from integration.core.spans import Kind
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from integration.core.cards.issuers import Issuer
    from integration.core.cards.reasons import Form

_LEN = rb"(?:[Ll]en(?:gth)?[ =:]{1,2})?"
_NAME = (
    rb"[(\[]?[A-Za-z .'/-]{0,40}(?:PAN|[Cc]ard|[Aa]ccount [Nn]umber)[A-Za-z .'/-]{0,24}[)\]]?"
    rb"[ \t:=-]{1,4}"
)
_BEFORE_LENGTH = rb"(?:5[Aa][ \t]{0,4}|(?<![0-9A-Za-z])5[Aa][ \t:=-]{1,4}%b)%b" % (_NAME, _LEN)
_TAG: Final = lazy(_BEFORE_LENGTH + rb"\Z")
"""`5A 08`, `5A len 08`, and what it is called between: `5A (Application PAN) 08`."""
_LONGEST_TAG: Final = 96
_LONGEST_NAMED_TAG: Final = 24
_NAMED_TAG: Final = lazy(
    rb"(?:(?<![0-9A-Za-z])5[Aa](?: ?[(\[](?:%b)?0?[6-9Aa][)\]] ?[=:]?| ?[=:])"
    rb"|[Tt][Aa][Gg] 5[Aa]) ?\Z" % _LEN
)
"""As a log says it: `5A=4111`, `5A [08] 41 11`, `TAG 5A 4111`."""
_LENGTH: Final = lazy(rb"0([6-9])[ \t]{0,4}")
_TAG_OF_TEN: Final = lazy(_BEFORE_LENGTH + rb"0[Aa][ \t]{0,4}\Z")
"""The same with a length of ten, which is no digit: 19 digits and an F."""
_TEN: Final = 10
_HINT: Final = b"22"
_OF_A_TERMINAL: Final = lazy(
    rb"(?:BMP ?22[ :=]{1,3}|(?<![0-9A-Za-z])22 )[Ff]([0-3]) ?[Ff]([0-9]) ?"
    rb"((?:[0-9]{2} ?){5,9}[0-9][0-9Ff])"
)
"""The number in a log of a German terminal (ZVT): its length in bytes, and digits in pairs."""
_PAIR: Final = lazy(rb"[0-9][0-9Ff] ?")
_EXPIRY: Final = lazy(
    rb"5[Ff] ?24(?:[ \t]{0,4}%b03 ?| ?[=: ] ?)([1-4][0-9] ?(?:0[1-9]|1[0-2]) ?[0-3][0-9])" % _LEN
)
FIELD: Final = (
    rb"(?<![0-9A-Za-z])(?:DE|F|P|[Ff]ield|FIELD|[Bb]it|BIT|id)[ ._#=:-]{0,2}\"?0{0,2}%b(?![0-9])"
)
"""How logs call a field of a payment message: `DE 2`, `F002`, `bit 2`."""
_NUMBER_FIELD: Final = lazy(FIELD % b"2" + rb"[^0-9\n]{1,16}\Z")
_EXPIRY_FIELD: Final = lazy(
    FIELD % b"14" + rb"[^0-9\n]{1,16}([2-4][0-9](?:0[1-9]|1[0-2]))(?![0-9])"
)
_OTHER_FIELD: Final = lazy(
    rb"(?:\A|\n)[ \t>]{0,8}(?:DE|F|[Ff]ield|FIELD|[Bb]it|BIT)[ ._#-]?"
    rb"(?!0?02(?![0-9]))[01][0-9]{1,2}[^0-9A-Za-z\n]{1,16}"
    rb"(?:(?:an?s?|n|b|z|LL?L?VAR)[ .]?\(?[0-9]{1,3}\)?[^0-9A-Za-z\n]{1,16})?\Z"  # n12, LLVAR(06)
)
_BRANDS = rb"(?:VI|CA|MC|AX|DC|JC|DS|UP|TO|TP|MA)"
_PAYMENT: Final = lazy(rb"(?<![A-Za-z])(?:(?:FP)?CC%b|%b#)\Z" % (_BRANDS, _BRANDS))
_PAYMENT_BEHIND: Final = lazy(rb" {2,}[^\n]{0,60}?(?<![A-Za-z])CC%b(?![A-Za-z])" % _BRANDS)
"""The fill of a field and, further on in a record of fixed width, the form of payment."""
_LONGEST_FORM: Final = 8
LONGEST_FIELD: Final = 40
"""Characters before a number in which its field is named."""
_REACH: Final = 400
"""Characters of the data on either side of the number."""


def number_behind_tag(folded: bytes, start: int) -> list[Hit]:
    """Return the number whose length begins the run of digits at `start`, if its tag is there."""
    before = max(0, start - _LONGEST_TAG), start
    length = _LENGTH.match(folded, start) if _TAG.search(folded, *before) else None
    if not (length or _TAG_OF_TEN.search(folded, *before)):
        return []
    size, begin = (int(length[1]), length.end()) if length else (_TEN, start)
    end = begin
    for _ in range(size):
        pair = _PAIR.match(folded, end)
        end = pair.end() if pair else end
    written = folded[begin:end].rstrip(b" Ff")
    digits = written.replace(b" ", b"")
    issuer = issuer_of(digits) if digits.isdigit() else None
    whole = len(digits) in (2 * size, 2 * size - 1)
    if not (whole and issuer and luhn.is_valid(digits)):
        return []
    return [_hit((begin, begin + len(written)), digits, issuer, CHIP)]


def numbers_of_a_terminal(folded: bytes) -> list[Hit]:
    """Return the numbers of bitmaps 22: `BMP 22 F0 F8 41 11 11 11 11 11 11 11`, with BMP or not."""
    hits: list[Hit] = []
    for field in _OF_A_TERMINAL.finditer(folded) if _HINT in folded else ():
        tens, ones, written = field.groups()
        pairs = islice(_PAIR.finditer(written), int(tens + ones))
        end = max((pair.end() for pair in pairs), default=0)
        written = written[:end].rstrip(b" Ff")
        digits = written.replace(b" ", b"")
        issuer = issuer_of(digits)
        is_whole = (len(digits) + 1) // 2 == int(tens + ones)
        if is_whole and issuer and luhn.is_valid(digits):
            start = field.start(3)
            hits.append(_hit((start, start + len(written)), digits, issuer, CHIP))
    return hits


def _hit(span: tuple[int, int], digits: bytes, issuer: Issuer, said: Form) -> Hit:
    last = digits[-4:].decode()
    return Hit(*span, Kind.PAN, said.worth, ("luhn", said.name), issuer.brand, last)


def expiry_near(folded: bytes, card: Hit) -> list[Hit]:
    """Return the date behind its tag or field in data that hold a number behind their own."""
    low, high = max(0, card.start - _REACH), card.end + _REACH
    return [
        Hit(*found.span(1), Kind.EXPIRY, said.worth, (said.name,))
        for said, expiry in _said(folded, card)
        for found in expiry.finditer(folded, low, high)
    ]


def is_field_of_card(folded: bytes, start: int) -> bool:
    """Return whether field 2 of a payment message, or a form of payment of a booking, is there.

    Airlines write `FP CCVI4111...`, or `FPCCVI4111...`: a credit card, and the code of its brand
    (IATA). Hotels write `VI#4111`.
    """
    low = max(0, start - LONGEST_FIELD)
    return any(named.search(folded, low, start) for named in (_NUMBER_FIELD, _PAYMENT, _NAMED_TAG))


def is_form_of_payment(folded: bytes, start: int) -> bool:
    """Return whether an airline's code for a card touches what stands there: `CCCA5555...`."""
    return _PAYMENT.search(folded, max(0, start - _LONGEST_FORM), start) is not None


def names_form_of_payment(folded: bytes, end: int) -> bool:
    """Return whether the record of an airline says behind a field that a card has paid."""
    return _PAYMENT_BEHIND.match(folded, end) is not None


def is_field_of_another(folded: bytes, start: int) -> bool:
    """Return whether another field of a payment message is there: `F037 504214771207`."""
    return _OTHER_FIELD.search(folded, max(0, start - LONGEST_FIELD), start) is not None


def _said(folded: bytes, card: Hit) -> Iterator[tuple[Form, re.Pattern[bytes]]]:
    """Yield how the data say that a number is a card's, and what their dates look like."""
    named = _NAMED_TAG.search(folded, max(0, card.start - _LONGEST_NAMED_TAG), card.start)
    if named or CHIP.name in card.why:
        yield CHIP, _EXPIRY
    field = _NUMBER_FIELD.search(folded, max(0, card.start - LONGEST_FIELD), card.start)
    if field or ISO_8583.name in card.why:
        yield ISO_8583, _EXPIRY_FIELD
