"""What a table says of a number: the head of its column, as in sheets that are pasted into a mail.

    Guest      Card                 Room
    Lindqvist  4111 1111 1111 1111  118

A line of plain text is a row; tabs, bars, semicolons or several blanks part its cells. In a table
of HTML a cell begins and ends with a tab, and may hold lines of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from integration.core.sensitive.codes import Value

_REACH: Final = 2_000
"""Characters around a number in which its table is read."""
_DIGIT = lazy(r"[0-9\x01]")
_LINE_ENDS = lazy(r"\n")
_MARKS = (lazy(r"\t"), lazy(r"\|"), lazy(r";"), lazy(r"(?<=\S) {2,}(?=\S)"))
_ROW_ENDS = lazy(r"\t[ \xa0]*\n\s*\t")
_CELL_ENDS = lazy(r"\t[ \xa0]*\t")
_TABLE_BEGINS: Final = "\n\t"


class _Form(NamedTuple):
    """How the rows and the cells of a table are parted."""

    row_ends: re.Pattern[str]
    cell_ends: re.Pattern[str]


def head_of(text: str, value: Value) -> tuple[int, int] | None:
    """Return where the head of the column stands that a value is in; None without one.

    The head is the nearest row above with as many cells and no digit.
    """
    low, high = max(0, value.start - _REACH), value.end + _REACH
    for form in _forms(text, low, high):
        above = list(_rows(text, form, low, value.start))
        row, _ = above.pop()
        stop = form.row_ends.search(text, value.end, high)
        end = stop.start() if stop else min(high, len(text))
        column = sum(1 for _ in form.cell_ends.finditer(text, row, value.end))
        joints = column + sum(1 for _ in form.cell_ends.finditer(text, value.end, end))
        if joints and (head := _head(text, form, above, joints)):
            return _cell(text, form, head, column)
    return None


def _forms(text: str, low: int, high: int) -> Iterator[_Form]:
    if _ROW_ENDS.search(text, low, high):
        yield _Form(_ROW_ENDS, _CELL_ENDS)
    else:
        yield from (_Form(_LINE_ENDS, mark) for mark in _MARKS if mark.search(text, low, high))


def _rows(text: str, form: _Form, low: int, high: int) -> Iterator[tuple[int, int]]:
    """The rows up to `high`, the one that it is in last."""
    for stop in form.row_ends.finditer(text, low, high):
        yield low, stop.start()
        low = stop.end()
    yield low, high


def _head(
    text: str, form: _Form, above: list[tuple[int, int]], joints: int
) -> tuple[int, int] | None:
    for start, end in reversed(above):
        cells = list(form.cell_ends.finditer(text, start, end))
        if len(cells) != joints:
            return None
        if form.row_ends is _ROW_ENDS:  # words stand before the first row of a table
            start = max(start, text.rfind(_TABLE_BEGINS, start, cells[0].start()))  # noqa: PLW2901
        if not _DIGIT.search(text, start, end):
            return start, end
    return None


def _cell(text: str, form: _Form, row: tuple[int, int], column: int) -> tuple[int, int]:
    ends = [(row[0], row[0])]
    ends += [joint.span() for joint in form.cell_ends.finditer(text, *row)]
    ends += [(row[1], row[1])]
    return ends[column][1], ends[column + 1][0]
