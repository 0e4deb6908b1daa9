"""IBANs: a country, two check digits and as many characters as that country uses (ISO 13616)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.cards.iban import lengths
from integration.core.hits import Hit
from integration.core.identifiers import check_digits
from integration.core.spans import Kind
from integration.core.text.fold import INVISIBLE
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from integration.core.text.reading import Reading

_AFTER_COUNTRY: Final = frozenset(b" \t\xa0\xad-" + bytes(range(65, 91)) + bytes(range(97, 123)))
_BEFORE_REACH: Final = 6
_JOINTS: Final = b" \t\r\n\xa0\xad.-_/|>"
_WIDEST_JOINT: Final = 6
_CLEAR: Final = 0.95
_SMALL_LETTERS: Final = 0.85
"""In small letters without gaps it may be a piece of a hash."""
MAY_BE_A_WORD: Final = 0.6
"""The country may be a word before a card: `ring me 4012 - 6011 ...`, TARJETA DE 4571 1234 ..."""
_FOUR = lazy(rb"[0-9]{4}(?![0-9])")


def iban_at(reading: Reading, at: int) -> Hit | None:
    """Return the IBAN whose check digits stand at `at`, None when there is none."""
    folded = reading.folded
    first = at - 2 if folded[at - 1 : at].isalpha() else at - 3
    length = lengths().get(folded[first : first + 2].upper()) if first >= 0 else None
    if length is None or folded[at - 1] not in _AFTER_COUNTRY or _is_glued(folded, first):
        return None
    found = _collect(folded, first, length)
    if found is None:
        return None
    characters, end = found
    if not characters[2:4].isdigit() or not check_digits.iban(characters.upper()):
        return None
    if characters[:2].isupper() and characters != characters.upper():
        return None  # words: MC 4111 1111 1111 1111 to be paid
    return Hit(first, end, Kind.IBAN, _sure(folded, at, characters), ("iban-check",))


def _sure(folded: bytes, at: int, characters: bytes) -> float:
    small = not characters[:2].isupper()
    is_apart = not folded[at - 1 : at].isalpha()
    if is_apart and (small or _FOUR.match(folded, at)):
        return MAY_BE_A_WORD
    return _SMALL_LETTERS if small else _CLEAR


def _is_glued(folded: bytes, start: int) -> bool:
    """Return whether the country is the end of a longer word, unless that word is IBAN."""
    before = folded[max(0, start - _BEFORE_REACH) : start].replace(INVISIBLE, b"")
    return before[-1:].isalnum() and not before.lower().endswith((b"iban", b"bban", b"konto"))


def _collect(folded: bytes, start: int, length: int) -> tuple[bytes, int] | None:
    """Return `length` letters and digits from `start` and where they end; None when cut short.

    One mark or a few blanks may part them, as in print, in a quoted reply or in a table.
    """
    characters = bytearray()
    at, gap = start, 0
    while len(characters) < length and at < len(folded):
        byte = folded[at]
        if _is_alnum(byte):
            characters.append(byte)
            gap = 0
        elif byte in _JOINTS and gap < _WIDEST_JOINT:
            gap += 1
        else:
            return None
        at += 1
    if len(characters) < length or (at < len(folded) and _is_alnum(folded[at])):
        return None
    return bytes(characters), at


def _is_alnum(byte: int) -> bool:
    return 48 <= byte <= 57 or 65 <= byte <= 90 or 97 <= byte <= 122
