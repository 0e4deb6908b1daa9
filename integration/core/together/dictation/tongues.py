"""The languages in which the number words of a text are said, two of them in one number. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import permutations
from typing import Final

from integration.core.words.index import WORD
from integration.core.words.numbers import Numbers, all_begins, both, languages

_FEWEST: Final = 4
"""Number words of a language in a text that is read in it."""
_FEWEST_MORE: Final = 3
"""Different words that only the second of two languages has."""
_MOST: Final = 3


def most_said(text: str) -> list[Numbers]:
    """The languages in which most number words are said."""
    said = _said(text)
    found = [
        (sum(times for word, times in said.items() if word in language.begins), -at, language)
        for at, language in enumerate(languages())
    ]
    most = sorted(found, key=lambda each: each[:2], reverse=True)[:_MOST]
    return [language for times, _, language in most if times >= _FEWEST]


def mixed(text: str, among: list[Numbers]) -> Iterator[Numbers]:
    """Two of these languages as one, where some words are said in the second only."""
    said = _said(text).keys()
    for one, other in permutations(among, 2):
        if len(said & (other.begins - one.begins)) >= _FEWEST_MORE <= len(said & one.begins):
            yield both(one, other)


def _said(text: str) -> Mapping[str, int]:
    begins = all_begins()
    return Counter(word for word in WORD.findall(text) if word in begins)
