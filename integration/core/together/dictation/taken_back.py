"""A number whose last group is taken back amid it, and said again with the rest. Pure.

`49 25 87 59 56 no sorry 46 71 81 69`: pairs are no pieces of a number by themselves, for telephone
numbers are written so; here the two rows are one without the pair that was wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from integration.core.together.dictation.chains import Chain, issuer_told
from integration.core.together.dictation.pieces import Piece
from integration.core.words.correcting import corrects

_ROW: Final = re.compile(r"(?<![\w.,+/-])\d{1,6}(?:[ .-]\d{1,6}){1,9}(?![\w/-]|[.,]\d)")
_GROUP: Final = re.compile(r"\d+")
_WIDEST: Final = 40
"""Characters between the two rows."""
_MOST_BACK: Final = 2
"""Groups that are taken back."""


def taken_back(text: str) -> Iterator[Chain]:
    """The numbers of which a group is said again; `text` is in plain letters."""
    rows = list(_ROW.finditer(text))
    for one, other in pairwise(rows):
        between = text[one.end() : other.start()]
        if len(between) <= _WIDEST and between.count("\n") <= 1 and corrects(between):
            for number in _without_the_last(one[0], other[0]):
                if issuer := issuer_told(number):
                    pieces = (_piece(one), _piece(other))
                    yield Chain(pieces, number, issuer)
                    break


def _without_the_last(row: str, rest: str) -> Iterator[str]:
    groups, behind = _GROUP.findall(row), "".join(_GROUP.findall(rest))
    for back in range(1, min(_MOST_BACK, len(groups) - 1) + 1):
        yield "".join(groups[:-back]) + behind


def _piece(row: re.Match[str]) -> Piece:
    return Piece(*row.span(), "".join(_GROUP.findall(row[0])))
