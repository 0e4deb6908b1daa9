"""Which digits of a number some are, where they are counted: digits 5-8, [2], III."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from integration.core.text.lazy import lazy
from integration.core.words.digit_groups import sizes_of_groups
from integration.core.words.listed import Listed, any_of, listed

_TO: Final = ("-", "\u2013", "\u2014", "/")
_MARK: Final = lazy(
    r"(?:(?<![\w.,/-])|(?<=\w)(?=\[))[\[(#]?(?:([1-5])|(i{1,3}|iv|v))[\])]?"
    r"(?: ?(?:[:.)=-]|\u2013|->|=>)[ \t]?|(?<=ii|iv)[ \t])\Z"
)
# This and `_positions_begun` begin with one letter of few, not with what must not be before it:
# so they are searched for faster.
_MARK_BEGUN: Final = lazy(r"[1i](?<![^\W_].)(?:[\])]? ?(?:[:.)=-]|\u2013|->|=>)|i)[ \t]?\d")
_DOTS: Final = ("..", "\u2026")
_LEFT_OPEN: Final = lazy(r"(?:\.{2,4}|\u2026)[ \t\r]*(?:\n|\Z)")
_ROMAN: Final = ("i", "ii", "iii", "iv", "v")
_LONGEST: Final = 19
"""Digits of a card number."""


def positions_told(words: str) -> tuple[int, int] | None:
    """Return the first and the last place that some words (in plain letters) name, from 1 on.

    >>> positions_told("digits 5-12:"), positions_told("siffra 5 till 8 ar"), positions_told("7-2")
    ((5, 12), (5, 8), None)
    """
    found = _positions().findall(words)
    if not found:
        return None
    low, high = map(int, found[-1])
    return (low, high) if 0 < low < high <= _LONGEST else None


def without_positions(words: str) -> str:
    """Return the words with no figures in place of such positions."""
    return _positions().sub(lambda found: "p" * len(found[0]), words)


@cache
def _positions() -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.,:/-])(\d\d?) ?(?:{_to()}) ?(\d\d?)(?![\d.,/]\d|\d)")


def _to() -> str:
    return any_of({*_TO, *listed(Listed.UP_TO)})


def mark_told(words: str) -> int | None:
    """Return the place of a part that is counted with nothing but a mark right before it.

    >>> mark_told("number[2]: "), mark_told("iv - "), mark_told("room 2 ")
    (2, 4, None)
    """
    found = _MARK.search(words)
    if found is None:
        return None
    return int(found[1]) if found[1] else _ROMAN.index(found[2]) + 1


def may_count_parts(text: str) -> bool:
    """Return whether a text may count the parts of a number, or its digits, from 1 on.

    Or leave a number open: 4111 1111 ...
    """
    is_open = any(dots in text for dots in _DOTS) and _LEFT_OPEN.search(text) is not None
    if is_open or _MARK_BEGUN.search(text) is not None:
        return True
    return 1 in sizes_of_groups(text) and _positions_begun().search(text) is not None


@cache
def _positions_begun() -> re.Pattern[str]:
    return re.compile(rf"1(?<![\w.,:/-].) ?(?:{_to()}) ?[1-9]")
