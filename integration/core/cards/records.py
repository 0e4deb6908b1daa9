"""Card numbers in records of fixed width, whose fields nothing parts.

`DT00004819204017335727136171   2706...`: in a batch file each line has its card in one place. Where
in a text that speaks of cards nearly all lines hold a number of a telling issuer there, and of
several banks, that is no chance. Two lines will do where the field is filled up before the number,
`0004017335727136171`, or with blanks behind it. Words of card payments say as much as one for a
card: `AUTH439167`. A number may also have been copied out of a record with what fills its field.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, Final

from integration.core.cards.glued import LENGTHS, hit_of, likely_issuer, telling_issuer
from integration.core.cards.headed import line_at
from integration.core.cards.laid_out import numbers_laid_out
from integration.core.cards.reasons import IN_RECORDS
from integration.core.text.lazy import lazy
from integration.core.words.naming import speaks_of_card

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from integration.core.hits import Hit
    from integration.core.text.reading import Reading

_PAN: Final = lazy(rb"\bPAN\b")
"""In capitals: `pan` is a word of many languages."""
_SHORTEST: Final = 17
"""Digits of a block; fewer are a card number by themselves, or none."""
_BLOCK: Final = lazy(rb"(?<![0-9])[0-9]{%d,64}(?![0-9])" % _SHORTEST)
_FEWEST: Final = 3
"""Lines that are alike."""
_MOST_SIZES: Final = 4
"""The same where the numbers may be of any length."""
_FEWEST_FILLED: Final = 2
"""The same where what stands before a number fills its field, or blanks behind it."""
_ZEROS: Final = b"00"
_BLANKS: Final = b"  "
_HEAD: Final = 40
"""Characters of a line before its first block."""
_BLANKS_BEHIND: Final = lazy(rb" {2,12}[0-9]")
_OF_PAYMENTS: Final = lazy(rb"(?i)auth(?:[ 0-9:]|ori[sz])|acq(?:uir|[0-9])|charge ?back|settlement")
_NEARLY_ALL: Final = 0.75
"""Part of the lines: the first and the last of a file are others."""
_MOST: Final = 400
"""Lines that are looked at."""
_BANK: Final = 4
"""Digits by which banks are told apart."""
_BEFORE: Final = 1_000
"""Characters before the first line in which a word says card."""
_BEHIND: Final = 40
"""Characters behind the number of the last line."""
_DRAFT: Final = lazy(rb"(?:\A|\n)[ \t>]{0,3}[0-3][5-7][0-9]0(4[0-9]{15})000(?![0-9])")
"""A draft, a credit or cash as Visa exchanges them (BASE II, codes 05 to 37, first record): the
account number is in columns 5 to 20, and 21 to 23 are zeros."""
_CLEARED: Final = lazy(
    rb"(?:\A|\n)[ \t>]{0,3}[0-3][5-7][0-9]{2}([2-6][0-9]{15})(?=[^0-9\n]"
    rb"[^\n]{0,120}?(?<![0-9])[27][0-9]{22}(?![0-9]))"
)
"""The same of any scheme without its zeros, and on the line the reference of 23 digits by which
the acquirer finds it again."""
_EXTENDED: Final = lazy(rb"(?<![0-9])(4[0-9]{15})000(?![0-9])")
"""The same number and its extension, where somebody has copied both out of the record."""
_EXTENDED_SIZE: Final = 19
_FIELD: Final = (0, 19)
_SIZES: Final = ((0,), *((length,) for length in LENGTHS), _FIELD, (0, *LENGTHS))
"""Digits: up to the end of the block, which a blank ends (0); in all lines alike, or in none.

