"""Tables: the first row names the columns, so a value far from its label is known by its column.

Rows are lines whose cells stand between semicolons, bars, tabs, commas or slashes, as in a file
of a spreadsheet, in a table that was typed, and in one of HTML as it is decoded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.hits import Hit
from integration.core.identifiers.dates import date_at
from integration.core.identifiers.numbers import label_of, of_column
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.words import Label
from integration.core.words.labels import labels_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.text.reading import Reading

_MARKS: Final = (b";", b"|", b"\t", b" / ", b",")
_OF_MARKS: Final = b";|\t/,"
_FEWEST_IN_PROSE: Final = 2
"""Marks with a blank behind them, which prose has, too."""
_MOST_COLUMNS: Final = 32
_LONGEST_LINE: Final = 600
_LONGEST_CELL: Final = 48
_MOST_BETWEEN: Final = 4
"""Lines without a letter below a head: blank ones, and the rule of a table."""
_LETTER: Final = lazy(rb"[A-Za-z\x80-\xff]")
_DATE_SURE: Final = 0.7
_TELLING: Final = (Label.BIRTH_DATE, Label.NATIONAL_ID, Label.BANK_ACCOUNT)
Span = tuple[int, int]


class _Column(NamedTuple):
    """What the head of a column says."""

    label: Label
    name: str


class _Table(NamedTuple):
    """What parts its columns, into how many, and those that are named."""

    mark: bytes
    width: int
    named: dict[int, _Column]


def columns(reading: Reading) -> Iterator[Hit]:
    """Return the birth dates and numbers below a head that names them."""
    folded, classes = reading.folded, reading.classes
    table: _Table | None = None
    done, at = 0, reading.first
    while at >= 0:
        start = folded.rfind(b"\n", done, at) + 1 or done
        end = folded.find(b"\n", at)
        end = len(folded) if end < 0 else end
        table = _table(reading, table, done, (start, end))
        if table:
            yield from _values(reading, _cells(folded, (start, end), table.mark), table.named)
        done, at = end, classes.find(b"0", end)


def _table(reading: Reading, table: _Table | None, done: int, row: Span) -> _Table | None:
    """Return the table that a row belongs to: the one so far, or one whose head is above it."""
    folded, start, end = reading.folded, *row
    if start == 0 or end - start > _LONGEST_LINE:
        return None
    line = folded[start:end]
    if len(line.translate(None, _OF_MARKS)) == len(line):
        return None
    marks = [mark for mark in _MARKS if mark in line and not _is_prose(line, mark)]
    if not marks:
        return None
    head = _line_above(folded, done, start)
    if head is None:
        return table if table and folded.count(table.mark, start, end) >= table.width else None
    for mark in marks:
        width = folded.count(mark, *head)
        if 0 < width <= line.count(mark) and not _is_prose(folded[head[0] : head[1]], mark):
            named = _columns_of(reading, head, mark)
            if named:
                return _Table(mark, width, named)
    return table if table and folded.count(table.mark, *head) >= table.width else None


def _line_above(folded: bytes, done: int, start: int) -> Span | None:
    """Return the line with letters that stands above a row and behind `done`."""
    low = max(done, start - _LONGEST_LINE)
    for _ in range(_MOST_BETWEEN):
        end = folded.rfind(b"\n", low, start)
        if end < 0:
            return None
        start = folded.rfind(b"\n", low, end) + 1 or low
        if _LETTER.search(folded, start, end):
            return start, end
    return None


def _is_prose(line: bytes, mark: bytes) -> bool:
    """Return whether the commas or semicolons of a line are those of a sentence."""
    if mark not in b",;" or mark + b" " not in line:
        return False
    return line.count(mark) < _FEWEST_IN_PROSE or b". " in line


def _cells(folded: bytes, row: Span, mark: bytes) -> list[Span]:
    """Return where the cells of a row stand, without the blanks and quotes around them."""
    cells, at = [], row[0]
    for cell in folded[row[0] : row[1]].split(mark, _MOST_COLUMNS):
        bare = cell.strip(b" \t\r\xa0\"'")
        start = at + cell.find(bare)
        cells.append((start, start + len(bare)))
        at += len(cell) + len(mark)
    return cells[:_MOST_COLUMNS]


def _columns_of(reading: Reading, head: Span, mark: bytes) -> dict[int, _Column]:
    """Return what the cells of a head say, by their place, for those that say something."""
    named = {}
    for place, (start, end) in enumerate(_cells(reading.folded, head, mark)):
        if 1 < end - start <= _LONGEST_CELL:
            name = reading.window(start, end).text
            said = [found.label for found in labels_in(name) if found.label in _TELLING]
            label = said[0] if said else label_of(name)
            if label:
                named[place] = _Column(label, name)
    return named


def _values(reading: Reading, cells: list[Span], named: dict[int, _Column]) -> Iterator[Hit]:
    for place, column in named.items():
        if place < len(cells) and 0 < cells[place][1] - cells[place][0] <= _LONGEST_CELL:
            start, end = cells[place]
            if column.label is Label.BIRTH_DATE:
                yield from _date(reading, start, end)
            else:
                yield from of_column(reading, start, end, column.label, column.name)


def _date(reading: Reading, start: int, end: int) -> Iterator[Hit]:
    """Return the date that a cell begins with."""
    window = reading.window(start, end)
    digit = re.search("[0-9]", window.text)
    span = date_at(window.text, digit.start(), 0) if digit else None
    if span:
        yield Hit(*window.span(*span), Kind.DOB, _DATE_SURE, ("column",))
