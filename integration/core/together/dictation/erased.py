"""A number with slips that were erased, where the keys that did so are written out. Pure.

`5213-6594-499<BS>83-5979`, `4111 11112^H 1111 1111`: real-time text keeps each key, and so do the
logs of terminals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from integration.core.cards.meanings import names_another
from integration.core.cards.named import AGAINST
from integration.core.together.dictation.chains import Chain, chain_of
from integration.core.together.dictation.pieces import Piece
from integration.core.words.naming import speaks_of_card

_MARKS: Final = ("<b", "[b", "{b", "<d", "[d", "{d", "^h", "^?", "\\b")
"""One of them is where something is erased: so it is looked for where there may be one."""
_ERASES: Final = r"(?:[<\[{](?:bs|bksp|bkspc|backspace|del|delete|back)[>\]}]|\^[h?]|\\b)"
_KEY: Final = re.compile(rf"({_ERASES})|(.)", re.DOTALL)
_TYPED: Final = re.compile(
    rf"\d(?<![\w.,/+-].)(?:[ .-]{{0,2}}(?:\d|(?:[a-z ]?{_ERASES}){{1,8}})){{12,60}}"
)
_ERASED: Final = re.compile(_ERASES)
_BEFORE: Final = 120
"""Characters before a number in which a card is named."""
_BEHIND: Final = 60
_NEARER: Final = 40
"""Characters in which another number is named."""


def erased(text: str) -> Iterator[Chain]:
    """The numbers of a text, in plain letters, that are right without what was erased."""
    if not any(mark in text for mark in _MARKS):
        return
    for typed in _TYPED.finditer(text):
        digits = "".join(filter(str.isdecimal, _left_of(typed[0])))
        found = chain_of([Piece(*typed.span(), digits)]) if _ERASED.search(typed[0]) else None
        if found and _is_of_a_card(text, *typed.span()):
            yield found


def _is_of_a_card(text: str, start: int, end: int) -> bool:
    """Whether a card is named near, in words that may have slips as well, and no other number."""
    before = _left_of(text[max(0, start - _BEFORE) : start])
    if names_another(before[-_NEARER:], AGAINST):
        return False
    return speaks_of_card(before) or speaks_of_card(text[end : end + _BEHIND])


def _left_of(typed: str) -> str:
    """What is left of some keys, each with what it erases gone."""
    left: list[str] = []
    for key in _KEY.finditer(typed):
        if key[1]:
            del left[-1:]
        else:
            left.append(key[2])
    return "".join(left)