A field of 19 has no blank behind a number that fills it.
"""
_Block = tuple[int, int]


def numbers_in_records(reading: Reading) -> list[Hit]:
    """Return the numbers that stand in one place of lines that are alike."""
    folded = reading.folded
    if reading.digits < _EXTENDED_SIZE:
        return []
    drafts = chain(_DRAFT.finditer(folded), _CLEARED.finditer(folded))
    copied = islice((each for each in _EXTENDED.finditer(folded) if telling_issuer(each[1])), _MOST)
    said = (each for each in copied if _speaks_of_card(reading, each.start()))
    numbers = [*(each for each in drafts if telling_issuer(each[1])), *said]
    found = [_hit(folded, *each.span(1)) for each in numbers] + numbers_laid_out(reading)
    return found + _in_lines(reading)


def _in_lines(reading: Reading) -> list[Hit]:
    folded = reading.folded
    if reading.digits < _FEWEST_FILLED * _SHORTEST:
        return []
    blocks = [block.span() for block in _BLOCK.finditer(folded, reading.first, reading.last + 1)]
    if len(blocks) < _FEWEST_FILLED:
        return []
    hits: list[Hit] = []
    for lines in _alike(folded, blocks[:_MOST]):
        if len(lines) < _FEWEST_FILLED:
            continue
        is_said = _speaks_of_card(reading, lines[0][0])
        fewest = _FEWEST_FILLED if is_said and _are_left_aligned(folded, lines) else _FEWEST
        if len(lines) >= fewest and (is_said or _is_of_payments(folded, lines)):
            hits += _in_one_place(folded, lines, max(fewest, _NEARLY_ALL * len(lines)))
    found = {hit.start: hit for hit in hits}
    return list(found.values()) or _right_aligned(reading, blocks[:_MOST])


def _alike(folded: bytes, blocks: Sequence[_Block]) -> Iterator[list[_Block]]:
    """Yield the neighbouring blocks that begin in one place of their lines.

    And those that are the first of lines which begin with the same letters: the first and the last
    line of a file are called otherwise, `HD...`, `DT...`, `TR...`, and each may hold more blocks.
    """
    placed = [(block, line_at(folded, *block)[0]) for block in blocks]
    for _, alike in groupby(placed, key=lambda each: each[0][0] - each[1]):
        yield [block for block, _ in alike]
    firsts = {line: block for block, line in reversed(placed) if block[0] - line <= _HEAD}
    lines = sorted(firsts.items())
    for head, named in groupby(lines, key=lambda each: folded[each[0] : each[1][0]]):
        if head:
            yield [block for _, block in named]


def _are_left_aligned(folded: bytes, lines: Sequence[_Block]) -> bool:
    """Return whether blanks fill up the field that each block ends in."""
    return all(_BLANKS_BEHIND.match(folded, end) for _, end in lines)


def _speaks_of_card(reading: Reading, start: int) -> bool:
    return speaks_of_card(reading.window(max(0, start - _BEFORE), start).text)


def _right_aligned(reading: Reading, blocks: Sequence[_Block]) -> list[Hit]:
    """Return the numbers that end in one place of the lines and have zeros or blanks before."""
    folded = reading.folded
    is_said = _speaks_of_card(reading, blocks[0][0]) or _PAN.search(folded)
    if not (is_said or _is_of_payments(folded, blocks)):
        return []
    lines = [line_at(folded, *block)[0] for block in blocks]
    columns: defaultdict[int, list[_Block]] = defaultdict(list)
    for line, block in zip(lines, blocks, strict=True):
        for start, end in _filled_up(folded, *block):
            columns[end - line].append((start, end))
    numbers = max(columns.values(), key=len, default=[])
    banks = {folded[start : start + _BANK] for start, _ in numbers}
    if len(banks) < _FEWEST_FILLED or len(numbers) < _NEARLY_ALL * len(set(lines)):
        return []
    return [_hit(folded, *number) for number in numbers]


def _filled_up(folded: bytes, start: int, end: int) -> Iterator[_Block]:
    """Yield the numbers of a block that begin behind zeros, or with the block behind blanks."""
    for low in range(start, end):
        within = low - start >= len(_ZEROS)
        filling = folded[max(low - len(_ZEROS), 0) : low]
        if (filling == _ZEROS and within) or (filling == _BLANKS and low == start):
            stops = (low + size for size in LENGTHS)
            yield from (
                (low, stop) for stop in stops if stop <= end and telling_issuer(folded[low:stop])
            )


def _is_of_payments(folded: bytes, lines: Sequence[_Block]) -> bool:
    return bool(_OF_PAYMENTS.search(folded, max(0, lines[0][0] - _BEFORE), lines[-1][1] + _BEHIND))


def _in_one_place(folded: bytes, lines: Sequence[_Block], fewest: float) -> list[Hit]:
    longest = max(end - start for start, end in lines)
    most: list[_Block] = []
    for offset in range(longest - min(LENGTHS) + 1):
        for sizes in _SIZES:
            read = [_number(folded, start + offset, end, sizes) for start, end in lines]
            numbers = [(start, end) for start, end in read if start < end]
            banks = {folded[start : start + _BANK] for start, _ in numbers}
            enough = max(fewest, _MOST_SIZES) if len(sizes) > len(_FIELD) else fewest
            if len(banks) > 1 and len(numbers) >= enough and len(numbers) > len(most):
                most = numbers
    return [_hit(folded, *number) for number in most]


def _number(folded: bytes, start: int, end: int, sizes: Sequence[int]) -> _Block:
    """Return where a number of one of these sizes stands; nothing where none does."""
    for size in sizes:
        stop = start + size if size else end
        digits = folded[start:stop]
        if stop <= end and len(digits) in LENGTHS and likely_issuer(digits):
            return start, stop
    return start, start


def _hit(folded: bytes, start: int, end: int) -> Hit:
    digits = folded[start:end]
    return hit_of(start, digits, likely_issuer(digits), IN_RECORDS.worth, IN_RECORDS.name)
