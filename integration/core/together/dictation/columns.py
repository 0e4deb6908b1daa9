"""Numbers that a table parts over columns that stand beside each other, or over its rows. Pure.

`| 411111 | 111111 | 1111 |`: one row may be a number by chance. Where every row of a table is one,
as two at least, its columns are the parts of cards, whatever they are called. Two cards may also
stand side by side, a group of each on every line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from integration.core.together.dictation.chains import Chain, chain_of
from integration.core.together.dictation.pieces import Piece

FEWEST_DIGITS: Final = 28
"""Of two rows."""
_FORMS: Final = (
    *((6, 6, 4), (4, 4, 4, 4), (4, 6, 5), (6, 5, 4), (8, 4, 4), (4, 4, 8), (4, 8, 4)),
    *((8, 8), (6, 10), (10, 6), (12, 4), (11, 4), (6, 9)),
)
"""Digits in each of the columns."""
_FEWEST_ROWS: Final = 2
_BESIDE: Final = re.compile(r"\d{4,12}[ \"']*[|;,\t][ \"']*\d{4}")
_FOUR: Final = re.compile(r"\d{4}")
_LINES: Final = 4
_TWO: Final = r"[ \t]*\d{4}(?:[ \t]{2,}|\t)\d{4}[ \t\r]*"
_SIDE_BY_SIDE: Final = re.compile(rf"(?<=\n){_TWO}(?:\n{_TWO}){{{_LINES - 1}}}(?=\n|\Z)")
"""A group of two cards on each line."""
_LINE: Final = re.compile(r"[^\n]+")
_CELL: Final = re.compile(r"[^|;,\t\n]+")
_VALUE: Final = re.compile(r"[ \"'\r]*(\d{4,12})[ \"'\r]*")
_LONGEST: Final = 1_000
"""Characters of a line."""
_MOST: Final = 1_000
"""Lines of a table."""

_Row = list[Piece | None]
"""The cells of a line; None where one holds anything but a part."""


def columns(text: str) -> Iterator[Chain]:
    """The numbers of a text of which each column of a table has a part, or each of its rows."""
    for lines in _SIDE_BY_SIDE.finditer(text):
        yield from _downward(list(_FOUR.finditer(text, *lines.span())))
    if "\n" not in text or _BESIDE.search(text) is None:
        return
    table: list[_Row] = []
    for line in _LINE.finditer(text):
        row = _row(text, *line.span()) if line.end() - line.start() <= _LONGEST else []
        if table and (len(row) != len(table[0]) or len(table) == _MOST):
            yield from _numbers(table)
            table = []
        if len(row) > 1:
            table.append(row)
    yield from _numbers(table)


def _downward(groups: Sequence[re.Match[str]]) -> Iterator[Chain]:
    """The numbers of groups on four lines, two on each, where both of them are some."""
    pieces = [Piece(*group.span(), group[0]) for group in groups]
    one, other = chain_of(pieces[::2]), chain_of(pieces[1::2])
    if one and other and one.number != other.number:
        yield from (one, other)


def _row(text: str, start: int, end: int) -> _Row:
    values = (_VALUE.fullmatch(text, *cell.span()) for cell in _CELL.finditer(text, start, end))
    return [Piece(*value.span(1), value[1]) if value else None for value in values]


def _numbers(table: Sequence[_Row]) -> Iterator[Chain]:
    for form in _FORMS:
        for at in range(len(table[0]) - len(form) + 1 if table else 0):
            found = _in_columns(table, at, form)
            if len({chain.number for chain in found}) >= _FEWEST_ROWS:
                yield from found


def _in_columns(table: Sequence[_Row], at: int, form: Sequence[int]) -> list[Chain]:
    """The numbers that these columns make; none where a row of them holds anything else."""
    found: list[Chain] = []
    for row in table:
        told = tuple(piece for piece in row[at : at + len(form)] if piece)
        if not told:
            continue
        is_whole = tuple(len(piece.digits) for piece in told) == form
        if not (is_whole and (chain := chain_of(told))):
            return []
        found.append(chain)
    return found
