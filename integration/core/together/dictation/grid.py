"""A number whose digits stand one by one, each behind its place. Pure.

`a) 4`, `b) 1`, ... or `1. 4`, `2. 1`, `d3=1`, `pos 1: 4`, `1st 4` and `| 1 | 4 |`: a table of
places and digits, in lines or in a row. Its date and its code may follow in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from integration.core.together.dictation.chains import Chain
from integration.core.together.dictation.keys import one_by_one
from integration.core.together.dictation.pieces import Piece

_PLACE: Final = re.compile(
    r"(?<![\w.])([a-z]{2,12}[ _.-]?|[a-z]|)(\d{1,2}|(?<![a-z])[a-z])"
    r"(?:(?<=\d)(?:st|nd|rd|th|[ºª]))?"
    r"([\]\"')]? ?[-:=.;,|)>\t][ \t\"'|]{0,4}|[ \t]{1,8})(\d)(?!\w|[.,]\d)"
)
_BETWEEN: Final = re.compile(r"[ \t\"'|\]}).]{0,4}[\s,;|][\s|>\"'(\[{]{0,8}")
_FIRST: Final = frozenset({0, 1})

_Place = re.Match[str]


def grid(text: str) -> Iterator[Chain]:
    """The numbers of a text, in plain letters, of which each digit is numbered."""
    row: list[_Place] = []
    for place in _PLACE.finditer(text):
        if row and not _follows(text, row[-1], place):
            yield from _numbers(row)
            row = []
        row = [*row, place] if row or _at(place) in _FIRST else []
    yield from _numbers(row)


def _at(place: _Place) -> int:
    """The place that is told: 1 for `1`, and for `a`."""
    written = place[2]
    return int(written) if written.isdecimal() else ord(written) - ord("a") + 1


def _follows(text: str, before: _Place, place: _Place) -> bool:
    """Whether a digit is at the next place, in the same way of writing."""
    alike = before[1] == place[1] and before[3].strip() == place[3].strip()
    return (
        alike
        and before[2].isdecimal() is place[2].isdecimal()
        and _at(place) - _at(before) == 1
        and _BETWEEN.fullmatch(text, before.end(), place.start()) is not None
    )


def _numbers(row: list[_Place]) -> Iterator[Chain]:
    pieces = [Piece(*place.span(4), place[4]) for place in row]
    if chain := one_by_one(pieces):
        yield chain
