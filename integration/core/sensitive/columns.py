"""What a table says of a number: the head of its column, as in sheets that are pasted into a mail.

    Guest      Card                 Room
    Lindqvist  4111 1111 1111 1111  118

A line of plain text is a row; tabs, bars, semicolons, commas or several blanks part its cells. In
a table of HTML a cell begins and ends with a tab, and may hold lines of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.once import once
from integration.core.sensitive.codes import CARD_MARK
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

Place = tuple[int, int]

_DIGIT = lazy(r"[0-9\x01]")
_LETTER = lazy(r"[^\W\d_]")
_LINE_ENDS = lazy(r"\n")
_ROW_ENDS = lazy(r"\t[ \xa0]*\n\s*\t")
_CELL_ENDS = lazy(r"\t[ \xa0]*\t")
_TABLE_BEGINS: Final = "\n\t"


class _Form(NamedTuple):
    """How the rows and the cells of a table are parted."""

    row_ends: re.Pattern[str]
    cell_ends: re.Pattern[str]
    fewest: int = 1
    """Joints of a row."""


_OF_HTML: Final = _Form(_ROW_ENDS, _CELL_ENDS)
_OF_LINES: Final = (
    _Form(_LINE_ENDS, lazy(r"\t")),
    _Form(_LINE_ENDS, lazy(r"\|")),
    _Form(_LINE_ENDS, lazy(r";"), 2),
    _Form(_LINE_ENDS, lazy(r",(?! )"), 2),  # in prose a blank follows
    _Form(_LINE_ENDS, lazy(r"(?<=\S) {2,}(?=\S)"), 2),
)


class _Row(NamedTuple):
    """A row, its cells, and those of the head above it."""

    start: int
    cells: Sequence[Place]
    head: Sequence[Place]


class Columns:
    """The tables of a text. They are read once, when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def head_of(self, start: int) -> tuple[Place, Sequence[Place]] | None:
        """Return the head of the column in which a number begins, and all heads of its table.

        None where it has none: the head is the first row with as many cells, and no digit.
        A number in the cell of a card is not told by its head, nor is one in a form, whose fields
        have their names before them.
        """
        row = self._row_at(start)
        if row is None:
            return None
        column = bisect_right(row.cells, start, key=lambda cell: cell[0]) - 1
        if CARD_MARK in self._text[slice(*row.cells[column])]:
            return None
        return row.head[column], row.head

    def row_of(self, start: int) -> Sequence[tuple[Place, Place]]:
        """Return the head and the cell of each column in the row in which a number begins."""
        row = self._row_at(start)
        return list(zip(row.head, row.cells, strict=True)) if row else ()

    def _row_at(self, start: int) -> _Row | None:
        """Return the row below a head that a number is in; None in a form."""
        for form, rows in self._tables:
            row = rows[bisect_right(rows, start, key=attrgetter("start")) - 1]
            if row.head and len(row.cells) > form.fewest:
                names_field = self._text[slice(*row.cells[0])].rstrip().endswith(":")
                return None if names_field else row
        return None

    def are_of_other_rows(self, start: int, other: int) -> bool:
        """Return whether two numbers stand in different rows below one head."""
        for form, rows in self._tables:
            places = (bisect_right(rows, at, key=attrgetter("start")) - 1 for at in (start, other))
            found = [rows[place] for place in places]
            if all(row.head and len(row.cells) > form.fewest for row in found):
                return found[0].start != found[1].start
        return False

    @once
    def _tables(self) -> Sequence[tuple[_Form, Sequence[_Row]]]:
        is_html = _ROW_ENDS.search(self._text) is not None
        forms = (_OF_HTML,) if is_html else _OF_LINES
        found = [form for form in forms if form.cell_ends.search(self._text)]
        return [(form, self._rows(form)) for form in found]

    def _rows(self, form: _Form) -> Sequence[_Row]:
        rows: list[_Row] = []
        head: Sequence[Place] = ()
        low = 0
        stops = [stop.span() for stop in form.row_ends.finditer(self._text)]
        for end, following in (*stops, (len(self._text), len(self._text))):
            cells = self._cells(form, low, end)
            if len(cells) != len(head):
                head = ()
            rows.append(_Row(low, cells, head))
            if not head and self._is_head(cells[0][0], cells[-1][1]):
                head = cells
            low = following
        return rows

    def _is_head(self, start: int, end: int) -> bool:
        """Return whether a row names its columns; `|---|---|` of Markdown only rules a line."""
        is_ruled = not _LETTER.search(self._text, start, end)
        return not (is_ruled or _DIGIT.search(self._text, start, end))

    def _cells(self, form: _Form, low: int, high: int) -> Sequence[Place]:
        joints = [joint.span() for joint in form.cell_ends.finditer(self._text, low, high)]
        if joints and form is _OF_HTML:  # words stand before the first row of a table
            low = max(low, self._text.rfind(_TABLE_BEGINS, low, joints[0][0]))
        starts = (low, *(end for _, end in joints))
        ends = (*(start for start, _ in joints), high)
        return list(zip(starts, ends, strict=True))
