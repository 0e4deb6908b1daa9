"""How people write the month and the year until which a card is good.

No clock is asked: a year is one that a card in use can bear, 2010 to 2049 (or such years of the
Buddhist calendar, or of the Iranian).
"""

from __future__ import annotations

import re
from calendar import monthrange
from enum import Enum
from functools import cache
from typing import Final, NamedTuple

from integration.core.sensitive.months import DAY, day_before, day_of, month_before, month_behind
from integration.core.text.lazy import lazy
from integration.core.words.listed import Listed, any_of, listed


class Form(Enum):
    """How much a date says on its own."""

    CLEAR = "clear"
    """Month and year: 12/27, 2027-12, mars 2027."""
    SHORT = "short"
    """May be another number too; needs its label or its place: 1227, 12 27, 3.27."""
    OTHER = "other"
    """Like any other date or time; needs a label that means the expiry of a card."""


class Date(NamedTuple):
    """A date and where it stands."""

    start: int
    end: int
    form: Form


_LONG_YEAR = r"(?:20[1-4][0-9]|25[5-9][0-9]|14[01][0-9])"
_YEAR = rf"(?:{_LONG_YEAR}|[1-4][0-9])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_MM = r"(?:0[1-9]|1[0-2])"
_GAP = r"[ \t\xa0]"
_APART = r"[ \t\xa0,-]"
_BOX = r"(?:[ \xa0]?\|(?:[ \xa0]{0,2}\|)?[ \xa0]?|\][ \xa0]{0,2}\[|\t{1,2})"
"""Between the digits of a form: |0|4| |2|7|, [0][4] [2][7], or cells of a table."""
# A number may follow behind a mark when it is a code, not a year: 12/27/123.
_END = r"(?![0-9])(?![./-](?:(?:19|20)[0-9]{2}(?![0-9])|[0-9](?![0-9]{2,3}(?![0-9]))))"

_DAY_OF_YEAR = lazy(
    rf"({DAY})[./-]({_MONTH})[./-](20[2-4][0-9])|(20[2-4][0-9])[./-]({_MM})[./-]({DAY})"
)
_DAY_OF_NAMED_MONTH = lazy(
    r"(?:([0-9]{1,2})[^0-9]*[^\W\d_]{3}[^0-9]*|[^0-9]*[^\W\d_]{3}[^0-9]*([0-9]{1,2})[^0-9]+)20[0-9]{2}"
)
_SHORTEST_MONTH: Final = 28
FORMAT_OF_DAYS: Final = lazy(
    r"(?<![^\W_])(?:dd([./-])mm\1yy(?:yy)?|mm([./-])dd\2yy(?:yy)?|yyyy([./-])mm\3dd)(?![^\W_])"
)
"""How a machine is told to write days: it names no month of a card."""
_CLOCK_BEHIND = lazy(r"[ \t\xa0]{1,2}(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?![0-9])(?!\s*(?:\n|\Z))")
"""Behind the day and the month of something that took place: `in 01/28 05:12, out`.

At the end of a line it may be when the line of a chat was written.
"""
_PAIR = rf"[0-9]{{2}}{_GAP}"
_NOT_AMID_PAIRS = (
    rf"(?!(?<=(?<![0-9]){_PAIR}){_PAIR}{_PAIR}[0-9]{{2}}(?![0-9]))"
    r"(?<!(?<![0-9])(?:1[3-9]|[2-9][0-9])[ \xa0][0-9]{2}[ \xa0])"
)
"""No pairs of a telephone number: `33 12 45 67`, `47 88 12 30`, but `valid 01 25 12 28`."""
_DAYS = lazy(rf"{DAY} ?- ?({DAY})(?![0-9])")
"""The first and the last of some days: `12-19 July 2025`."""
_DAY_AND_MONTH = lazy(rf"(?:2[1-9]|3[01])[.-]{_MM}")
_FULL_YEAR = lazy(_LONG_YEAR)
_CENTS_BEHIND = lazy(r"[.,][0-9]{2,3}(?![0-9])")
"""Of a sum behind a word that is the name of a month elsewhere: `erstatten Sie 19,99 EUR`."""
_SHORT_YEAR = lazy(r"[1-4][0-9]")
# Months are written short with a mark behind each part, years are those of the Buddhist calendar.
_THAI_MONTH = lazy(r"[\u0e01-\u0e4e]{1,3}\.[\u0e04\u0e1e\u0e22]\.? ?\Z")
_LONGEST_THAI: Final = 8
_THAI_YEAR = lazy(r"(?:25|20)?[1-9][0-9]")

