"""Two groups of a number that is removed, where they stand alone. Pure.

`4539 1488`, a message later `0343 6467`, and at the end the whole number: what stands in no mask
and names no bank goes as well, in figures or words, and in two groups with a slip that was put
right later. What words before it name otherwise stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from integration.core.cards.heard import digits_in_words
from integration.core.cards.meanings import names_another
from integration.core.cards.named import AGAINST
from integration.core.cards.slip import slips_of
from integration.core.spans import Span
from integration.core.surfaces import Surface
from integration.core.text import Decoded
from integration.core.text.reading import read
from integration.core.together.dictation.pieces import in_words
from integration.core.together.elsewhere import (
    ACROSS,
    Ranges,
    Taken,
    decoded_of,
    moved,
    whole_numbers,
)
from integration.core.words.vocabulary import as_read

_NO_DIGIT: Final = re.compile(r"\D")
_PAIR: Final = re.compile(
    r"(?:(?<![\w.,:/-])(?<!\d[ -])|(?<=\b0x))\d{4}[ -]?\d{4}(?![\w/-]|[.,:]\d|[ -]\d)"
)
"""Two groups; also in a register of a machine: 0x11111111."""
_SENTENCE_ENDS: Final = re.compile(r"(?<!\bno)(?<!nr)(?<!\bref)[.!?;]\s|\n")
_SIZE: Final = 8
"""Digits of two groups."""
_WHOLE: Final = 16
_BEHIND: Final = (4, 8)
"""Where two groups begin that are not the first: those name the bank only."""
_FEWEST_DIGITS: Final = 4
"""Different ones: 0000 0002 is an order as well."""
_MOST: Final = 20
"""Numbers of a ticket; halves of more could be met by chance."""
_LABEL: Final = 24
"""Characters before two groups in which another number is named."""
_LONGEST: Final = 20_000
"""Characters of a text that is read for words."""


class _Halves(NamedTuple):
    """Two groups of each number, with its span, and what a slip makes of them."""

    exact: Mapping[str, Span]
    slipped: Mapping[str, Span]


class _Pair(NamedTuple):
    digits: str
    ranges: Ranges
    is_parted: bool


def spans_of_halves(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]]
) -> dict[str, list[Span]]:
    """Two groups of removed numbers, by surface id.

    `found`: what is known of each place so far.
    """
    numbers = [each for surface in surfaces for each in whole_numbers(surface, found[surface.id])]
    halves = _halves_of(numbers)
    if not halves.exact:
        return {}
    told: dict[str, list[Span]] = {}
    for surface in surfaces:
        decoded, taken = decoded_of(surface), Taken.by(found[surface.id])
        for pair in (*_in_figures(decoded), *_in_words(decoded)):
            span = halves.exact.get(pair.digits)
            if pair.is_parted:
                span = span or halves.slipped.get(pair.digits)
            if span and pair.ranges and not taken.touches(pair.ranges):
                told.setdefault(surface.id, []).append(moved(span, pair.ranges, ACROSS))
    return told


def _halves_of(numbers: Sequence[tuple[Span, Sequence[str]]]) -> _Halves:
    """The halves that name no bank, whichever number they are of; none of many numbers."""
    digits = {_NO_DIGIT.sub("", "".join(pieces)): span for span, pieces in numbers}
    whole = {number: span for number, span in digits.items() if len(number) == _WHOLE}
    banks = {number[:_SIZE] for number in whole}
    exact = {
        half: span
        for number, span in (whole.items() if len(whole) <= _MOST else ())
        for half in (number[at : at + _SIZE] for at in _BEHIND)
        if len(set(half)) >= _FEWEST_DIGITS and half not in banks
    }
    slipped = {
        slip: span for half, span in exact.items() for slip in slips_of(half) if slip not in banks
    }
    return _Halves(exact, slipped)


def _in_figures(decoded: Decoded) -> Iterator[_Pair]:
    text = decoded.text
    for pair in _PAIR.finditer(text):
        before = as_read(text[max(0, pair.start() - _LABEL) : pair.start()])
        if not names_another(_SENTENCE_ENDS.split(before)[-1], AGAINST):
            digits, ranges = _NO_DIGIT.sub("", pair[0]), tuple(decoded.source(*pair.span()))
            yield _Pair(digits, ranges, is_parted=len(pair[0]) > _SIZE)


def _in_words(decoded: Decoded) -> Iterator[_Pair]:
    """Those that are told in words: `five six two five, six six three one`."""
    if len(decoded.text) > _LONGEST:
        return
    reading = read(decoded.text)
    if digits_in_words(reading)[0] < _SIZE:
        return  # quick, as most texts have none
    window = reading.window(0, len(decoded.text))
    for pair in sorted({piece for run in in_words(window.text) for piece in run}):
        if len(pair.digits) == _SIZE:
            ranges = tuple(decoded.source(*window.span(pair.start, pair.end)))
            yield _Pair(pair.digits, ranges, is_parted=False)
