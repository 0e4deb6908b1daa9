"""A number that is typed on a telephone, as a system logs it: one key in each line. Pure.

`11:44:35.440 DTMF 4`, `{"event": "dtmf", "digit": "4"}`: the lines are alike but for their times
and for one digit.
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

_LINE: Final = re.compile(r"[^\n]*\S[^\n]*")
_NUMBER: Final = re.compile(r"\d+")
_OF_KEYS: Final = re.compile(
    r"\b0:0|dtmf|\bkey|digit|\btones?\b|press|\btast|\btaste|ziffer|siffer|siffra|ciffer|touche"
    r"|\btecla|\btasto|toets"
)
"""In the frame of a line: a clock, or a word for a key."""
_SIZES: Final = (16, 15, 14, 19, 18, 17, 13)
_FEWEST: Final = min(_SIZES)
_LONGEST: Final = 240
"""Characters of a line."""
_MENU: Final = range(4)
"""Keys before a number: for its language, for the payment."""
_BEHIND: Final = frozenset({3, 4, 7, 8})
"""Keys behind a number that are its date and its code."""


class _Line(NamedTuple):
    frame: str
    numbers: tuple[tuple[int, int], ...]


def keys(text: str) -> Iterator[Chain]:
    """The numbers whose digits stand in lines that are alike, one in each."""
    if text.count("\n") < _FEWEST - 1:
        return
    for frame, alike in groupby(_lines(text), key=lambda line: line.frame):
        lines = list(alike)
        if len(lines) >= _FEWEST and _OF_KEYS.search(frame):
            yield from _in_columns(text, lines)


def _lines(text: str) -> Iterator[_Line]:
    for line in _LINE.finditer(text):
        start, end = line.span()
        if end - start > _LONGEST:
            yield _Line("", ())
            continue
        numbers = tuple(number.span() for number in _NUMBER.finditer(text, start, end))
        yield _Line(_NUMBER.sub("0", line[0]) if numbers else "", numbers)


def _in_columns(text: str, lines: list[_Line]) -> Iterator[Chain]:
    for column in zip(*(line.numbers for line in lines), strict=True):
        if all(end - start == 1 for start, end in column):
            pieces = [Piece(start, end, text[start:end]) for start, end in column]
            if chain := one_by_one(pieces, _MENU):
                yield chain
                return


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
