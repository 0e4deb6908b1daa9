"""A number that is typed while somebody reads it out, with dots for each wait. Pure.

`45... 71... 16... 66... wait, my glasses... 76... 92... 47... and last 07`: nothing else is written
so, in pairs and with nothing but waits and words between them, that makes a number of a card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from integration.core.cards.meanings import names_another
from integration.core.cards.named import AGAINST
from integration.core.together.dictation.chains import Chain, chain_of
from integration.core.together.dictation.pieces import Piece
from integration.core.words.digit_groups import sizes_of_groups
from integration.core.words.parts import Part, parts_told

# The digit comes first: what must not stand before it is only looked for where one is.
_PART: Final = r"\d(?<![\w.,:/-].)(?<!\d .)\d{{{}}}(?![\w:/-]|[.,]\d| \d)"
_SHORT: Final = _PART.format("0,2")
FOUR: Final = _PART.format("3")
"""A group of four digits that is part of nothing else."""


def _with_waits(wait: str) -> re.Pattern[str]:
    """Parts with waits between them; the last may be announced by words only.

    Of groups of four no more than a number has: of many, some make a number by chance.
    """
    gap = rf"(?=[^\d\n]{{0,60}}{wait})[^\d\n]{{2,80}}"
    return re.compile(
        rf"{_SHORT}(?:{gap}{_SHORT}){{3,24}}(?:[^\d\n]{{2,24}}{_SHORT})?"
        rf"|{FOUR}(?:{gap}{FOUR}){{2}}[^\d\n]{{2,24}}{FOUR}(?![^\d\n]{{2,24}}{FOUR})"
    )


_DOTS, _ELLIPSIS = "...", "\u2026"
_BY_DOTS: Final = _with_waits(r"\.\.")
_BY_ELLIPSES: Final = _with_waits(r"\.")
"""In plain letters an ellipsis is one dot."""
_GAP: Final = r"([^\d\n]{3,16})"
_ONE_BY_ONE: Final = re.compile(
    rf"{FOUR}{_GAP}{FOUR}{_GAP}{FOUR}{_GAP}{FOUR}(?![^\d\n]{{3,24}}{FOUR})"
)
"""`4111, then 1111, and then 1111, finally 1111`, and no more of them."""
_NUMBER: Final = re.compile(r"\d+")
_FEWEST: Final = 4
_BEFORE: Final = 80
"""Characters in which another number is named."""


def halting(raw: str, text: str) -> Iterator[Chain]:
    """The numbers that are said with waits between their parts; `text`: `raw` in plain letters."""
    for said in _said(raw, text):
        pieces = [Piece(*part.span(), part[0]) for part in _NUMBER.finditer(text, *said.span())]
        before = text[max(0, said.start() - _BEFORE) : said.start()]
        if not names_another(before, AGAINST):
            yield from _whole(pieces)


def holds_fours(text: str) -> bool:
    """Return whether as many groups of four digits stand in a text as a number has."""
    return sizes_of_groups(text).count(_FEWEST) >= _FEWEST


def _said(raw: str, text: str) -> Iterator[re.Match[str]]:
    if _DOTS in raw or _ELLIPSIS in raw:
        yield from (_BY_ELLIPSES if _ELLIPSIS in raw else _BY_DOTS).finditer(text)
    for said in _ONE_BY_ONE.finditer(text) if holds_fours(text) else ():
        if all(parts_told(gap) & (Part.NEXT | Part.LAST) for gap in said.groups()):
            yield said


def _whole(pieces: Sequence[Piece]) -> Iterator[Chain]:
    """All of them, or those before and behind which others stand."""
    for first in range(len(pieces) - _FEWEST + 1):
        for end in range(len(pieces), first + _FEWEST - 1, -1):
            if found := chain_of(pieces[first:end]):
                yield found
                return
