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

from integration.core.text.lazy import lazy
from integration.core.words.index import WORD
from integration.core.words.stems import stem_of
from integration.core.words.vocabulary import ROMAN_MONTHS, all_as_read, months


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
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_GAP = r"[ \t\xa0]"
_APART = r"[ \t\xa0,-]"
_BOX = r"(?:[ \xa0]?\|(?:[ \xa0]{0,2}\|)?[ \xa0]?|\][ \xa0]{0,2}\[|\t{1,2})"
"""Between the digits of a form: |0|4| |2|7|, [0][4] [2][7], or cells of a table."""
_YEAR_WORDS: Final = """
    year jahr jaar år året ano año anno année an anul any rok roku rík god goda godina godine leto
    leta gads gada metai metų m aasta vuosi vuoden év yıl yılı tahun mwaka taon năm viti ár árið
    год года г година годината року рік р годину годе έτος έτους
    שנה שנת سنة عام سال साल वर्ष সাল বছর ปี
"""
_SLASH_WORDS: Final = (
    "slash stroke skråstrek skråstreg snedstreck schrägstrich barra sbarra ukośnik"
)
"""As dictation programs write the sign."""
_OF: Final = """
    de del dell di of do van von des du a la el på i fra från af för för the e en ng wa af
    του τον από на od z ze
"""


def _any_of(words: str) -> str:
    return "|".join(sorted({*all_as_read(words.split())}, key=len, reverse=True))


_OF_YEAR = rf"(?:(?:{_any_of(_OF)}) {{1,2}})?(?:(?:{_any_of(_YEAR_WORDS)})\.? {{1,2}})?"
# A number may follow behind a mark when it is a code, not a year: 12/27/123.
_END = r"(?![0-9])(?![./-](?:(?:19|20)[0-9]{2}(?![0-9])|[0-9](?![0-9]{2,3}(?![0-9]))))"

