"""Numbers in the column of a table in which a card stands.

In a list whose third cell is a card on one line, it is one on the next: of a length that is seldom
used, or grouped as no card is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.cards.headed import (
    FEWEST_CELLS,
    MARKS,
    cells_of,
    labels_of_table,
    line_at,
    lines_beside,
)
from integration.core.cards.number import MAX_DIGITS, MIN_DIGITS, SURE, numbers_in
from integration.core.cards.reasons import SAME_COLUMN
from integration.core.hits import digits_left
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    import re
    from collections.abc import Container, Iterator, Sequence

    from integration.core.hits import Hit
    from integration.core.text.reading import Reading

_FEWEST: Final = 3
_BRANDS: Final = 2
"""Numbers of a column, and brands, of which each is a card's by its issuer and check digit."""
_FEWEST_ACCOUNTS: Final = 2
"""The same of a column of accounts, where they are of several banks."""
_BEGUN: Final = 4
"""Digits by which banks are told apart: cards in a column of accounts do not all begin alike."""
_BLANK: Final = b" \t\r\xa0\xad"
_NUMBER: Final = lazy(rb"[0-9](?:[0-9 .\xa0\xad-]*[0-9])?")
_COUNTED: Final = lazy(rb"[A-Za-z][A-Za-z .#]{0,15}[0-9]{1,6} ?[:)] ")
"""Before the first cell of a line that is counted: `row 118: `."""
_LETTER: Final = lazy(rb"[A-Za-z\x80-\x9f\xa1-\xac\xae-\xff]")


class _Column(NamedTuple):
    """The cells in one place of the lines of a table."""

    mark: re.Pattern[bytes]
    cells: int
    """Of each line."""
    place: int
    cell: int
    """Where the one begins that it was found by."""


def in_same_column(reading: Reading, hits: Sequence[Hit]) -> list[Hit]:
    """Return the numbers above and below sure ones; they may overlap what was found."""
    if reading.folded.find(b"\n", reading.first, reading.last) < 0:
        return []
    may_be_more = digits_left(reading, hits) >= MIN_DIGITS
    found = _beside_sure_ones(reading, hits) if may_be_more else []
    return found or _of_cards(reading, hits) or _over_columns(reading, hits)


def _beside_sure_ones(reading: Reading, hits: Sequence[Hit]) -> list[Hit]:
    sure = [hit for hit in hits if hit.kind is Kind.PAN and hit.confidence >= SURE]
    known = {hit.start for hit in sure}
    done: set[int] = set()
    """Where the cells begin of the columns that were followed: each is read once."""
    found: list[Hit] = []
    for hit in sure:
        column = _column_of(reading, hit)
        if column and column.cell not in done:
            for start, end in _beside(reading, column):
                done.add(start)
                found += _in_cell(reading, start, end, known)
    return found


def _of_cards(reading: Reading, hits: Sequence[Hit]) -> list[Hit]:
    """Return the numbers of a column that are cards, each and all, of several brands.

    Whatever it is called: customers or references of one kind begin alike. To a processor of
    payments a card is an account: there it is enough that they are of several banks.
    """
    unsure = {hit.start: hit for hit in hits if hit.kind is Kind.PAN and hit.confidence < SURE}
    if len(unsure) < _FEWEST_ACCOUNTS:
        return []
    column = _column_of(reading, next(iter(unsure.values())))
    cells = [*_beside(reading, column), _cell_at(reading, column)] if column else []
    numbers = [cell for cell in cells if reading.classes.count(b"0", *cell) >= MIN_DIGITS]
    inside = [[at for at in unsure if start <= at < end] for start, end in numbers]
    rows = sum(map(bool, inside))
    if rows < _FEWEST_ACCOUNTS:
        return []
    read = [_in_cell(reading, start, end, ()) for start, end in numbers]
    if not all(hits or cell for hits, cell in zip(inside, read, strict=True)):
        return []
    brands = {unsure[at].brand for places in inside for at in places}
    are_cards = rows >= _FEWEST and len(brands) >= _BRANDS
    if not (are_cards or _are_accounts_of_several_banks(reading, numbers)):
        return []
    return [hit for cell in read for hit in cell]


class _Columns(NamedTuple):
    """The columns over which a number goes, a group in each."""

    mark: re.Pattern[bytes]
    cells: int
    """Of each line."""
    first: int
    last: int


