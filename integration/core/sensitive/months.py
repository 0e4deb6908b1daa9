"""The names of months, in any language, and what stands beside them in a date."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from integration.core.text.lazy import lazy
from integration.core.words.index import WORD
from integration.core.words.listed import Listed, any_of, listed
from integration.core.words.stems import stem_of
from integration.core.words.vocabulary import ROMAN_MONTHS, months

DAY: Final = r"(?:0?[1-9]|[12][0-9]|3[01])"
"""Of a month, as a pattern."""
_A_DAY = lazy(DAY)
_ORDINAL = lazy(r"(?:st|nd|rd|th|er|[ao])?(?: (?:of|de))?(?= )")
_YEAR_BEHIND = lazy(r"[ .,]{1,3}(?:de )?(?:19|2[045])[0-9]{2}(?![0-9])")
_ROMAN = lazy(rf"(?:{'|'.join(ROMAN_MONTHS)})[./]")
"""A month in Roman figures has a mark behind it: VII.2028, 2028. V."""
_DAY_BEFORE = lazy(
    r"(?<![0-9./-])(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th|er|[ao])?[.,]?(?:/|[ \t\xa0-]{0,2})"
    r"(?:(?:of|de|den|del)[ \t\xa0])?\Z"
)
_LONGEST_DAY: Final = 12
_LONGEST_NAME: Final = 16
_LONGEST_JOINT: Final = 16
_SHORTEST_NAME: Final = 3
_SHORTEST_TO_DECLINE: Final = 5
_LONGEST_ENDING: Final = 4


def month_before(text: str, year: int) -> int | None:
    """Return where the name of a month begins that belongs to the year at `year`."""
    low = max(0, year - _LONGEST_NAME - _LONGEST_JOINT)
    last, between = None, _joint()
    for word in WORD.finditer(text, low, year):
        joint = between.match(text, word.end())
        if (
            joint
            and joint.end() >= year
            and (is_month(word[0]) or _ROMAN.match(text, word.start(), word.end() + 1))
        ):
            last = word
    return last.start() if last else None


def month_behind(text: str, year: int) -> int | None:
    """Return where the name of a month ends that stands behind a year or a day."""
    joint = _joint_back().match(text, year)
    word = WORD.match(text, joint.end(), joint.end() + _LONGEST_NAME) if joint else None
    if word and (is_month(word[0]) or _ROMAN.match(text, word.start(), word.end() + 1)):
        return word.end()
    return None


@cache
def _joint() -> re.Pattern[str]:
    """Between the name of a month and its year: March, 2027, marzo de 2027, Mar-27, Mar '27."""
    of, year = any_of(listed(Listed.OF)), any_of(listed(Listed.YEAR))
    words = rf"(?:(?:{of}) {{1,2}})?(?:(?:{year})\.? {{1,2}})?"
    return re.compile(rf"[ \t\xa0.,'’`/_+-]{{0,3}}{words}'?")


@cache
def _joint_back() -> re.Pattern[str]:
    year = any_of(listed(Listed.YEAR))
    return re.compile(rf"[ \t\xa0.,'’/_-]{{1,3}}(?:(?:{year})[., ]{{1,2}})?")


def is_month(word: str) -> bool:
    """Return whether `word` (in plain letters) is the name of a month in any language."""
    long = len(word) >= _SHORTEST_NAME or not word.isascii()  # vowel signs are not counted
    return long and (word in months() or stem_of(word) in _stems() or _is_declined(word))


def _is_declined(word: str) -> bool:
    """Return whether a word is the full name of a month with an ending: syyskuuhun."""
    shortest = max(_SHORTEST_TO_DECLINE, len(word) - _LONGEST_ENDING)
    return any(word[:size] in months() for size in range(shortest, len(word)))


@cache
def _stems() -> frozenset[str]:
    return frozenset(stem_of(name) for name in months() if len(name) > _SHORTEST_NAME)


def day_before(text: str, month: int) -> re.Match[str] | None:
    """Return the day that stands before a month: 26. nov, 26th of November."""
    return _DAY_BEFORE.search(text, max(0, month - _LONGEST_DAY), month)


def day_of(text: str, start: int, end: int) -> int | None:
    """Return where a date ends that begins with its day: 23 Nov 2026, 23rd of November 2026."""
    if not _A_DAY.fullmatch(text, start, end):
        return None
    ordinal = _ORDINAL.match(text, end)
    month = month_behind(text, ordinal.end() if ordinal else end)
    year = _YEAR_BEHIND.match(text, month) if month else None
    return year.end() if year else None
