"""Short words for born that mean it only right before a full date: `(f. 12.03.84)`, `n. 3/5/61`.

They stand in the files of the languages (`born`, `born_long_ago`). What has other meanings there,
as `n.` for a number, counts before dates of long ago alone.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from integration.core.hits import Hit
from integration.core.identifiers.dates import date_at, is_long_ago
from integration.core.spans import Kind
from integration.core.words.index import FIRST_UNPARTED
from integration.core.words.vocabulary import words_for_born

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.identifiers.stretch import Stretch

_MARK: Final = r"(?P<mark>[.:]{0,2}) {0,2}"
_STAR: Final = r"(?<=[\w,;(] )\*|(?<=[\w(])\*"
"""A star stands for born where it does not begin a line."""
_MONTH_FIRST: Final = re.compile(r"[^\W\d_]{3,14}\.? {1,2}")
_SHORTEST_BEFORE_A_BLOCK: Final = 3
"""Shorter words need their dot before `640930`, which is any number else."""
_SURE: Final = 0.9


def dates_behind_short_words(stretch: Stretch) -> Iterator[Hit]:
    """Return the dates that stand right behind a short word for born."""
    text = stretch.text
    for match in _words().finditer(text):
        at = match.end()
        month = _MONTH_FIRST.match(text, at)
        span = date_at(text, at, at) or (date_at(text, month.end(), at) if month else None)
        if span and span[0] == at and _may_say_born(match, text[slice(*span)]):
            yield Hit(*stretch.window.span(*span), Kind.DOB, _SURE, ("birth-word",))


def _may_say_born(match: re.Match[str], date: str) -> bool:
    word = match["word"]
    if word is None:
        return is_long_ago(date, 0, len(date))
    return bool(match["mark"]) or len(word) >= _SHORTEST_BEFORE_A_BLOCK or not date.isdigit()


@cache
def _words() -> re.Pattern[str]:
    surely, perhaps = (_any_of(words_for_born(long_ago=ago)) for ago in (False, True))
    return re.compile(rf"(?:(?P<word>{surely})|{perhaps}|{_STAR}){_MARK}(?=\w)")


def _any_of(words: frozenset[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(
        re.escape(word)
        if word[0] >= FIRST_UNPARTED
        else rf"(?<![\w'’]){re.escape(word)}(?![^\W\d])"
        for word in longest_first
    )
