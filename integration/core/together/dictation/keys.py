"""A number that is typed on a telephone, as a system logs it: one key in each line. Pure.

`11:44:35.440 DTMF 4`, `{"event": "dtmf", "digit": "4"}`: the lines are alike but for their times
and for one digit. Or they stand in one line, each with a name: `KEY[4] KEY[1]`. Where the key is
one that takes the last digit back (`KEY CORR`), that is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from integration.core.cards.issuers import Issuer, issuer_of
from integration.core.cards.luhn import is_valid
from integration.core.cards.published import is_repeating
from integration.core.together.dictation.chains import Chain
from integration.core.together.dictation.pieces import Piece
from integration.core.words.listed import Listed, listed

_LINE: Final = re.compile(r"[^\n]*\S[^\n]*")
_NUMBER: Final = re.compile(r"\d+")
_LAST_WORD: Final = re.compile(r"(?<![^\W_])([^\W\d_]{2,12})\W{0,4}\Z")
_NAME: Final = 18
"""Characters at the end of a line in which the name of a key stands."""
_WITHIN: Final = (
    "dtmf",
    "digit",
    "press",
    "ziffer",
    "siffer",
    "siffra",
    "ciffer",
    "touche",
    "toets",
)
_BEGINNINGS: Final = ("key", "tone", "tast", "tecla")
"""Of words for a key; the others may stand within one."""
_NAMES_KEYS: Final = re.compile(rf"\b(?:{'|'.join(_BEGINNINGS)})|{'|'.join(_WITHIN)}")
_OF_KEYS: Final = re.compile(rf"\b0:0|{_NAMES_KEYS.pattern}")
"""In the frame of a line: a clock, or a word for a key."""
_SIZES: Final = (16, 15, 14, 19, 18, 17, 13)
_USUAL: Final = range(15, 17)
_FEWEST: Final = min(_SIZES)
_LONGEST: Final = 240
"""Characters of a line."""
_MENU: Final = range(4)
"""Keys before a number: for its language, for the payment."""
_BEHIND: Final = frozenset({3, 4, 7, 8})
"""Keys behind a number that are its date and its code."""


_NAMED: Final = re.compile(r"(?<![^\W_])([a-z]{3,12}[\[(=:]{1,2})([0-9])(?![0-9])")
"""A key with its name, in a line of many."""


_MARKS: Final = "[(=:"
"""Behind such a name."""


class _Line(NamedTuple):
    frame: str
    numbers: tuple[tuple[int, int], ...]


def keys(text: str, of_keys: re.Pattern[str] = _OF_KEYS) -> Iterator[Chain]:
    """The numbers whose digits stand in lines that are alike, or behind names that are.

    `of_keys`: what of a line says that keys are logged.
    """
    yield from _in_a_row(text)
    if text.count("\n") < _FEWEST - 1:
        return
    for frame, alike in groupby(_lines(text), key=lambda line: line.frame):
        lines = list(alike)
        if len(lines) >= _FEWEST and of_keys.search(frame):
            yield from _in_columns(text, lines)


def typed_keys(text: str) -> Iterator[Chain]:
    """Those that need no word for a card: little else of their length is typed on a telephone."""
    are_few = text.count("\n") < _FEWEST - 1 and max(map(text.count, _MARKS)) < _FEWEST
    if are_few or not any(word in text for word in (*_WITHIN, *_BEGINNINGS)):
        return
    yield from (chain for chain in keys(text, _NAMES_KEYS) if len(chain.number) in _USUAL)


def _in_a_row(text: str) -> Iterator[Chain]:
    """The numbers each digit of which stands behind the same name of a key."""
    if not _NAMES_KEYS.search(text):
        return
    for name, alike in groupby(_NAMED.finditer(text), key=lambda key: key[1]):
        pieces = [Piece(*key.span(2), key[2]) for key in alike]
        if (
            len(pieces) >= _FEWEST
            and _NAMES_KEYS.search(name)
            and (chain := one_by_one(pieces, _MENU))
        ):
            yield chain


def _lines(text: str) -> Iterator[_Line]:
    erasing = listed(Listed.ERASING_KEYS)
    for line in _LINE.finditer(text):
        start, end = line.span()
        if end - start > _LONGEST:
            yield _Line("", ())
            continue
        numbers = tuple(number.span() for number in _NUMBER.finditer(text, start, end))
        last = _LAST_WORD.search(text, max(start, end - _NAME), end)
        if numbers and last and last[1] in erasing:
            frame = text[start : last.start(1)] + "0" + text[last.end(1) : end]
            yield _Line(_NUMBER.sub("0", frame), (*numbers, last.span(1)))
        else:
            yield _Line(_NUMBER.sub("0", line[0]) if numbers else "", numbers)


def _in_columns(text: str, lines: list[_Line]) -> Iterator[Chain]:
    for column in zip(*(line.numbers for line in lines), strict=True):
        pieces = _typed([Piece(start, end, text[start:end]) for start, end in column])
        if all(len(piece.digits) == 1 for piece in pieces) and (chain := one_by_one(pieces, _MENU)):
            yield chain
            return


def _typed(pieces: Iterable[Piece]) -> list[Piece]:
    """What is left of some keys, without those that were taken back."""
    left: list[Piece] = []
    for piece in pieces:
        if piece.digits.isdecimal():
            left.append(piece)
        else:
            del left[-1:]
    return left


def one_by_one(pieces: Sequence[Piece], before: Iterable[int] = (0,)) -> Chain | None:
    """The number that single digits make, perhaps with its date and its code behind.

    `before`: how many digits may stand before it.
    """
    digits = "".join(piece.digits for piece in pieces)
    for at in before:
        for size in _SIZES:
            number, rest = digits[at : at + size], len(digits) - at - size
            if (rest == 0 or rest in _BEHIND) and (issuer := _issuer(number)):
                return Chain(tuple(pieces[at:]), number, issuer)
    return None


def _issuer(digits: str) -> Issuer | None:
    number, half = digits.encode(), len(digits) // 2
    if not is_valid(number) or is_repeating([number[:half], number[half:]]):
        return None
    issuer = issuer_of(number)
    return issuer if issuer and len(number) in issuer.told else None
