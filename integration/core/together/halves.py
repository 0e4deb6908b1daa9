"""Two groups of a number that is removed, where they stand alone. Pure.

`4111 1111`, a message later `2222 1111`, and at the end the whole number: what stands in no mask
and names no bank goes as well, in figures or words, and with a slip that was put right later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from integration.core.cards.heard import digits_in_words
from integration.core.cards.slip import is_slip
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

_NO_DIGIT: Final = re.compile(r"\D")
_PAIR: Final = re.compile(r"(?<![\w.,:/-])(?<!\d[ -])\d{4}[ -]?\d{4}(?![\w/-]|[.,:]\d|[ -]\d)")
_SIZE: Final = 8
"""Digits of two groups."""
_WHOLE: Final = 16
_BEHIND: Final = (4, 8)
"""Where two groups begin that are not the first: those name the bank only."""
_LONGEST: Final = 20_000
"""Characters of a text that is read for words."""

_Halves = Mapping[str, Span | None]
"""Two groups of a number, and its span; None for the first two, which may stay."""


def spans_of_halves(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]]
) -> dict[str, list[Span]]:
    """Two groups of removed numbers, by surface id.

    `found`: what is known of each place so far.
    """
    numbers = [each for surface in surfaces for each in whole_numbers(surface, found[surface.id])]
    halves = {half: span for number in numbers for half, span in _halves(*number)}
    if not halves:
        return {}
    told: dict[str, list[Span]] = {}
    for surface in surfaces:
        decoded, taken = decoded_of(surface), Taken.by(found[surface.id])
        for digits, ranges in (*_in_figures(decoded), *_in_words(decoded)):
            span = _meant(digits, halves)
            if span and ranges and not taken.touches(ranges):
                told.setdefault(surface.id, []).append(moved(span, ranges, ACROSS))
    return told


def _halves(span: Span, pieces: Sequence[str]) -> Iterator[tuple[str, Span | None]]:
    digits = _NO_DIGIT.sub("", "".join(pieces))
    if len(digits) == _WHOLE:
        yield from ((digits[at : at + _SIZE], span) for at in _BEHIND)
        yield digits[:_SIZE], None


def _in_figures(decoded: Decoded) -> Iterator[tuple[str, Ranges]]:
    for pair in _PAIR.finditer(decoded.text):
        yield _NO_DIGIT.sub("", pair[0]), tuple(decoded.source(*pair.span()))


def _in_words(decoded: Decoded) -> Iterator[tuple[str, Ranges]]:
    """Those that are told in words: `five six two five, six six three one`."""
    if len(decoded.text) > _LONGEST:
        return
    reading = read(decoded.text)
    if digits_in_words(reading)[0] < _SIZE:
        return  # quick, as most texts have none
    window = reading.window(0, len(decoded.text))
    for pair in sorted({piece for run in in_words(window.text) for piece in run}):
        if len(pair.digits) == _SIZE:
            yield pair.digits, tuple(decoded.source(*window.span(pair.start, pair.end)))


def _meant(digits: str, halves: _Halves) -> Span | None:
    """The span of the number that some digits are of, or are but for a slip."""
    if digits in halves:
        return halves[digits]
    return next((span for half, span in halves.items() if span and is_slip(digits, half)), None)
