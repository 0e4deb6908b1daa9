"""Words for digits that touch each other, taken apart: `dreieins` is `drei` and `eins`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from integration.core.cards.said import Atom, Run
from integration.core.words.listed import any_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def touching(text: str, start: int, end: int, units: Mapping[str, str]) -> Iterator[Run]:
    """Yield the words of one language in a stretch that touch each other, as many as can be.

    Where one ends is not seen: in `dreieins` it is no `dreie`.
    """
    ahead: dict[int, Atom] = {}
    many = dict.fromkeys(range(start, end + 1), 0)
    begun = [match.start() for match in _begins(tuple(units)).finditer(text, start, end)]
    for at in reversed(begun):
        for word, digit in units.items():
            behind = at + len(word)
            if text.startswith(word, at, end) and many[behind] >= many[at]:
                ahead[at], many[at] = Atom(at, behind, digit), many[behind] + 1
    done = start
    for at in begun:
        if at >= done:
            run = [ahead[at]]
            while run[-1].end in ahead:
                run.append(ahead[run[-1].end])
            done = run[-1].end
            yield run


@cache
def _begins(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"(?={any_of(words)})")
