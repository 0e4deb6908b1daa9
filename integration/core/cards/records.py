"""Card numbers in records of fixed width, whose fields nothing parts.

`DT00004819204017335727136171   2706...`: in a batch file each line has its card in one place. Where
in a text that speaks of cards nearly all lines hold a number of a telling issuer there, and of
several banks, that is no chance.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from integration.core.cards.glued import LENGTHS, hit_of, telling_issuer
from integration.core.cards.headed import line_at
from integration.core.cards.reasons import IN_RECORDS
from integration.core.text.lazy import lazy
from integration.core.words.naming import speaks_of_card

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from integration.core.hits import Hit
    from integration.core.text.reading import Reading

_SHORTEST: Final = 17
"""Digits of a block; fewer are a card number by themselves, or none."""
_BLOCK: Final = lazy(rb"(?<![0-9])[0-9]{%d,64}(?![0-9])" % _SHORTEST)
_FEWEST: Final = 3
"""Lines that are alike."""
_NEARLY_ALL: Final = 0.75
"""Part of the lines: the first and the last of a file are others."""
_MOST: Final = 400
"""Lines that are looked at."""
_BANK: Final = 4
"""Digits by which banks are told apart."""
_BEFORE: Final = 1_000
"""Characters before the first line in which a word says card."""
_Block = tuple[int, int]


def numbers_in_records(reading: Reading) -> list[Hit]:
    """Return the numbers that stand in one place of lines that are alike."""
    folded = reading.folded
    if reading.digits < _FEWEST * _SHORTEST:
        return []
    blocks = [block.span() for block in _BLOCK.finditer(folded, reading.first, reading.last + 1)]
    if len(blocks) < _FEWEST:
        return []
    hits: list[Hit] = []
    for _, alike in groupby(
        blocks[:_MOST], key=lambda block: block[0] - line_at(folded, *block)[0]
    ):
        lines = list(alike)
        if len(lines) >= _FEWEST and _speaks_of_card(reading, lines[0][0]):
            hits += _in_one_place(folded, lines)
    return hits


def _speaks_of_card(reading: Reading, start: int) -> bool:
    return speaks_of_card(reading.window(max(0, start - _BEFORE), start).text)


def _in_one_place(folded: bytes, lines: Sequence[_Block]) -> Iterator[Hit]:
    longest = max(end - start for start, end in lines)
    for offset in range(longest - min(LENGTHS) + 1):
        for size in (0, *LENGTHS):  # up to the end of its block, which a blank ends, or all alike
            read = [_number(folded, start + offset, end, size) for start, end in lines]
            numbers = [(start, end) for start, end in read if start < end]
            banks = {folded[start : start + _BANK] for start, _ in numbers}
            if len(banks) > 1 and len(numbers) >= max(_FEWEST, _NEARLY_ALL * len(lines)):
                yield from (_hit(folded, *number) for number in numbers)
                return


def _number(folded: bytes, start: int, end: int, size: int) -> _Block:
    """Return where a number stands; nothing where none does."""
    stop = start + size if size else end
    digits = folded[start:stop]
    is_one = stop <= end and len(digits) in LENGTHS and telling_issuer(digits) is not None
    return (start, stop) if is_one else (start, start)


def _hit(folded: bytes, start: int, end: int) -> Hit:
    digits = folded[start:end]
    return hit_of(start, digits, telling_issuer(digits), IN_RECORDS.worth, IN_RECORDS.name)
