"""Dates in any usual form: figures, names of months, eras; the year in two digits or in four."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from integration.core.identifiers.days import is_day
from integration.core.text.lazy import lazy
from integration.core.words.listed import Listed, any_of, listed
from integration.core.words.vocabulary import ROMAN_MONTHS, months, months_of_other_calendars

LONGEST: Final = 40
"""Characters that a date may take."""

_JOINT: Final = r"(?: ?[./\-,·_] ?| )"
_END: Final = r"(?![0-9]|[./-][0-9])"
_NUMERIC: Final = lazy(
    rf"(?P<day>[0-9]{{1,2}}){_JOINT}(?P<month>[0-9]{{1,2}}){_JOINT}'?(?P<year>[0-9]{{4}}|[0-9]{{2}}){_END}"
)
_YEAR_FIRST: Final = lazy(
    rf"(?P<year>[0-9]{{4}}|[0-9]{{2}}(?=[年년]))(?:{_JOINT}|\.? |[年년]\s?|\w\. ?)"
    rf"(?P<month>[0-9]{{1,2}})(?:{_JOINT}|[月월]\s?)(?P<day>[0-9]{{1,2}})(?:\s?[日일])?{_END}"
)
_SOLID: Final = lazy(rf"(?P<all>[0-9]{{8}}|[0-9]{{6}})(?! ?-? ?[0-9]){_END}")
_NAMED: Final = lazy(
    rf"(?P<day>[0-9]{{1,2}})(?P<name>[^0-9\n\x00]{{1,26}})(?P<year>[0-9]{{4}}|[0-9]{{2}}){_END}"
)
_NAMED_YEAR_FIRST: Final = lazy(
    rf"(?P<year>[0-9]{{4}})(?P<name>[^0-9\n\x00]{{3,24}})(?P<day>[0-9]{{1,2}}){_END}"
)
_COUNTED: Final = lazy(
    r"(?P<day>[0-9]{1,2}),? ?[^\W\d_]{1,5}\.? ?(?P<month>[0-9]{1,2}),? ?"
    rf"(?:[^\W\d_]{{1,5}} ?)?(?P<year>[0-9]{{4}}){_END}"
)
"""`14 tháng 2 năm 1971`, `14 de 02 de 1971`."""
_NAMED_LAST: Final = lazy(
    r"(?P<year>[0-9]{4})[^0-9\n\x00]{1,10}(?P<day>[0-9]{1,2})\.? (?P<name>[^\W\d_]{3,14})"
)
_NAME_FIRST: Final = lazy(
    r"(?P<name>[^\W\d_]{3,14})\.? {0,2}(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?,? {1,2}"
    rf"'?(?P<year>[0-9]{{4}}|[0-9]{{2}}){_END}"
)
LONGEST_ERA: Final = 5
"""Characters of the name of an era and the blanks behind it."""
_FORMS: Final = (_NUMERIC, _YEAR_FIRST, _NAMED, _COUNTED, _NAMED_YEAR_FIRST, _NAMED_LAST, _SOLID)
_BETWEEN_WORDS: Final = lazy(r"[\s.,/'’()\-]+")
_GLUING: Final = ("\u0590", "\u08ff")
"""Hebrew and Arabic write `in` and `of` as a letter of the next word."""
_SHORT_MONTH: Final = 3
_MONTH_STEM: Final = 4
# Common era, Buddhist era, and the Persian and Islamic calendars.
_YEARS: Final = (range(1890, 2036), range(2433, 2579), range(1290, 1460))

_LONG_AGO: Final = lazy(
    r"(?<![0-9])(?:1[3489][0-9]{2}|20[01][0-9]|2[45][0-9]{2})(?![0-9])|年|[./-][3-9][0-9]\Z"
)
"""Years before 2020 of the common era, those of other calendars, and those of an emperor."""


def is_long_ago(date: str) -> bool:
    """Return whether a date is older than what tickets are about."""
    return _LONG_AGO.search(date) is not None


def date_at(text: str, at: int, low: int) -> tuple[int, int] | None:
    """Return the span of the date whose first digit stands at `at`; its month may stand before.

    What stands before it begins at `low`: it may touch a label, no other word.
    """
    for era in _era().finditer(text, max(low, at - LONGEST_ERA), at + LONGEST):
        if era.start() < at < era.end() and is_day(int(era["day"]), int(era["month"])):
            return era.span()
    if at > low and text[at - 1].isascii() and text[at - 1].isalpha():
        return None
    for form in _FORMS:
        match = form.match(text, at)
        if match and _is_date(match):
            return match.span()
    for match in _NAME_FIRST.finditer(text, max(low, at - 18), at + LONGEST):
        if match.start("day") == at and _is_date(match):
            return match.span()
    return None


@cache
def _era() -> re.Pattern[str]:
    """Years from the first of an emperor, or of the Republic of China: `昭和54年3月21日`."""
    eras = any_of(listed(Listed.ERAS))
    return re.compile(
        rf"(?:{eras}|(?<![^\W\d_])[mtshr]\.?) ?(?:[0-9]{{1,3}}|元)[年./-] ?"
        rf"(?P<month>[0-9]{{1,2}})[月./-] ?(?P<day>[0-9]{{1,2}})日?{_END}"
    )


def _is_date(match: re.Match[str]) -> bool:
    parts = match.groupdict()
    if whole := parts.get("all"):
        return _is_solid(whole)
    if not _is_year(parts["year"]):
        return False
    day = int(parts["day"])
    if "name" in parts:
        return 1 <= day <= 31 and _has_month(parts["name"])
    month = int(parts["month"])
    year_first = len(parts["year"]) == 2 and is_day(int(parts["year"]), month)
    return is_day(day, month) or is_day(month, day) or year_first


def _is_solid(digits: str) -> bool:
    """Return whether six or eight digits are a date: the year first or last."""
    if len(digits) == 8:
        first, last = digits[:4], digits[4:]
        return (_is_year(first) and _is_day_month(last)) or (
            _is_year(last) and _is_day_month(first)
        )
    return _is_day_month(digits[:4]) or _is_day_month(digits[2:])


def _is_day_month(digits: str) -> bool:
    one, other = int(digits[:2]), int(digits[2:])
    return is_day(one, other) or is_day(other, one)


def _is_year(year: str) -> bool:
    return len(year) == 2 or any(int(year) in years for years in _YEARS)


def _has_month(words: str) -> bool:
    """Return whether the name of a month is among `words`, whatever its ending."""
    if words.strip() in months() or words.strip() in months_of_other_calendars():
        return True
    return any(map(is_month, filter(None, _BETWEEN_WORDS.split(words))))


def is_month(token: str) -> bool:
    """Return whether a word is the name of a month, whatever its ending."""
    if _GLUING[0] <= token[0] <= _GLUING[1] and token[1:] in months():
        return True
    short = token[:_SHORT_MONTH] in months() and len(token) <= _SHORT_MONTH + 2
    if short or token in ROMAN_MONTHS or token in months() or token in months_of_other_calendars():
        return True
    return token[:_MONTH_STEM] in _month_stems()


@cache
def _month_stems() -> frozenset[str]:
    return frozenset(name[:_MONTH_STEM] for name in months() if len(name) >= _MONTH_STEM)
