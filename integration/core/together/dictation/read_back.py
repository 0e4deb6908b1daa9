"""A number that the other side reads back, group by group, and nobody calls a card. Pure.

`Agent: so that's 4111? Caller: yes Agent: 1111? Caller: yep Agent: 1111, and then 1111?`: four
groups that are asked for one by one, with nothing but consent between them, that make a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from integration.core.cards.meanings import names_another
from integration.core.cards.named import AGAINST
from integration.core.together.dictation.chains import Chain, chain_of
from integration.core.together.dictation.halting import FOUR, holds_fours
from integration.core.together.dictation.pieces import Piece
from integration.core.words.index import WORD
from integration.core.words.listed import Listed, listed
from integration.core.words.parts import Part, parts_told

_GAP: Final = r"([^\d]{1,60})"
_GROUPS: Final = re.compile(rf"{FOUR}{_GAP}{FOUR}{_GAP}{FOUR}{_GAP}{FOUR}(?!{_GAP}{FOUR})")
_SPEAKER: Final = re.compile(r"(?<=\n)[^\n:>\d]{1,30}[:>]")
_NUMBER: Final = re.compile(r"\d+")
_FEWEST_TURNS: Final = 2
"""Gaps in which somebody else speaks."""
_BEFORE: Final = 80
"""Characters in which another number is named."""
_LINES: Final = 2
"""The same: the line of the first group and the one before."""


def read_back(text: str) -> Iterator[Chain]:
    """The numbers that are read back; `text` is in plain letters and has no heads of lines."""
    for said in _GROUPS.finditer(text) if holds_fours(text) else ():
        gaps = said.groups()[:-1]
        turns = sum("\n" in gap for gap in gaps)
        if turns < _FEWEST_TURNS or not all(map(_is_consent, gaps)) or "?" not in "".join(gaps):
            continue
        groups = _NUMBER.finditer(text, *said.span())
        found = chain_of([Piece(*group.span(), group[0]) for group in groups])
        before = text[max(0, said.start() - _BEFORE) : said.start()].split("\n")[-_LINES:]
        if found and not names_another("\n".join(before), AGAINST):
            yield found


def _is_consent(gap: str) -> bool:
    """Whether nothing but `yes` and `and then` is said between two groups, whoever says it."""
    words = set(WORD.findall(_SPEAKER.sub(" ", gap))) - listed(Listed.AGREES)
    return all(word.isalpha() and parts_told(word) & Part.NEXT for word in words)
