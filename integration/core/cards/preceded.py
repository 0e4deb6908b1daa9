"""What touches a number from before and says that it is none of a card's. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.cards.iban import lengths
from integration.core.cards.named import LONGEST_TELEPHONE
from integration.core.cards.reasons import (
    BOUNDARY,
    DECIMAL,
    IBAN,
    MACHINE_ID,
    PATH,
    PHONE,
    URL_PARAMETER,
)
from integration.core.text.fold import lower_case
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.cards.reasons import Evidence

BLANK: Final = b" \t\r\n\xa0\x00\xad"
_TOUCHING: Final = (
    (DECIMAL, lazy(rb"[0-9][.]$")),
    (BOUNDARY, lazy(rb"==$")),  # of MIME parts: random digits
    (PHONE, lazy(rb"\+$")),
    (MACHINE_ID, lazy(rb":[0-9a-f]{1,4}:$")),  # an address of IPv6
    # Not behind a whole number, which a slash may part from the next in a list.
    (PATH, lazy(rb"(?:://|www\.)[^ \t\r\n?]*$|[a-z]/$|[^ \t\r\n0-9][0-9]{1,40}/$")),
    (URL_PARAMETER, lazy(rb"[?&][a-z0-9_.-]*=$")),
)
_COUNTRY_CODE: Final = lazy(rb"\+[0-9]{1,3} (?:\(0\) ?[0-9]{1,4} )?\Z")
OF_AN_IBAN: Final = frozenset(bytes((byte,)) for byte in b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_REFERENCE: Final = b"RF"
"""A creditor reference, that is written as an IBAN is (ISO 11649)."""
_IBAN_HEAD: Final = lazy(rb"\b([A-Z]{2})[0-9]{2}(?:[ -]?[A-Z0-9]{4}){0,7}[ -]?$")


def doubts_before(before: bytes, digits: int) -> Iterator[Evidence]:
    """Yield what the characters right before a number of so many digits say against a card."""
    if before and before[-1] not in BLANK:
        lower = lower_case(before)
        for evidence, pattern in _TOUCHING:
            is_too_long = evidence is PHONE and digits > LONGEST_TELEPHONE
            if pattern.search(lower) and not is_too_long:
                yield evidence
    if _COUNTRY_CODE.search(before):
        yield PHONE


def ends_an_iban(before: bytes) -> list[Evidence]:
    """Return the doubt that a number is the end of an account's."""
    if before.rstrip(b" -")[-1:] not in OF_AN_IBAN:
        return []
    head = _IBAN_HEAD.search(before)
    return [IBAN] if head and (head[1] in lengths() or head[1] == _REFERENCE) else []
