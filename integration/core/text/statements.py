"""Bank statements as SWIFT MT940 writes them: what a booking says goes on over subfields.

`:86:106?00PAYMENT?20VISA 4929 4038 2385?21 8200`: German banks cut the text at 27 characters and
begin `?20` to `?29` and `?60` to `?63` with each piece (DFÜ agreement, annex 3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.text.builder import Builder
from integration.core.text.escapes import HIDDEN
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from integration.core.text.decoded import Decoded

HINT: Final = ":86:"
SIGN: Final = lazy(r"(?m)^:86:[0-9]{3}\?[0-9]{2}[^\n]*(?:\n(?![:-])[^\n]*)*")
_PIECE: Final = lazy(r"\r?\n?\?(?:2[1-9]|6[0-3])")


def decode(source: str) -> Decoded:
    """Decode the bookings, their pieces put together."""
    built, at = Builder(source), 0
    for booking in SIGN.finditer(source):
        for piece in _PIECE.finditer(source, *booking.span()):
            built.verbatim(at, piece.start())
            built.gap(HIDDEN)
            at = piece.end()
    built.verbatim(at, len(source))
    return built.build()
