"""Card numbers that a program shows as floats, with all digits: `5.231883300374575E15`.

A spreadsheet writes the comma of its language: `3,78282246310005E+14`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.cards.glued import hit_of, telling_issuer
from integration.core.cards.reasons import FLOAT
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from integration.core.hits import Hit

_SIGN: Final = (b"E1", b"e1", b"E+1", b"e+1")
_FLOAT = lazy(rb"(?<![0-9A-Za-z.,-])([2-6])[.,]([0-9]{11,18})[Ee]\+?(1[2-8])(?![0-9.])")


def numbers_as_floats(folded: bytes) -> list[Hit]:
    """Return the numbers in scientific notation of which no digit is lost."""
    if not any(sign in folded for sign in _SIGN):
        return []
    hits: list[Hit] = []
    for found in _FLOAT.finditer(folded):
        size = int(found[3])
        digits = (found[1] + found[2]).ljust(size + 1, b"0")
        if len(found[2]) <= size and (issuer := telling_issuer(digits)):
            hit = hit_of(found.start(), digits, issuer, FLOAT.worth, FLOAT.name)
            hits.append(hit._replace(end=found.end()))
    return hits
