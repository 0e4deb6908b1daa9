"""Card numbers that are half in words and half in figures: `4111 1111 one one one one 1111`.

A run of such words and figures may hold a date and a code as well: what of it is a number tells the
check digit, with an issuer that has such numbers.
"""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final

from integration.core.cards.issuers import issuer_of
from integration.core.cards.luhn import is_valid
from integration.core.cards.said import Run, digits_of, size_of

FEWEST: Final = 12
"""Digits of a card number."""
_MOST: Final = 19


class Marked:
    """Where some runs stand in a text, to be asked about many times."""

    def __init__(self, text: str, marked: Iterable[Run]) -> None:
        self._marks = bytearray(len(text))
        for run in marked:
            self.add(run)

    def add(self, run: Run) -> None:
        """Mark one more."""
        start, end = run[0].start, run[-1].end
        self._marks[start:end] = b"\1" * (end - start)

    def holds(self, run: Run, reach: int = 0) -> bool:
        """Return whether one stands where `run` does, or so near to it."""
        return self._marks.find(b"\1", max(run[0].start - reach, 0), run[-1].end + reach) >= 0


def mixed_numbers(text: str, run: Run) -> Iterator[Run]:
    """Yield the numbers of a run in words and figures: without the date or the code beside each."""
    numbers = list(_of_issuers(run))
    if not numbers:
        return
    figures = Marked(text, (part for part, _ in numbers if not has_words(text, part)))
    usual = [part for part, is_usual in numbers if is_usual] or [part for part, _ in numbers]
    done = 0
    for part in usual:
        # Beside a number in figures the words are another one.
        if part[0].start >= done and not figures.holds(part):
            yield part
            done = part[-1].end


def has_words(text: str, run: Run) -> bool:
    """Return whether a run is not all figures."""
    return any(map(str.isalpha, text[run[0].start : run[-1].end]))


def is_number(run: Run) -> bool:
    """Return whether a run has as many digits as a card number and its check digit."""
    return FEWEST <= size_of(run) <= _MOST and is_valid(digits_of(run))


def _of_issuers(run: Run) -> Iterator[tuple[Run, bool]]:
    """Yield what of a run is a number of an issuer, in order, and whether of a usual length."""
    digits = digits_of(run)
    ends = list(accumulate((len(atom.digits) for atom in run), initial=0))
    for first, start in enumerate(ends[:-1]):
        for last in range(bisect_left(ends, start + FEWEST), bisect(ends, start + _MOST)):
            number = digits[start : ends[last]]
            issuer = issuer_of(number)
            if issuer and is_valid(number):
                yield run[first:last], len(number) in issuer.lengths