# What shows that a number behind a month is its day: Nov 26th, Nov 26 10:12, Nov 26, 2026.
_DAY_BEHIND = lazy(
    r"(?:st|nd|rd|th)\b|[ \t\xa0]{1,2}[0-2]?[0-9]:[0-5][0-9]|-(?!20)[0-9]{4}"
    r"|/(?:19|20)[0-9]{2}(?![0-9])"
)
"""Or the rest of the number of an order: `SUB-10-2244`."""
_DAY_OF_MONTH_BEHIND = lazy(r"\.? (?:0?[1-9]|[12][0-9]|3[01])\.(?!\d)")
"""As Hungarian writes a day: `2025. márc. 12.`."""
_YEAR_OF_DAY = lazy(r"(?:st|nd|rd|th)?(?:,[ \t\xa0]{0,2}|[ \t\xa0]{1,2})(?:19|20)[0-9]{2}(?![0-9])")
_FIRST_YEAR: Final = "24"
"""Two digits glued to the name of a month from here on are a year rather than a day: 27-mar."""
_FIRST_NO_DAY: Final = "32"
"""The same where a blank parts the two."""


def may_be_day(text: str, start: int, end: int) -> bool:
    """Return whether a date is more often the day of a month than a year and its month: 21.11."""
    return _DAY_AND_MONTH.fullmatch(text, start, end) is not None


def ends_month(date: str) -> bool:
    """Return whether a date in figures is the last day of a month: 31.12.2028, 2028-02-29."""
    found = _day_of_month(date)
    return found is not None and found[0] == found[1]


def is_amid_month(date: str) -> bool:
    """Return whether a date is a day on which no card expires: 20.11.2028, 7 March 2025."""
    if named := _DAY_OF_NAMED_MONTH.fullmatch(date):
        return 1 < int(named[1] or named[2]) < _SHORTEST_MONTH
    found = _day_of_month(date)
    return found is not None and 1 < found[0] < found[1]


def _day_of_month(date: str) -> tuple[int, int] | None:
    """Return which day of its month a date in figures is, and how many that has."""
    match = _DAY_OF_YEAR.fullmatch(date)
    if not match:
        return None
    day, month, year = map(
        int, (match[1], match[2], match[3]) if match[1] else match.group(6, 5, 4)
    )
    return day, monthrange(year, month)[1]


def date_at(text: str, start: int, end: int) -> Date | None:
    """Return the date that begins with the run of digits `start`..`end`, or is its year.

    `text` is in plain letters. The name of a month may stand before the run or behind it.
    """
    if _FULL_YEAR.fullmatch(text, start, end) and (before := month_before(text, start)) is not None:
        day = day_before(text, before)
        return Date(day.start() if day else before, end, Form.OTHER if day else Form.CLEAR)
    if (days := _DAYS.match(text, start)) and (stop := day_of(text, *days.span(1))) is not None:
        return Date(start, stop, Form.OTHER)
    for form, pattern in _forms():
        if match := pattern.match(text, start):
            if "," in match[0] and (named := _behind_month(text, start, end)):
                return named  # December 1, 2025
            timed = _CLOCK_BEHIND.match(text, match.end())
            return Date(start, match.end(), Form.OTHER if timed else form)
    return _named(text, start, end)


