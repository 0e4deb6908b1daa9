"""A number around which nothing says what it is: its form, issuer and check digit settle it.

Most cards that a message holds alone are such; no word around them is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.cards.context import ENDS_A_KEY
from integration.core.cards.followed import EXPIRY_FOLLOWS
from integration.core.cards.judge import end_of
from integration.core.cards.nearest import REACH
from integration.core.cards.preceded import BLANK, OF_AN_IBAN
from integration.core.cards.published import published
from integration.core.cards.reasons import PUBLISHED, Form
from integration.core.cards.token import ENDS
from integration.core.hits import Hit
from integration.core.spans import Kind
from integration.core.words.bits import ANY
from integration.core.words.telling import is_silent

if TYPE_CHECKING:
    from integration.core.text.reading import Reading

_BLANKS: Final = frozenset({b"", *(bytes((byte,)) for byte in BLANK)})
_KEY_SIGNS: Final = frozenset(b"".join(ENDS_A_KEY))
_LONGEST_SIGN: Final = 4
"""Characters between a name that a machine gives and its value."""


def is_bare(reading: Reading, start: int, end: int) -> bool:
    """Return whether nothing around a number says what it is, for or against a card.

    Quick, and never wrong when it says so.
    """
    folded = reading.folded
    before = folded[start - REACH if start > REACH else 0 : start]
    return (
        before[-1:] in _BLANKS
        and folded[end : end + 1] in ENDS
        and _KEY_SIGNS.isdisjoint(before[-_LONGEST_SIGN:])
        and before.rstrip(b" -")[-1:] not in OF_AN_IBAN
        and not EXPIRY_FOLLOWS.match(folded, end)
        and is_silent(reading, start - REACH, end + REACH, ANY)
    )


def bare(reading: Reading, start: int, end: int, digits: bytes, brand: str, form: Form) -> Hit:
    """Return the hit that such a number is, of an issuer and a form that need no word."""
    why = ("luhn", form.name, PUBLISHED.why) if digits in published() else ("luhn", form.name)
    last4 = digits[-4:].decode()
    return Hit(start, end_of(reading, end), Kind.PAN, form.worth, why, brand, last4)
