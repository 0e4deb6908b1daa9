"""Numbers in the address of a page and in the names of its parts.

They are identifiers, unless the address or the name says card.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from integration.core.cards.about import is_about_card
from integration.core.cards.named import names_card
from integration.core.text.lazy import lazy
from integration.core.words.labels import labels_in
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from integration.core.text.reading import Reading

_LONGEST: Final = 300
_REACH: Final = 48
_BLANK: Final = b" \t\r\n\x00\xa0\xad.,:;()\"'<>"
_ADDRESS = lazy(rb"(?:://|www\.)[^\s\x00\xa0\xad\"'<>]*\Z")
_REQUEST = lazy(rb"(?:GET|POST|PUT|PATCH|DELETE|HEAD) /[^\s\x00\xa0\xad\"'<>]*\Z")
_OF_PAYMENTS = lazy(
    rb"(?<![A-Za-z])(?:pay(?:ments?)?|checkout|charges?|betaling|zahlung|paiement|pagos?|pagamento)"
    rb"(?![A-Za-z])"
)
_PAID_WITH = lazy(rb"[?&](?:c|cn|cno|card|no|nr|num|number)=\Z")
# ?set=a.4111, ?id=x:4111, ?ids=4111,5555: what stands before it is of the same identifier.
_IN_A_VALUE: Final = b".:,"
_AMID_A_PARAMETER = lazy(rb"[?&][\w.%\[\]-]{1,40}=(?:[A-Za-z]{1,4}[.:]|(?:[0-9]{12,19},){1,8})\Z")
_NAME = lazy(r"([^/?&;#]{0,40}?)[=/]?\Z")
_BEHIND = lazy(r"[&;?/][^\s\"'<>\x00]*")
_TYPED: Final = frozenset(
    {"q", "query", "search", "text", "body", "subject", "message", "msg", "comment", "note"}
    | {"number", "num", "no", "nr", "n", "value"}
)
"""Parameters that hold what someone wrote, or that may be of a card."""
# In HTML, from the barrier before each attribute that is read apart.
_PART_OF_PAGE = lazy(
    rb"\x00(?:id|class|src|background|poster)[ \t\r\n]{0,9}=[^\x00?]*", re.IGNORECASE
)
_OF_A_CARD: Final = frozenset({Label.CARD, Label.CARD_HINT, Label.SECURITY_CODE, Label.EXPIRY})


def identifies_page(reading: Reading, start: int, end: int) -> bool:
    """Return whether a number stands in an address, under no name of a card and beside no code."""
    low = max(0, start - _LONGEST)
    last = reading.folded[start - 1] if start else _BLANK[0]
    if last in _BLANK and not (
        last in _IN_A_VALUE and _AMID_A_PARAMETER.search(reading.folded[low:start])
    ):
        return False
    if not _ADDRESS.search(reading.folded[low:start]) or is_card_of_payment(reading, start, end):
        return False
    before = reading.window(max(low, start - _REACH), start).text
    name = _NAME.search(before)
    behind = _BEHIND.match(reading.window(end, end + _REACH).text)
    said = name[1] if name else ""
    return said.partition("=")[0] not in _TYPED and not any(
        found.label in _OF_A_CARD
        for words in (said, behind[0] if behind else "")
        for found in labels_in(words)
    )


def is_card_of_payment(reading: Reading, start: int, end: int) -> bool:
    """Return whether a number in an address is what was paid with.

    It is in the address of a payment, in a field that may be a card's; or a whole part of the path
    of any, where a card is spoken of around it.
    """
    folded = reading.folded
    if folded[start - 1 : start] == folded[end : end + 1] == b"/":
        low = max(0, start - _LONGEST)
        is_in_a_path = any(path.search(folded, low, start) for path in (_ADDRESS, _REQUEST))
        return is_in_a_path and is_about_card(reading, start, end)
    return _is_paid_with(folded, start)


def _is_paid_with(folded: bytes, start: int) -> bool:
    if folded[start - 1 : start] != b"=":
        return False
    before = folded[max(0, start - _LONGEST) : start]
    address = _ADDRESS.search(before) if _PAID_WITH.search(before) else None
    return address is not None and _OF_PAYMENTS.search(address[0]) is not None


def names_part(reading: Reading, start: int) -> bool:
    """Return whether a number stands in the name of a part of a page, or of what it loads."""
    wall = reading.folded.rfind(b"\x00", max(0, start - _LONGEST), start)
    return wall >= 0 and _PART_OF_PAGE.fullmatch(reading.folded, wall, start) is not None


def card_near(reading: Reading, start: int, end: int) -> bool:
    """Return whether a word for a card stands in the address around a number, or around that.

    Or the address is one at which people pay.
    """
    low = max(0, start - _LONGEST)
    address = _ADDRESS.search(reading.folded[low:start])
    if address and _OF_PAYMENTS.search(address[0]):
        return True
    if is_about_card(reading, start, end):
        return True
    first = low + address.start() if address else start
    before = reading.window(first - _REACH, start).text.rpartition("\x00")[2]
    return names_card(before) or names_card(
        reading.window(end, end + _REACH).text.partition("\x00")[0]
    )
