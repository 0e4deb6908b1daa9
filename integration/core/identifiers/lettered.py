"""Identifiers that hold letters: IBAN, the Finnish henkilötunnus, the British NINO."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.hits import Hit
from integration.core.identifiers import check_digits, days
from integration.core.identifiers.iban import iban_at
from integration.core.identifiers.nearby import Nearby
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.text.reading import by_shape
from integration.core.words import Label

if TYPE_CHECKING:
    from integration.core.text.reading import Reading

# The signs of the centuries, with those given out since 2024 (DVV: Reform of personal identity
# codes).
_HETU: Final = lazy(
    rb"([0-9]{6})[ ]?([-+A-FU-Ya-fu-y])[ ]?([0-9]{3})[ ]?([0-9A-Ya-y])(?![0-9A-Za-z])"
)
_NINO_HEAD: Final = lazy(rb"(?<![0-9A-Za-z])[A-Za-z]{2}[ \t\xa0.-]{0,2}\Z")
_NINO_TAIL: Final = lazy(
    rb"[0-9]{2}[ \t\xa0.-]?[0-9]{2}[ \t\xa0.-]?[0-9]{2}[ \t\xa0.-]{0,2}[A-Da-d](?![0-9A-Za-z])"
)
_HEAD_REACH: Final = 5
_CHECKED: Final = 0.9
_SHAPED: Final = 0.6
_SMALL_LETTERS: Final = 0.45
_NAMED: Final = 0.95
_NOT_ALNUM: Final = bytes(
    byte for byte in range(256) if not chr(byte).isascii() or not chr(byte).isalnum()
)


# What may be one, in classes. Letters are `x`, a percent sign or an O have classes of their own.
_LETTER: Final = rb"[xeo]"
_BEHIND_A_LETTER: Final = rb"(?:(?<=%b0)|(?<=%b 0))" % (_LETTER, _LETTER)
_SHAPES: Final = lazy(
    rb"0(?<!00)(?:%b0(?=(?:[xeo ]{0,16}0){8}| ?00 ?00 {0,2}%b)|0{5}(?= ?[ x] ?000 ?[0xeo]))"
    % (_BEHIND_A_LETTER, _LETTER)
)


def lettered(reading: Reading) -> list[Hit]:
    """Return the identifiers with letters."""
    low, places = _places(reading)
    return [
        hit
        for place in places
        for find in (iban_at, hetu_at, nino_at)
        if (hit := find(reading, low + place))
    ]


def places_of(shape: bytes) -> tuple[int, ...]:
    """Return where one may begin, or its first digits."""
    return tuple(match.start() for match in _SHAPES.finditer(shape))


_places: Final = by_shape(places_of)


def hetu_at(reading: Reading, at: int) -> Hit | None:
    """Return the henkilötunnus that begins at `at`: its date, its check sign."""
    match = _HETU.match(reading.folded, at)
    if not match or not days.of_finn(match[1]):
        return None
    if not check_digits.fi_hetu(b"".join(match.groups()).upper()):
        return None
    return Hit(*match.span(), Kind.FI_HETU, _CHECKED, ("check-sign",))


def nino_at(reading: Reading, at: int) -> Hit | None:
    """Return the NINO whose six digits begin at `at`; it has no check digit."""
    folded = reading.folded
    tail = _NINO_TAIL.match(folded, at)
    head = tail and _NINO_HEAD.search(folded, max(0, at - _HEAD_REACH - 1), at)
    if not tail or not head:
        return None
    start, end = head.start(), tail.end()
    if not check_digits.uk_nino(folded[start:end].translate(None, _NOT_ALNUM).upper()):
        return None
    label = Nearby(reading, start, end).before_it({Label.NATIONAL_ID})
    if label:
        return Hit(start, end, Kind.UK_NINO, _NAMED, ("label",))
    sure = _SHAPED if folded[start : start + 2].isupper() else _SMALL_LETTERS
    return Hit(start, end, Kind.UK_NINO, sure, ("form",))
