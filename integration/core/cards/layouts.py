"""The layouts of records that a text tells: in which columns a card number stands.

`10-28 card number` names columns; `type (2), shop (10), card number (16)` says how wide each field
is. A table may say that with a figure on each line, or with two: where a field begins and ends, or
where it begins and how wide it is.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, chain, islice, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.text.lazy import lazy
from integration.core.words.listed import Listed, any_of, listed
from integration.core.words.naming import others_in, speaks_of_card
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from integration.core.text.reading import Reading


class Field(NamedTuple):
    """The columns of a record that hold a card number, the first one counted as 0."""

    low: int
    high: int
    is_sure: bool
    """Whether words call it the number of a card; else it may be that of an account."""
    fewest: int = 0
    """Columns that a record has at least."""


class _Columns(NamedTuple):
    """The first and the last column of a field as the text tells them, and where its name is."""

    first: int
    last: int
    name: Sequence[tuple[int, int]]
    fewest: int = 0

    @property
    def width(self) -> int:
        return self.last - self.first + 1


_RANGE: Final = lazy(
    rb"(?<![0-9./:-])(?<![0-9],)([0-9]{1,3}) ?(?:[-~]|\.\.| ([a-z\xe0-\xff]{1,7}) ) ?([0-9]{1,3})"
    rb"(?![0-9/-]|[.:][0-9])"
)
_NAMED: Final = lazy(
    rb"(?i)(?<![a-z])(?:col|pos|poz|byte|char|offset|spalte|stelle|kolonne)[a-z.]{0,6}:? ?\Z"
)
_WIDTH: Final = lazy(rb"[(\[](?:[A-Za-z.]{1,4} ?)?([0-9]{1,3})(?:[,; ][^()\[\]\n]{0,40})?[)\]]")
_PARAGRAPH_ENDS: Final = lazy(rb"\n[ \t\r]*\n")
_LETTER: Final = lazy(rb"[A-Za-z\x80-\xff]")
_LINE: Final = lazy(rb"[^\n]+")
_FIGURE: Final = lazy(rb"(?<![0-9A-Za-z./-])(?<![0-9],)[0-9]{1,3}(?![0-9A-Za-z/-]|[.,][0-9])")
_LONGEST_LINE: Final = 120
_NUMBER: Final = lazy(
    rb"\bPAN\b|(?<![0-9A-Za-z])(?:DE|[Ff]ield|FIELD|[Bb]it|BIT) ?0{0,2}2(?![0-9])"
)
"""In capitals: `pan` is a word of many languages. And data element 2 of a payment message."""
_BESIDE: Final = 16
"""Characters before columns in which a word for them stands."""
_CLAUSE_ENDS: Final = lazy(rb"[,;\n]")
_LONGEST_CLAUSE: Final = 80
_OF_A_NUMBER: Final = range(13, 25)
"""Characters of a field for a card number, with what fills it up."""
_FEWEST: Final = 3
"""Fields in a row whose widths are told; fewer are something else."""
_MOST: Final = 8
"""Fields that are told; more columns are something else."""
_MOST_COLUMNS: Final = 400
"""Figures that may tell of columns, and lines of a table."""
_ACCOUNTS: Final = frozenset({Label.BANK_ACCOUNT, Label.REFERENCE})
"""What words may say besides that are used for a card number in the records of payments."""


def fields_told(reading: Reading) -> list[Field]:
    """Return the fields for a card number that the text tells of."""
    told = chain(_ranges(reading), _widths(reading), _table(reading))
    named = (_named(reading, each) for each in told if each.width in _OF_A_NUMBER)
    fields = list(dict.fromkeys(islice((field for field in named if field), _MOST)))
    return [field for field in fields if field.is_sure] or fields


def _named(reading: Reading, columns: _Columns) -> Field | None:
    """Return the field, if its name is that of a card number and of nothing else."""
    words = " ".join(reading.window(*stretch).text for stretch in columns.name)
    others = {found.label for found in others_in(words)}
    said = any(_NUMBER.search(reading.folded, *stretch) for stretch in columns.name)
    is_sure = (said or speaks_of_card(words)) and not others
    if not is_sure and not (others <= _ACCOUNTS and _in_records().search(words)):
        return None
    return Field(columns.first - 1, columns.last, is_sure, columns.fewest)


@cache
def _in_records() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{any_of(listed(Listed.CARD_IN_RECORDS))})")


def _ranges(reading: Reading) -> Iterator[_Columns]:
    """Yield the columns that are told from the first to the last: `10-28`, `10 to 28`.

    Beside another field, or behind a word for columns: `10-28` alone is a day, too.
    """
    folded = reading.folded
    found = [
        each
        for each in islice(_RANGE.finditer(folded), _MOST_COLUMNS)
        if not each[2] or reading.window(*each.span(2)).text in listed(Listed.UP_TO)
    ]
    ranges = [(int(each[1]), int(each[3])) for each in found]
    beside = {low - 1 for low, _ in ranges} | {high + 1 for _, high in ranges}
    ends = [0, *(each.end() for each in found)]
    starts = [*(each.start() for each in found), len(folded)][1:]
    for columns, field, *bounds in zip(found, ranges, ends, starts, strict=False):
        before = max(0, columns.start() - _BESIDE), columns.start()
        if not beside.isdisjoint(field) or _NAMED.search(folded, *before):
            yield _Columns(*field, _clause(folded, *columns.span(), *bounds))


def _clause(folded: bytes, start: int, end: int, low: int, high: int) -> Sequence[tuple[int, int]]:
    """Return the clause of some columns, before and behind them; other columns end it."""
    low, high = max(low, start - _LONGEST_CLAUSE), min(high, end + _LONGEST_CLAUSE)
    begins = [each.end() for each in _CLAUSE_ENDS.finditer(folded, low, start)]
    ends = _CLAUSE_ENDS.search(folded, end, high)
    return (begins[-1] if begins else low, start), (end, ends.start() if ends else high)


def _widths(reading: Reading) -> Iterator[_Columns]:
    """Yield the fields of a list that says of each how wide it is: `card (16), sum (10)`.

    A record of COBOL says it alike: `CARD-NO PIC X(16).`
    """
    folded = reading.folded
    row: list[tuple[int, Sequence[tuple[int, int]]]] = []
    end = 0
    for each in islice(_WIDTH.finditer(folded), _MOST_COLUMNS):
        start = max(end, each.start() - _LONGEST_CLAUSE)
        goes_on = start == end and not _PARAGRAPH_ENDS.search(folded, start, each.start())
        if not goes_on or not _LETTER.search(folded, start, each.start()):
            yield from _side_by_side(row)
            row = []
        if not row:
            begins = [clause.end() for clause in _CLAUSE_ENDS.finditer(folded, start, each.start())]
            start = begins[-1] if begins else start
        row.append((int(each[1]), ((start, each.start()),)))
        end = each.end()
    yield from _side_by_side(row)


def _side_by_side(row: Sequence[tuple[int, Sequence[tuple[int, int]]]]) -> Iterator[_Columns]:
    if len(row) >= _FEWEST:
        ends = list(accumulate(width for width, _ in row))
        # Nothing may fill up the last field; three figures are in many a sentence.
        fewest = ends[-1] if len(row) == _FEWEST else ends[-2] + 1
        for (width, name), last in zip(row, ends, strict=True):
            yield _Columns(last - width + 1, last, name, fewest)


def _table(reading: Reading) -> Iterator[_Columns]:
    """Yield the fields of a table, a line for each, with one figure or two."""
    lines = islice(_LINE.finditer(reading.folded), _MOST_COLUMNS)
    rows = [_row(line) for line in lines]
    for shape in _ROWS:
        for run in _runs(rows, shape):
            if shape is _WITH_WIDTHS:
                yield from _side_by_side([(figures[-1], (name,)) for figures, name in run])
            else:
                yield from _begun(run)


class _Row(NamedTuple):
    """The figures of a line, and where it stands."""

    figures: Sequence[int]
    place: tuple[int, int]


_WITH_WIDTHS: Final = range(1, 2)
"""How many figures the lines of a table have that says how wide each field is."""
_WITH_PLACES: Final = range(2, 4)
"""The same where it says where a field begins; the lines may be numbered."""
_ROWS: Final = (_WITH_WIDTHS, _WITH_PLACES)


def _row(line: re.Match[bytes]) -> _Row:
    is_named = len(line[0]) <= _LONGEST_LINE and _LETTER.search(line[0])
    figures = _FIGURE.findall(line[0]) if is_named else ()
    return _Row(tuple(map(int, figures)), line.span())


def _runs(rows: Iterable[_Row], shape: range) -> Iterator[list[_Row]]:
    """Yield the lines below each other that have so many figures."""
    run: list[_Row] = []
    for row in chain(rows, [_Row((), (0, 0))]):
        if len(row.figures) in shape:
            run.append(row)
            continue
        if len(run) >= _FEWEST:
            yield run
        run = []


def _begun(run: Sequence[_Row]) -> Iterator[_Columns]:
    """Yield the fields that go on where the one before ends: `10 28` and `29 34`, or `10 19`."""
    fewest = run[-1].figures[-2]
    for (this, name), (following, _) in pairwise(run):
        first, figure = this[-2:]
        ends = {figure, first + figure - 1}
        for last in sorted(ends):
            if following[-2] == last + 1:
                yield _Columns(first, last, (name,), fewest)
