"""Track data of a magnetic stripe (ISO/IEC 7813): all of it is removed, nothing is kept."""

from __future__ import annotations

import re

from integration.core.cards import luhn
from integration.core.cards.issuers import issuer_of
from integration.core.hits import Hit
from integration.core.spans import Kind

_LONGEST = 120  # track 1 holds 79 characters, track 2 holds 40; some are written with spaces
_AFTER_NUMBER = b"^=D"  # D: track 2 as a chip gives it (EMV tag 57)

_TRACK_1 = re.compile(
    rb"%?[Bb]([0-9](?: ?[0-9]){11,18}) ?\^[^\^\r\n]{2,26}\^(?:[^?\r\n]{0,60}\?|[^?\s]{0,60})"
)
_TRACK_2 = re.compile(rb";?(?<![0-9])([0-9]{12,19})[=D][0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3,30}F?\??")

_NOT_DIGITS = bytes(byte for byte in range(256) if not 48 <= byte <= 57)


def tracks_at(folded: bytes, start: int, end: int) -> list[Hit]:
    """Return the track whose number ends the run of digits at `start`..`end`, if there is one."""
    if not folded[end : end + 1] or folded[end] not in _AFTER_NUMBER:
        return []
    low, high = max(0, start - 2, end - _LONGEST), end + _LONGEST
    found = (_TRACK_1.search(folded, low, high), _TRACK_2.search(folded, low, high))
    return [hit for match in found if match and (hit := _track(match))]


def _track(match: re.Match[bytes]) -> Hit | None:
    digits = match[1].translate(None, _NOT_DIGITS)
    if not luhn.is_valid(digits):
        return None
    issuer = issuer_of(digits)
    return Hit(
        *match.span(), Kind.TRACK, 0.95, ("luhn", "iso-7813"), issuer.brand if issuer else None
    )
