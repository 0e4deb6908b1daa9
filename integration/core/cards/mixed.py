"""Card numbers that are half in words and half in figures: `4111 1111 one one one one 1111`.

A run of such words and figures may hold a date and a code as well: what of it is a number tells the
check digit, with an issuer that has such numbers.
"""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from integration.core.cards.issuers import issuer_of
from integration.core.cards.luhn import is_valid
from integration.core.cards.said import Run, Token, beginnings, digits_of, runs, size_of
from integration.core.cards.touching import touching

if TYPE_CHECKING:
    from integration.core.words.numbers import Numbers

FEWEST: Final = 12
"""Digits of a card number."""
_MOST: Final = 19
_GROUP: Final = 8
"""Digits in figures among the words."""


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


def half_in_figures(
    text: str, words: Sequence[Token], languages: Iterable[Numbers]
) -> Iterator[Run]:
    """Yield the numbers among words and figures, in whatever of these languages."""
    for language in languages:
        parted = list(_parted(text, words, language))
        for run in runs(text, parted, beginnings(parted), language, _GROUP):
            yield from _mixed_numbers(text, run)


def _parted(text: str, words: Iterable[Token], language: Numbers) -> Iterator[Token]:
    """Yield the words; those for digits that are glued to each other and to figures apart."""
    for token in words:
        yield from _glued(text, token, language) or [token]


def _glued(text: str, token: Token, language: Numbers) -> list[Token]:
    """Return the words for digits that a word beside figures is made of; none if of others too."""
    word, start, *_ = token
    if word in language.begins or not _at_figures(text, token):
        return []
    found = next(touching(word, 0, len(word), language.units), [])
    if sum(atom.end - atom.start for atom in found) < len(word):
        return []
    return [Token(word[at.start : at.end], start + at.start, start + at.end) for at in found]


def _at_figures(text: str, token: Token) -> bool:
    around = text[max(token.start - 1, 0) : token.start], text[token.end : token.end + 1]
    return any(map(str.isdigit, around))


def _mixed_numbers(text: str, run: Run) -> Iterator[Run]:
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
