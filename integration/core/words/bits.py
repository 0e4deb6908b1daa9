"""What a label may say of a number, as bits: what the words of a stretch say together is a sum."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from integration.core.words.vocabulary import Label, phrases

if TYPE_CHECKING:
    from collections.abc import Iterable

ANY: Final = 1 << 0
"""Any label but links and sums."""
CODE: Final = 1 << 1
"""A security code or a PIN, or what hints at one and says enough."""
HINT: Final = 1 << 2
"""A weaker word for a code, or a password."""
CARD: Final = 1 << 3
EXPIRY: Final = 1 << 4
MACHINE: Final = 1 << 5
"""Where a PIN is typed."""
TYPED: Final = 1 << 6
DIGITS: Final = 1 << 7
"""A word for digits, as in three digits on the back."""
PLACE: Final = 1 << 8
"""A word for the back or the front, or for three."""
BIRTH: Final = 1 << 9
SECRET: Final = 1 << 10
"""A password or a one-time code."""
BORN: Final = 1 << 11
"""A short word that means born right before a date; not those of one letter."""
BACK: Final = 1 << 12
"""A word for the back or the front."""
SIDE: Final = 1 << 13
"""One that is hardly said of anything but a card."""
SHIFT: Final = 14
"""What a word says as a part of a longer phrase stands so many bits further up."""
ALL: Final = (1 << SHIFT) - 1

_BITS: Final = {
    Label.SECURITY_CODE: ANY | CODE,
    Label.PIN: ANY | CODE,
    Label.CODE_HINT: ANY | HINT,  # and a code, when it tells enough
    Label.PASSWORD: ANY | HINT | SECRET,
    Label.ONE_TIME_CODE: ANY | HINT | SECRET,
    Label.CARD: ANY | CARD,
    Label.EXPIRY: ANY | EXPIRY,
    Label.CASH_MACHINE: MACHINE,
    Label.TYPED: TYPED,
    Label.BIRTH_DATE: ANY | BIRTH,
    Label.LINK: 0,
    Label.MONEY: 0,
    Label.OTHER_PIN: 0,
}
_SHORTEST_TELLING_HINT: Final = 9


def telling_hint(phrase: str) -> bool:
    """Return whether a phrase that hints at a code says enough where a card is named."""
    return " " in phrase or len(phrase) >= _SHORTEST_TELLING_HINT or not phrase.isascii()


def of_label(label: Label, phrase: str) -> int:
    """Return what a phrase says that bears a label."""
    bits = _BITS.get(label, ANY)
    if label is Label.CODE_HINT and telling_hint(phrase):
        bits |= CODE
    return bits | MACHINE if phrase in phrases(Label.CASH_MACHINE) else bits


def all_of(bits: Iterable[int]) -> int:
    """Return what some words say together."""
    return reduce(or_, bits, 0)
