"""Whether a number has a line of its own."""

from __future__ import annotations

from typing import Final

from integration.core.text.lazy import lazy

_QUOTE: Final = b" \t\r\xa0\xad>.,:;()*'\""
_LISTED_ABOVE = lazy(rb"(?:\A|\n)[ \t>]*[0-9][0-9 \xa0\xad.-]{6,}\r?\Z")
_LISTED_BELOW = lazy(rb"[ \t>]*[0-9][0-9 \xa0\xad.-]{6,}\r?(?:\n|\Z)")


def has_its_line(before: bytes, behind: bytes) -> bool:
    """Return whether nothing else stands on the line of a number, and it is in no list.

    `before`, `behind`: what stands on either side of it, the lines above and below included.
    """
    above, _, own = before.rpartition(b"\n")
    rest, _, below = behind.partition(b"\n")
    alone = not own.strip(_QUOTE) and not rest.strip(_QUOTE)
    return alone and not (_LISTED_ABOVE.search(above) or _LISTED_BELOW.match(below))
