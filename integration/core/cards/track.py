"""Track data of a magnetic stripe (ISO/IEC 7813): all of it is removed, nothing is kept."""

from __future__ import annotations

import re
from typing import Final

from integration.core.cards import luhn
from integration.core.cards.glued import LENGTHS, telling_issuer
from integration.core.cards.issuers import issuer_of
from integration.core.hits import Hit
from integration.core.spans import Kind
from integration.core.text.lazy import lazy

_LONGEST: Final = 160  # track 1 holds 79 characters, track 2 holds 40; spaces and escapes add some
_BEFORE: Final = 16  # sentinels, and the tag and length of a chip's track
_AFTER_NUMBER: Final = b"^=Dd%"  # D: track 2 as a chip gives it (EMV tag 57); %: in a URL

_CARET = rb" ?(?:\^|%5[Ee]) ?"
_EQUALS = rb" ?(?:[=Dd]|%3[Dd]) ?"
_NUMBER = rb"([0-9](?: ?[0-9]){11,18})"
_MONTH = rb"[0-9] ?[0-9] ?(?:0 ?[1-9]|1 ?[0-2])"
_TAG_57 = rb"\b57 ?(?:0[0-9A-Fa-f]|1[0-3]) ?"  # with its length, up to 19 bytes
_TRACK_1 = lazy(
    rb"(?:(?:%%25|%%)?[Bb] ?|(?<![0-9A-Za-z]))%b%b[^\^\r\n]{2,40}?%b"
    rb"(?:[^?%%\r\n]{0,60}(?:\?|%%3[Ff])|[^?%%\s]{0,60})" % (_NUMBER, _CARET, _CARET)
)
_TRACK_2 = lazy(
    rb"(?:;|%%3[Bb]|%b|(?<![0-9]))%b%b%b(?: ?[0-9]){3,30}(?: ?[Ff])?(?:\?|%%3[Ff])?"
    % (_TAG_57, _NUMBER, _EQUALS, _MONTH)
)
_LONGEST_NUMBER: Final = 19
_REST = lazy(rb"[=D]([0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3,20})")


def tracks_at(folded: bytes, start: int, end: int) -> list[Hit]:
    """Return the track whose number ends the run of digits at `start`..`end`, if there is one."""
    if not folded[end : end + 1] or folded[end] not in _AFTER_NUMBER:
        return []
    if end - start > _LONGEST_NUMBER and (hit := _in_field_35(folded, end)):
        return [hit]
    low, high = max(0, start - _BEFORE, end - _LONGEST), end + _LONGEST
    found = (_first(pattern, folded, low, high) for pattern in (_TRACK_1, _TRACK_2))
    return [hit for hit in found if hit]


def _in_field_35(folded: bytes, end: int) -> Hit | None:
    """Return the track amid a payment message (ISO 8583), whose length stands before it."""
    rest = _REST.match(folded, end)
    for size in LENGTHS if rest else ():
        start = end - size
        length, issuer = folded[start - 2 : start], telling_issuer(folded[start:end])
        if rest and issuer and length.isdigit() and size < int(length) <= size + len(rest[0]):
            stop = start + int(length)
            return Hit(start, stop, Kind.TRACK, 0.95, ("luhn", "iso-7813"), issuer.brand)
    return None


def _first(pattern: re.Pattern[bytes], folded: bytes, low: int, high: int) -> Hit | None:
    """Return the first track; what stands before one may look like the first digits of it."""
    while match := pattern.search(folded, low, high):
        if hit := _track(match):
            return hit
        low = match.start() + 1
    return None


def _track(match: re.Match[bytes]) -> Hit | None:
    digits = luhn.only_digits(match[1])
    if not luhn.is_valid(digits):
        return None
    issuer = issuer_of(digits)
    return Hit(
        *match.span(), Kind.TRACK, 0.95, ("luhn", "iso-7813"), issuer.brand if issuer else None
    )
