"""Bank statements as SWIFT MT940 writes them: what a booking says goes on over subfields.

`:86:106?00PAYMENT?20VISA 4929 4038 2385?21 8200`: German banks cut the text at 27 characters and
begin `?20` to `?29` and `?60` to `?63` with each piece (DFÜ agreement, annex 3). The pieces are
read aside, put together and apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.text.builder import Builder, read_twice
from integration.core.text.decoded import BARRIER
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from integration.core.text.decoded import Decoded

HINT: Final = ":86:"
_BOOKING: Final = lazy(r"(?m)^:86:[0-9]{3}\?[0-9]{2}[^\n]*(?:\n(?![:-])[^\n]*)*")
_PIECE: Final = lazy(r"\?(?:2[0-9]|6[0-3])([^?\r\n]*)")
_JOINTS: Final = ("", "\n")
"""What is cut at 27 characters goes on; what fills a subfield stands alone."""


def opened(source: str) -> Decoded | None:
    """Read a text as it stands, and its bookings aside; None where there is none."""
    bookings = list(_BOOKING.finditer(source)) if HINT in source else []
    if not bookings:
        return None
    aside = Builder(source)
    for booking in bookings:
        pieces = [piece.span(1) for piece in _PIECE.finditer(source, *booking.span())]
        for joint in _JOINTS:
            aside.gap(BARRIER)
            for piece in pieces:
                aside.verbatim(*piece)
                aside.gap(joint)
    return read_twice(source, aside)