def _over_columns(reading: Reading, hits: Sequence[Hit]) -> list[Hit]:
    """Return the numbers that go over the same columns of a table, a group in each.

    Cards of several brands in all its lines, but for those that have no digits there.
    """
    unsure = [hit for hit in hits if hit.kind is Kind.PAN and hit.confidence < SURE]
    if len(unsure) < _FEWEST:
        return []
    columns = _columns_of(reading, unsure[0])
    if columns is None:
        return []
    known = {(hit.start, hit.end): hit for hit in unsure}
    lines = list(_in_columns(reading, columns, unsure[0]))
    numbers = [known.get(line) for line in lines]
    brands = {number.brand for number in numbers if number}
    if len(lines) < _FEWEST or not all(numbers) or len(brands) < _BRANDS:
        return []
    return [hit for line in lines for hit in numbers_in(reading, *line, (SAME_COLUMN,))]


def _columns_of(reading: Reading, hit: Hit) -> _Columns | None:
    mark, cells = _cells_beside(reading, hit)
    inside = [at for at, cell in enumerate(cells) if hit.start < cell[1] and cell[0] < hit.end]
    return _Columns(mark, len(cells), inside[0], inside[-1]) if mark and len(inside) > 1 else None


def _in_columns(reading: Reading, columns: _Columns, hit: Hit) -> Iterator[tuple[int, int]]:
    """Yield what stands in the columns, on the line of a number and below, where digits do."""
    at = line_at(reading.folded, hit.start)[0]
    while at < len(reading.folded):
        line = line_at(reading.folded, at)
        cells = cells_of(reading.folded, line, columns.mark)
        if len(cells) != columns.cells:
            return
        inside = cells[columns.first : columns.last + 1]
        numbers = [_NUMBER.search(reading.folded, *cell) for cell in inside]
        if first := next(filter(None, numbers), None):
            last = next(filter(None, reversed(numbers)), first)
            yield first.start(), last.end()
        at = line[1] + 1


def _are_accounts_of_several_banks(reading: Reading, numbers: Sequence[tuple[int, int]]) -> bool:
    head, _ = labels_of_table(reading, *numbers[0])
    begun = {reading.folded[start:end].strip(_BLANK)[:_BEGUN] for start, end in numbers}
    return head == {Label.BANK_ACCOUNT} and len(begun) == len(numbers)


def _cell_at(reading: Reading, column: _Column) -> tuple[int, int]:
    cells = cells_of(reading.folded, line_at(reading.folded, column.cell), column.mark)
    # A line that is longer than any of a table is another from each of its ends.
    return cells[column.place] if column.place < len(cells) else (column.cell, column.cell)


def _column_of(reading: Reading, hit: Hit) -> _Column | None:
    """Return the column of a card that is all there is in its cell."""
    mark, cells = _cells_beside(reading, hit)
    place = sum(end <= hit.start for _, end in cells)
    inside = place < len(cells) and hit.end <= cells[place][1]
    return _Column(mark, len(cells), place, cells[place][0]) if mark and inside else None


def _cells_beside(
    reading: Reading, hit: Hit
) -> tuple[re.Pattern[bytes] | None, Sequence[tuple[int, int]]]:
    """Return what parts the cells of the line of a number, and those; no mark where none does."""
    line = line_at(reading.folded, hit.start)
    for mark in MARKS:
        cells = cells_of(reading.folded, line, mark)
        if len(cells) >= FEWEST_CELLS:
            return mark, cells
    return None, ()


def _beside(reading: Reading, column: _Column) -> Iterator[tuple[int, int]]:
    """Yield the cells of the column on the lines above and below, as far as the table goes."""
    folded = reading.folded
    for step in (-1, 1):
        for line in lines_beside(folded, column.cell, step):
            if not folded[slice(*line)].strip(_BLANK):
                continue  # between the rows of HTML
            cells = cells_of(folded, line, column.mark)
            if len(cells) != column.cells:
                break
            yield cells[column.place]


def _in_cell(reading: Reading, start: int, end: int, known: Container[int]) -> list[Hit]:
    """Return the number that a cell is, where no sure one begins in it."""
    if counted := _COUNTED.match(reading.folded, start, end):
        start = counted.end()
    written = _NUMBER.search(reading.folded, start, end)
    if not written or _LETTER.search(reading.folded, start, end):
        return []
    low, high = written.span()
    if low in known or not MIN_DIGITS <= reading.classes.count(b"0", low, high) <= MAX_DIGITS:
        return []
    return numbers_in(reading, low, high, (SAME_COLUMN,))
