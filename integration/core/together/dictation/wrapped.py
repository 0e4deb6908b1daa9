"""A number that goes on in the next line of its cell, in a table that is drawn with letters. Pure.

`| H. Brandt | 4508 3251 | 5290 0374 |` and, on the line below, `|           | 3846 1207 | 5261 9745
|`: what stands below a group, in a line that only goes on, belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from integration.core.cards.meanings import names_another
from integration.core.cards.named import AGAINST
from integration.core.together.dictation.chains import Chain, chain_of
from integration.core.together.dictation.pieces import Piece

_LINE: Final = re.compile(r"[^\n]*(?:\n|\Z)")
_CELL: Final = re.compile(r"(?<![\w.,:/+-])\d{2,12}(?:[ -]\d{1,12}){0,4}(?![\w.,:/-])")
_GROUP: Final = re.compile(r"\d+")
_MARK: Final = "|"
_MARKS: Final = "| \t"
_LETTER: Final = re.compile(r"[^\W\d_]")
_LONGEST: Final = 240
"""Characters of a line."""
_MOST: Final = 19
"""Digits of a number."""

_Columns = dict[int, list[Piece]]
"""The digits of each cell of a row so far, by where they begin in their line."""


def wrapped(text: str) -> Iterator[Chain]:
    """The numbers of a text whose cell has more lines than one."""
    columns: _Columns = {}
    for line in _LINE.finditer(text):
        cells = _cells(text, *line.span()) if line.end() - line.start() <= _LONGEST else {}
        if _goes_on(line[0], columns, cells):
            for at, pieces in cells.items():
                columns[at] += pieces
        else:
            yield from _numbers(text, columns)
            columns = cells if _begins_a_row(line[0], cells) else {}
    yield from _numbers(text, columns)


def _cells(text: str, start: int, end: int) -> _Columns:
    return {
        cell.start() - start: [
            Piece(*group.span(), group[0]) for group in _GROUP.finditer(text, *cell.span())
        ]
        for cell in _CELL.finditer(text, start, end)
    }


def _begins_a_row(line: str, cells: _Columns) -> bool:
    """Whether anything stands before the first cell of digits, and names no other number."""
    before = line[: min(cells, default=0)]
    return _MARK in line and bool(before.strip(_MARKS)) and not names_another(before, AGAINST)


def _goes_on(line: str, columns: _Columns, cells: _Columns) -> bool:
    """Whether a line is nothing but more digits in the columns of the row above."""
    if not cells or _MARK not in line or _LETTER.search(line):
        return False
    return cells.keys() <= columns.keys() and not line[: min(cells)].strip(_MARKS)


def _numbers(text: str, columns: Mapping[int, list[Piece]]) -> Iterator[Chain]:
    for pieces in columns.values():
        is_wrapped = "\n" in text[pieces[0].start : pieces[-1].end]
        is_short = sum(len(piece.digits) for piece in pieces) <= _MOST
        if is_wrapped and is_short and (found := chain_of(pieces)):
            yield found