@cache
def _forms() -> tuple[tuple[Form, re.Pattern[str]], ...]:
    """Return how a date is written, in this order: the first that fits is meant."""
    year, of, slash = (any_of(listed(each)) for each in (Listed.YEAR, Listed.OF, Listed.SLASH))
    return tuple(
        (form, re.compile(pattern + _END))
        for form, pattern in (
            (Form.OTHER, rf"{DAY}(?P<a>{_GAP}?[./-]{_GAP}?){DAY}(?P=a){_YEAR}"),
            (Form.OTHER, rf"{_LONG_YEAR}(?P<b>[./_-]){_MM}(?P=b){DAY}"),
            (
                Form.OTHER,
                rf"[0-9]{{2,4}}{_GAP}?[年년]{_GAP}?{_MONTH}{_GAP}?[月월]{_GAP}?{DAY}{_GAP}?[日일]",
            ),
            (Form.OTHER, rf"{_MONTH}{_GAP}?[月월]{_GAP}?{DAY}{_GAP}?[日일]"),
            (Form.CLEAR, rf"[01]{_GAP}[0-9]{_GAP}{{0,2}}/{_GAP}{{0,2}}[1-4]{_GAP}[0-9]"),
            (Form.CLEAR, rf"[01]{_BOX}[0-9][ |\]]{{0,2}}/[ |\[]{{0,2}}[1-4]{_BOX}[0-9]"),
            (Form.SHORT, rf"0{_APART}[1-9]{_APART}[2-4]{_APART}[0-9]"),
            # 1 2 3 4 is a PIN, or counts
            (Form.SHORT, rf"1{_APART}[0-2]{_APART}(?:2{_APART}[5-9]|3{_APART}[0-2])"),
            (Form.SHORT, rf"(?:0{_BOX}[1-9]|1{_BOX}[0-2]){_BOX}[2-4]{_BOX}[0-9]"),
            (Form.CLEAR, rf"(?:20)?[1-4][0-9]{_GAP}?[年년]{_GAP}?{_MONTH}{_GAP}?[月월]?"),
            (Form.CLEAR, rf"{_MONTH}{_GAP}?[月월]{_GAP}?/?{_GAP}?{_YEAR}{_GAP}?[年년]?"),
            (Form.CLEAR, rf"{_MONTH}[,.]?{_GAP}{{1,2}}(?:{year})\.?{_GAP}?{_YEAR}"),
            (Form.CLEAR, rf"{_MM}{_GAP}(?:{of}){_GAP}{_LONG_YEAR}"),
            (Form.CLEAR, rf"{_LONG_YEAR}{_GAP}{{0,2}}[/.-]{_GAP}{{0,2}}{_MONTH}"),
            (Form.SHORT, rf"{_MONTH}{_GAP}?/{_GAP}?1[0-2]"),  # more often a day and a month
            (Form.CLEAR, rf"{_MONTH}{_GAP}{{0,3}}(?:[/|\\]|//|%2f){_GAP}{{0,3}}{_YEAR}"),
            (Form.CLEAR, rf"{_MONTH} (?:{slash}) {_YEAR}"),
            (Form.CLEAR, rf"{_MONTH}{_GAP}{{0,2}}[.-]{_GAP}{{0,2}}{_LONG_YEAR}"),
            (Form.CLEAR, rf"{_MM}{_GAP}{{0,2}}-{_GAP}{{0,2}}{_YEAR}"),
            (Form.SHORT, rf"{_MONTH}{_GAP}{{0,2}}[.,;_*-]{_GAP}{{0,2}}{_YEAR}"),
            (Form.SHORT, rf"{_LONG_YEAR}_{_MM}|{_MM}_{_LONG_YEAR}"),
            (Form.SHORT, rf"(?<=\n){_MM}\n{_YEAR}(?=[ \t]*(?:\n|\Z))"),
            # 12:27, and no time of day
            (Form.OTHER, rf"(?<!-[0-9]{{2}}[ T]){_MONTH}:{_YEAR}(?!:[0-9]{{2}}(?![0-9]))"),
            (
                Form.SHORT,
                rf"{_NOT_AMID_PAIRS}{_MM}{_GAP}{{1,3}}{_YEAR}(?!(?:{_GAP}[0-9]{{2}}){{3}}(?![0-9]))",
            ),
            (Form.SHORT, rf"{_MM}{_YEAR}"),
            (Form.SHORT, rf"(?!204){_LONG_YEAR}{_MM}"),
            (Form.SHORT, rf"{_LONG_YEAR}{_GAP}{{1,2}}{_MM}"),
            (Form.SHORT, rf"(?:2[1-9]|[34][0-9]){_GAP}?[/.-]{_GAP}?{_MM}"),
            (Form.SHORT, rf"{_MONTH}{_GAP}{{1,2}}{_LONG_YEAR}"),
            (Form.OTHER, rf"(?:2[1-9]|3[0-9]){_MM}"),
            # long past, or of the Iranian calendar
            (Form.OTHER, rf"{_MM}{_GAP}?[/-]{_GAP}?0[0-9]"),
        )
    )


def _named(text: str, start: int, end: int) -> Date | None:
    if thai := _THAI_MONTH.search(text, max(0, start - _LONGEST_THAI), start):
        return (
            Date(thai.start(), end, Form.CLEAR) if _THAI_YEAR.fullmatch(text, start, end) else None
        )
    if (stop := day_of(text, start, end)) is not None:
        return Date(start, stop, Form.OTHER)
    full = _FULL_YEAR.fullmatch(text, start, end)
    is_short = _SHORT_YEAR.fullmatch(text, start, end) and not _CENTS_BEHIND.match(text, end)
    if not (full or is_short):
        return None
    form = Form.CLEAR if full else Form.SHORT
    if not full and text[start:end] < (
        _FIRST_NO_DAY if text[end : end + 1] == " " else _FIRST_YEAR
    ):
        form = Form.OTHER  # the day of a month
    if (named := _behind_month(text, start, end)) is not None:
        return named
    if (behind := month_behind(text, end)) is not None:
        day = _DAY_OF_MONTH_BEHIND.match(text, behind) if full else None
        return Date(start, day.end(), Form.OTHER) if day else Date(start, behind, form)
    return None


def _behind_month(text: str, start: int, end: int) -> Date | None:
    """Return the date that a month before a number makes: Nov 26, Nov 26, 2026, or 28NOV26."""
    before = month_before(text, start)
    if before is None:
        return None
    if day := day_before(text, before):
        return Date(day.start(), end, Form.OTHER)
    if year := _YEAR_OF_DAY.match(text, end):
        return Date(before, year.end(), Form.OTHER)
    return None if _DAY_BEHIND.match(text, end) else Date(before, end, Form.CLEAR)