# In this order; the first that fits is meant.
_FORMS: Final = tuple(
    (form, lazy(pattern + _END))
    for form, pattern in (
        (Form.OTHER, rf"{_DAY}(?P<a>{_GAP}?[./-]{_GAP}?){_DAY}(?P=a){_YEAR}"),
        (Form.OTHER, rf"{_LONG_YEAR}(?P<b>[./_-]){_MM}(?P=b){_DAY}"),
        (
            Form.OTHER,
            rf"[0-9]{{2,4}}{_GAP}?[年년]{_GAP}?{_MONTH}{_GAP}?[月월]{_GAP}?{_DAY}{_GAP}?[日일]",
        ),
        (Form.OTHER, rf"{_MONTH}{_GAP}?[月월]{_GAP}?{_DAY}{_GAP}?[日일]"),
        (Form.CLEAR, rf"[01]{_GAP}[0-9]{_GAP}{{0,2}}/{_GAP}{{0,2}}[1-4]{_GAP}[0-9]"),
        (Form.CLEAR, rf"[01]{_BOX}[0-9][ |\]]{{0,2}}/[ |\[]{{0,2}}[1-4]{_BOX}[0-9]"),
        (Form.SHORT, rf"0{_APART}[1-9]{_APART}[2-4]{_APART}[0-9]"),
        # 1 2 3 4 is a PIN, or counts
        (Form.SHORT, rf"1{_APART}[0-2]{_APART}(?:2{_APART}[5-9]|3{_APART}[0-2])"),
        (Form.SHORT, rf"(?:0{_BOX}[1-9]|1{_BOX}[0-2]){_BOX}[2-4]{_BOX}[0-9]"),
        (Form.CLEAR, rf"(?:20)?[1-4][0-9]{_GAP}?[年년]{_GAP}?{_MONTH}{_GAP}?[月월]?"),
        (Form.CLEAR, rf"{_MONTH}{_GAP}?[月월]{_GAP}?/?{_GAP}?{_YEAR}{_GAP}?[年년]?"),
        (Form.CLEAR, rf"{_MONTH}[,.]?{_GAP}{{1,2}}(?:{_any_of(_YEAR_WORDS)})\.?{_GAP}?{_YEAR}"),
        (Form.CLEAR, rf"{_MM}{_GAP}(?:{_any_of(_OF)}){_GAP}{_LONG_YEAR}"),
        (Form.CLEAR, rf"{_LONG_YEAR}{_GAP}{{0,2}}[/.-]{_GAP}{{0,2}}{_MONTH}"),
        (Form.SHORT, rf"{_MONTH}{_GAP}?/{_GAP}?1[0-2]"),  # more often a day and a month
        (Form.CLEAR, rf"{_MONTH}{_GAP}{{0,3}}(?:[/|\\]|//|%2f){_GAP}{{0,3}}{_YEAR}"),
        (Form.CLEAR, rf"{_MONTH} (?:{_any_of(_SLASH_WORDS)}) {_YEAR}"),
        (Form.CLEAR, rf"{_MONTH}{_GAP}{{0,2}}[.-]{_GAP}{{0,2}}{_LONG_YEAR}"),
        (Form.CLEAR, rf"{_MM}{_GAP}{{0,2}}-{_GAP}{{0,2}}{_YEAR}"),
        (Form.SHORT, rf"{_MONTH}{_GAP}{{0,2}}[.,;_*-]{_GAP}{{0,2}}{_YEAR}"),
        (Form.SHORT, rf"{_LONG_YEAR}_{_MM}|{_MM}_{_LONG_YEAR}"),
        (Form.SHORT, rf"(?<=\n){_MM}\n{_YEAR}(?=[ \t]*(?:\n|\Z))"),
        # 12:27, and no time of day
        (Form.OTHER, rf"(?<!-[0-9]{{2}}[ T]){_MONTH}:{_YEAR}(?!:[0-9]{{2}}(?![0-9]))"),
        (Form.SHORT, rf"{_MM}{_GAP}{{1,3}}{_YEAR}(?!(?:{_GAP}[0-9]{{2}}){{3}}(?![0-9]))"),
        (Form.SHORT, rf"{_MM}{_YEAR}"),
        (Form.SHORT, rf"(?!204){_LONG_YEAR}{_MM}"),
        (Form.SHORT, rf"{_LONG_YEAR}{_GAP}{{1,2}}{_MM}"),
        (Form.SHORT, rf"(?:2[1-9]|[34][0-9]){_GAP}?[/.-]{_GAP}?{_MM}"),
        (Form.SHORT, rf"{_MONTH}{_GAP}{{1,2}}{_LONG_YEAR}"),
        (Form.OTHER, rf"(?:2[1-9]|3[0-9]){_MM}"),
        (Form.OTHER, rf"{_MM}{_GAP}?[/-]{_GAP}?0[0-9]"),  # long past, or of the Iranian calendar
    )
)
_DAY_OF_YEAR = lazy(
    rf"({_DAY})[./-]({_MONTH})[./-](20[2-4][0-9])|(20[2-4][0-9])[./-]({_MM})[./-]({_DAY})"
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
_DAY_AND_MONTH = lazy(rf"(?:2[1-9]|3[01])[.-]{_MM}")
_FULL_YEAR = lazy(_LONG_YEAR)
_CENTS_BEHIND = lazy(r"[.,][0-9]{2,3}(?![0-9])")
"""Of a sum behind a word that is the name of a month elsewhere: `erstatten Sie 19,99 EUR`."""
_SHORT_YEAR = lazy(r"[1-4][0-9]")
# Months are written short with a mark behind each part, years are those of the Buddhist calendar.
_THAI_MONTH = lazy(r"[\u0e01-\u0e4e]{1,3}\.[\u0e04\u0e1e\u0e22]\.? ?\Z")
_THAI_YEAR = lazy(r"(?:25|20)?[1-9][0-9]")

# Between the name of a month and its year: "March, 2027", "marzo de 2027", "Mar-27", "Mar '27".
_JOINT = lazy(rf"[ \t\xa0.,'’`/_+-]{{0,3}}{_OF_YEAR}'?")
_A_DAY = lazy(_DAY)
_ORDINAL = lazy(r"(?:st|nd|rd|th|er|[ao])?(?: (?:of|de))?(?= )")
_YEAR_BEHIND = lazy(r"[ .,]{1,3}(?:de )?(?:19|2[045])[0-9]{2}(?![0-9])")
_JOINT_BACK = lazy(rf"[ \t\xa0.,'’/_-]{{1,3}}(?:(?:{_any_of(_YEAR_WORDS)})[., ]{{1,2}})?")
_ROMAN = lazy(rf"(?:{'|'.join(ROMAN_MONTHS)})[./]")
"""A month in Roman figures has a mark behind it: VII.2028, 2028. V."""
# What shows that a number behind a month is its day: Nov 26th, Nov 26 10:12, Nov 26, 2026.
_DAY_BEHIND = lazy(r"(?:st|nd|rd|th)\b|[ \t\xa0]{1,2}[0-2]?[0-9]:[0-5][0-9]|-(?!20)[0-9]{4}")
"""Or the rest of the number of an order: `SUB-10-2244`."""
_DAY_OF_MONTH_BEHIND = lazy(r"\.? (?:0?[1-9]|[12][0-9]|3[01])\.(?!\d)")
"""As Hungarian writes a day: `2025. márc. 12.`."""
_YEAR_OF_DAY = lazy(r"(?:st|nd|rd|th)?(?:,[ \t\xa0]{0,2}|[ \t\xa0]{1,2})(?:19|20)[0-9]{2}(?![0-9])")
# What stands between the day and the month: 26. nov, 26th of November.
_DAY_BEFORE = lazy(
    r"(?<![0-9./-])(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th|er|[ao])?[.,]?(?:/|[ \t\xa0-]{0,2})"
    r"(?:(?:of|de|den|del)[ \t\xa0])?\Z"
)
_LONGEST_DAY: Final = 12
_LONGEST_NAME: Final = 16
_LONGEST_JOINT: Final = 16
_FIRST_YEAR: Final = "24"
"""Two digits glued to the name of a month from here on are a year rather than a day: 27-mar."""
_FIRST_NO_DAY: Final = "32"
"""The same where a blank parts the two."""
_SHORTEST_NAME: Final = 3
_SHORTEST_TO_DECLINE: Final = 5
_LONGEST_ENDING: Final = 4


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
    if (
        _FULL_YEAR.fullmatch(text, start, end)
        and (before := _month_before(text, start)) is not None
    ):
        day = _day_before(text, before)
        return Date(day.start() if day else before, end, Form.OTHER if day else Form.CLEAR)
    for form, pattern in _FORMS:
        if match := pattern.match(text, start):
            if "," in match[0] and (named := _behind_month(text, start, end)):
                return named  # December 1, 2025
            timed = _CLOCK_BEHIND.match(text, match.end())
            return Date(start, match.end(), Form.OTHER if timed else form)
    return _named(text, start, end)


def _named(text: str, start: int, end: int) -> Date | None:
    if thai := _THAI_MONTH.search(text, max(0, start - _LONGEST_NAME), start):
        return (
            Date(thai.start(), end, Form.CLEAR) if _THAI_YEAR.fullmatch(text, start, end) else None
        )
    if (stop := _day_of(text, start, end)) is not None:
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
    if (behind := _month_behind(text, end)) is not None:
        day = _DAY_OF_MONTH_BEHIND.match(text, behind) if full else None
        return Date(start, day.end(), Form.OTHER) if day else Date(start, behind, form)
    return None


def _behind_month(text: str, start: int, end: int) -> Date | None:
    """Return the date that a month before a number makes: Nov 26, Nov 26, 2026, or 28NOV26."""
    before = _month_before(text, start)
    if before is None:
        return None
    if day := _day_before(text, before):
        return Date(day.start(), end, Form.OTHER)
    if year := _YEAR_OF_DAY.match(text, end):
        return Date(before, year.end(), Form.OTHER)
    return None if _DAY_BEHIND.match(text, end) else Date(before, end, Form.CLEAR)


def _day_before(text: str, month: int) -> re.Match[str] | None:
    return _DAY_BEFORE.search(text, max(0, month - _LONGEST_DAY), month)


def _day_of(text: str, start: int, end: int) -> int | None:
    """Return where a date ends that begins with its day: 23 Nov 2026, 23rd of November 2026."""
    if not _A_DAY.fullmatch(text, start, end):
        return None
    ordinal = _ORDINAL.match(text, end)
    month = _month_behind(text, ordinal.end() if ordinal else end)
    year = _YEAR_BEHIND.match(text, month) if month else None
    return year.end() if year else None


def _month_before(text: str, year: int) -> int | None:
    low = max(0, year - _LONGEST_NAME - _LONGEST_JOINT)
    last = None
    for word in WORD.finditer(text, low, year):
        joint = _JOINT.match(text, word.end())
        if (
            joint
            and joint.end() >= year
            and (is_month(word[0]) or _ROMAN.match(text, word.start(), word.end() + 1))
        ):
            last = word
    return last.start() if last else None


def _month_behind(text: str, year: int) -> int | None:
    joint = _JOINT_BACK.match(text, year)
    word = WORD.match(text, joint.end(), joint.end() + _LONGEST_NAME) if joint else None
    if word and (is_month(word[0]) or _ROMAN.match(text, word.start(), word.end() + 1)):
        return word.end()
    return None


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
