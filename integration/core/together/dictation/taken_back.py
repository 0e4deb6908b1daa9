"""A number whose last group is taken back amid it, and said again with the rest. Pure.

`49 25 87 59 56 no sorry 46 71 81 69`: pairs are no pieces of a number by themselves, for telephone
numbers are written so; here the two rows are one without the pair that was wrong. In words no
groups show: `five one seven four no sorry four one seven four one six six six` takes back as many
digits as it has too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from integration.core.together.dictation.chains import Chain, chain_of
from integration.core.together.dictation.doubts import ANOTHER
from integration.core.together.dictation.pieces import Piece
from integration.core.words.correcting import corrects

_ROW: Final = re.compile(r"(?<![\w.,+/-])\d{1,6}(?:(?:[ .]| ?- ?)\d{1,6}){1,9}(?![\w/-]|[.,]\d)")
_GROUP: Final = re.compile(r"\d+")
_WIDEST: Final = 40
"""Characters between the two rows."""
_MOST_BACK: Final = 2
"""Groups that are taken back."""
_BREATH: Final = 12
"""Characters between words for digits that nobody parts: `four one um six`."""
_SIZES: Final = (16, 15, 14)
"""Digits of most cards, the most usual first."""
_MOST_DIGITS_BACK: Final = 8


def taken_back(text: str, said: Iterable[Sequence[Piece]] = ()) -> Iterator[Chain]:
    """The numbers of which a group is said again; `text` is in plain letters.

    `said`: the pieces of it in words, in order, for each language.
    """
    yield from _in_figures(text)
    for pieces in said:
        yield from _in_words(text, pieces)


def _in_words(text: str, pieces: Sequence[Piece]) -> Iterator[Chain]:
    for one, other in pairwise(_breaths(text, pieces)):
        between = text[one[-1].end : other[0].start]
        if len(between) <= _WIDEST and between.count("\n") <= 1 and corrects(between):
            begun, rest = (_digits(row) for row in (one, other))
            for size in _SIZES:
                back = len(begun) + len(rest) - size
                number = begun[:-back] + rest if back > 0 else ""
                is_some = back <= min(_MOST_DIGITS_BACK, len(begun) - 1)
                if is_some and (found := chain_of((*one, *other), number)):
                    yield found
                    break


def _breaths(text: str, pieces: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    """The pieces that follow each other with hardly anything between."""
    row: tuple[Piece, ...] = ()
    for piece in pieces:
        between = text[row[-1].end : piece.start] if row else ""
        if row and (len(between) > _BREATH or corrects(between)):
            yield row
            row = ()
        row = (*row, piece)
    if row:
        yield row


def _digits(row: Iterable[Piece]) -> str:
    return "".join(piece.digits for piece in row)


def _in_figures(text: str) -> Iterator[Chain]:
    rows = list(_ROW.finditer(text))
    for one, other in pairwise(rows):
        between = text[one.end() : other.start()]
        is_close = len(between) <= _WIDEST and between.count("\n") <= 1
        if is_close and not ANOTHER.search(between) and corrects(between):
            for number in _without_the_last(one[0], other[0]):
                if found := chain_of((_piece(one), _piece(other)), number):
                    yield found
                    break


def _without_the_last(row: str, rest: str) -> Iterator[str]:
    groups, behind = _GROUP.findall(row), "".join(_GROUP.findall(rest))
    for back in range(1, min(_MOST_BACK, len(groups) - 1) + 1):
        yield "".join(groups[:-back]) + behind


def _piece(row: re.Match[str]) -> Piece:
    return Piece(*row.span(), "".join(_GROUP.findall(row[0])))
