"""A number whose groups are the values of fields that are counted. Pure.

`ccA=4111&ccB=1111&ccC=1111&ccD=1111`, `"card1": "4111", "card2": "1111"`: a form of four boxes, as
a log shows what it sends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from integration.core.cards.meanings import names_another
from integration.core.cards.named import AGAINST
from integration.core.cards.shape import PRINTED_GROUPS
from integration.core.together.dictation.chains import Chain, chain_of
from integration.core.together.dictation.pieces import Piece

_FIELD: Final = re.compile(
    r"(?<![\w.])([a-z][a-z_.-]{0,23}\[?)([0-9a-f])([\]\"']{0,2} ?[:=] ?[\"']?)(\d{4,6})(?!\w)"
)
_BETWEEN: Final = re.compile(r"[\"']?[ ,;&\n\t]{1,8}[\"']?")
_JOINTS: Final = re.compile(r"[_.\[-]+")
_FEWEST: Final = 3
"""Fields."""
_MOST: Final = 4

_Field = re.Match[str]


def series(text: str) -> Iterator[Chain]:
    """The numbers of a text, in plain letters, of which each group is a field."""
    row: list[_Field] = []
    for field in _FIELD.finditer(text):
        if row and not _follows(text, row[-1], field):
            row = []
        row = [*row[1 - _MOST :], field]
        for first in range(len(row) - _FEWEST + 1):
            if chain := _chain(row[first:]):
                yield chain


def _follows(text: str, before: _Field, field: _Field) -> bool:
    """Whether a field is the next one of the same name."""
    one_more = ord(field[2]) - ord(before[2]) == 1
    return (
        one_more
        and field.group(1, 3) == before.group(1, 3)
        and _BETWEEN.fullmatch(text, before.end(), field.start()) is not None
    )


def _chain(row: list[_Field]) -> Chain | None:
    groups = tuple(len(field[4]) for field in row)
    if groups not in PRINTED_GROUPS or names_another(_name(row[0]), AGAINST):
        return None
    return chain_of([Piece(*field.span(4), field[4]) for field in row])


def _name(field: _Field) -> str:
    """What a field is called, as words."""
    return f"{_JOINTS.sub(' ', field[1])} "
