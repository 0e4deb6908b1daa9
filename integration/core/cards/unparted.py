"""Digits said one by one in scripts without gaps between words: `四二四二`, `ヨンニー`, `사이`."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from integration.core.cards.joined_digits import MARKS, joined_digits
from integration.core.text.fold import INVISIBLE
from integration.core.text.reading import of_folded
from integration.core.words.listed import any_of, unparted_digits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from integration.core.text.reading import Reading

_TEN: Final = "十십"
_THOUSAND: Final = "千천"
_SPECIAL_MONTHS: Final = {"유": "06", "시": "10"}
_LAST_MONTH: Final = 12
_FEWEST: Final = 12  # digits of a card number; a code of three is read beside one
Place = tuple[int, int, str]


def read_unparted(reading: Reading) -> Reading:
    """Return the reading with digits in place of such words, where there are enough of them."""
    numbers = list(joined_digits(reading.text))
    runs = [list(_places(match)) for match in _number_said().finditer(reading.text)]
    if not (numbers or any(len(run) >= _FEWEST for run in runs)):
        return reading
    folded = bytearray(reading.folded)
    dates = list(_dates(reading.text))
    taken = [(low, high) for low, high, _ in dates]
    taken += ((number[0].start, number[-1].end) for number in numbers)
    runs = [run for run in runs if not any(low <= run[0][0] < high for low, high in taken)]
    for start, end, written in dates:
        figures = written.encode()
        folded[start:end] = figures[:-1].ljust(end - start - 1, INVISIBLE) + figures[-1:]
    for before, digit in (pair for number in numbers for pair in pairwise(number)):
        if gap := digit.start - before.end:
            folded[before.end : digit.start] = b" ".ljust(gap, INVISIBLE)
    said: list[Sequence[Place]] = [*runs, *numbers]
    for start, end, written in (place for run in said for place in run):
        folded[start:end] = _at_an_end(written, end - start, last=False)
    for start, end, written in (run[-1] for run in said):
        folded[start:end] = _at_an_end(written, end - start, last=True)
    return of_folded(reading.text, bytes(folded))


def _dates(text: str) -> Iterator[Place]:
    """Yield the years with their months as figures, where these fit in their place."""
    for match in _date_said().finditer(text):
        year, month = _number(match[1]), _SPECIAL_MONTHS.get(match[2]) or _number(match[2])
        written = f"{month:0>2}/{year}"
        fits = len(year) in (2, 4) and len(written) <= match.end() - match.start()
        if fits and month.isdigit() and 0 < int(month) <= _LAST_MONTH:
            yield *match.span(), written


def _number(said: str) -> str:
    """Return the digits that are said one by one, or with tens and thousands between."""
    if any(mark in said for mark in _THOUSAND):
        said = said[said.find(next(mark for mark in said if mark in _THOUSAND)) + 1 :]
    tens, mark, units = said, "", ""
    for ten in _TEN:
        if ten in said:
            tens, mark, units = said.partition(ten)
    digits = ["".join(digit for *_, digit in _digits(part)) for part in (tens, units)]
    return f"{digits[0] or 1}{digits[1] or 0}" if mark else digits[0]


def _places(match: re.Match[str]) -> Iterator[Place]:
    for start, end, digit in _digits(match[0]):
        yield match.start() + start, match.start() + end, digit


def _digits(said: str) -> Iterator[Place]:
    for word in _word().finditer(said):
        yield *word.span(), unparted_digits()[word[0]]


def _at_an_end(digit: str, size: int, *, last: bool) -> bytes:
    """Return a digit and what no one sees: the last one stands where its word ends."""
    written = digit.encode()
    return written.rjust(size, INVISIBLE) if last else written.ljust(size, INVISIBLE)


@cache
def _word() -> re.Pattern[str]:
    return re.compile(any_of(unparted_digits()))


@cache
def _number_said() -> re.Pattern[str]:
    digit = _word().pattern
    return re.compile(rf"(?:{digit})(?:[{MARKS}]{{0,2}}(?:{digit})){{2,18}}")


@cache
def _date_said() -> re.Pattern[str]:
    """A year and a month: `二七年十月`, `이십칠년 오월`."""
    part = rf"(?:{_word().pattern}|[{_TEN}{_THOUSAND}])"
    return re.compile(rf"({part}{{2,5}})\s?[年년]\s?({part}{{1,2}}|유|시)\s?[月월]")
