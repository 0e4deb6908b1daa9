"""The head of the column that a number stands in, in a table of lines.

`Invoice   KID                 Amount` over `204435    5104865391720521    1 290,00`: no word stands
right before the number, but its column is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.text.lazy import lazy
from integration.core.words.labels import labels_in

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from integration.core.text.reading import Reading
    from integration.core.words.vocabulary import Label

MARKS: Final = (lazy(rb"\t"), lazy(rb";"), lazy(rb"\|"), lazy(rb"[ \xa0]{2,}"), lazy(rb","))
"""What parts the cells of a line; the first that parts its lines alike counts."""
_WIDE: Final = lazy(rb"[^ ] {2,}[^ ]")
FEWEST_CELLS: Final = 2
_LONGEST_LINE: Final = 600
_MOST_LINES: Final = 200
"""So far above a number its head is looked for."""
_LONGEST_RECORD: Final = 400
"""Characters of a record before its number."""
_NUMBER_KEY: Final = lazy(rb"(?<![A-Za-z_])[Nn](?:umber|um|o|r)\"? ?: ?\"?\Z")
_OPENED: Final = lazy(rb"\"(?:(?:[Cc]redit|[Dd]ebit|[Pp]ayment|[Bb]ank)_?)?[Cc]ard\" ?: ?\{")
_FIELDS: Final = (
    lazy(rb"(?<![A-Za-z])(?:[Cc][Vv][CcVv]2?|[Ss]ecurity ?[Cc]ode)\"? ?:"),
    lazy(rb"(?<![A-Za-z])[Ee]xp[A-Za-z ]{0,12}\"? ?:"),
)
_DIGIT: Final = lazy(rb"[0-9]")
_LETTER: Final = lazy(rb"[A-Za-z\x80-\xff]")

Cell = tuple[int, int]


def labels_of_table(reading: Reading, start: int, end: int) -> tuple[set[Label], set[Label]]:
    """Return what the head of its column says of a number, and what all heads of the table say.

    Nothing where it stands in no table with heads.
    """
    line = line_at(reading.folded, start, end)
    head = _head(reading.folded, line[0])
    if head is None:
        return set(), set()
    for mark in MARKS:
        cells, heads = (cells_of(reading.folded, each, mark) for each in (line, head))
        if _is_field(reading.folded, heads):
            break
        if len(cells) == len(heads) >= FEWEST_CELLS and not _greets(reading.folded, heads, mark):
            column = sum(cell[1] <= start for cell in cells)
            return _labels(reading, heads[column : column + 1]), _labels(reading, heads)
    return set(), set()


def labels_above(reading: Reading, start: int, end: int) -> set[Label]:
    """Return what a head says that stands right above a number, in columns of one width.

    `ID     CARD                EXPIRES` over `7783   55918034 76506499  05/28`.
    """
    line = line_at(reading.folded, start, end)
    head = _head(reading.folded, line[0])
    if head is None or not _WIDE.search(reading.folded, *head):
        return set()
    window = reading.window(*head)
    low, high = head[0] + start - line[0], head[0] + end - line[0]
    return {
        found.label
        for found in labels_in(window.text)
        if window.offsets[found.start] < high and low < window.offsets[found.end]
    }


def is_in_record_of_card(folded: bytes, start: int) -> bool:
    """Return whether a number is that of a record of a card, whose name alone says nothing.

    `"card": {"number": 4111...`; or beside fields for a code and a date: what encloses the elements
    of XML does not show.
    """
    before = folded[max(0, start - _LONGEST_RECORD) : start]
    if not _NUMBER_KEY.search(before):
        return False
    opened = [match.end() for match in _OPENED.finditer(before)]
    in_object = bool(opened) and b"}" not in before[opened[-1] :]
    return in_object or all(field.search(before) for field in _FIELDS)


def line_at(folded: bytes, start: int, end: int | None = None) -> Cell:
    """Return the line of a place, or from the line of `start` to that of `end`."""
    low = folded.rfind(b"\n", max(0, start - _LONGEST_LINE), start) + 1
    behind = start if end is None else end
    high = folded.find(b"\n", behind, behind + _LONGEST_LINE)
    return low, high if high >= 0 else min(len(folded), behind + _LONGEST_LINE)


def lines_beside(folded: bytes, start: int, step: int) -> Iterator[Cell]:
    """Yield the lines above that of a place (`step` -1), or those below (1), the nearest first."""
    line = line_at(folded, start)
    while 0 <= (at := line[0] - 1 if step < 0 else line[1] + 1) < len(folded):
        line = line_at(folded, at)
        yield line


def _is_field(folded: bytes, cells: Sequence[Cell]) -> bool:
    """Return whether a line is a name and what it stands for, and no row: `Field    : text`."""
    return any(folded[start : start + 1] == b":" for start, _ in cells[1:])


def _greets(folded: bytes, heads: Sequence[Cell], mark: re.Pattern[bytes]) -> bool:
    """Return whether a line that ends with a comma is how a letter begins: `Dear customer,`."""
    return mark is MARKS[-1] and not folded[slice(*heads[-1])].strip()


def _head(folded: bytes, row: int) -> Cell | None:
    """Return the nearest line above that holds letters and no digit."""
    for _ in range(_MOST_LINES):
        end = row - 1
        if end <= 0:
            return None
        row = folded.rfind(b"\n", max(0, end - _LONGEST_LINE), end) + 1
        if end - row >= _LONGEST_LINE:
            return None
        if not _DIGIT.search(folded, row, end) and _LETTER.search(folded, row, end):
            return row, end
    return None


def cells_of(folded: bytes, line: Cell, mark: re.Pattern[bytes]) -> Sequence[Cell]:
    """Return the cells of a line that a mark parts."""
    start, end = line
    # Blanks around a line part nothing.
    while start < end and folded[start] in b" \r>":
        start += 1
    while start < end and folded[end - 1] in b" \r":
        end -= 1
    if folded.endswith((b"),", b");"), start, end):
        end -= 1  # of SQL: it parts rows
    joints = [joint.span() for joint in mark.finditer(folded, start, end)]
    starts = (start, *(behind for _, behind in joints))
    ends = (*(before for before, _ in joints), end)
    return list(zip(starts, ends, strict=True))


def _labels(reading: Reading, cells: Sequence[Cell]) -> set[Label]:
    return {found.label for cell in cells for found in labels_in(reading.window(*cell).text)}
