"""Birth dates: a date in any usual form, beside a word that says that it is one."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from integration.core.hits import Hit
from integration.core.identifiers.days import is_day
from integration.core.spans import Kind
from integration.core.words import Label
from integration.core.words.vocabulary import months

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.identifiers.stretch import Stretch

_REACH: Final = 40
_REACH_BACK: Final = 24
_LONGEST_DATE: Final = 40
_OTHER_DATES: Final = frozenset(
    {
        Label.EXPIRY,
        Label.CARD,
        Label.OTHER_NUMBER,
        Label.TELEPHONE,
        Label.MONEY,
        Label.PASSWORD,
        Label.ONE_TIME_CODE,
    }
)
_NEW_SENTENCE: Final = re.compile(r"[.!?]\s+\w{2}|\x00")
_BLANK_LINE: Final = re.compile(r"\n\s*\n")
_TEMPLATE: Final = re.compile(r"[dmyajt]{2,4}[./ -][dmyajt]{2,4}[./ -][dmyajt]{2,4}")
"""How a form asks for a date: `dd/mm/yyyy`."""
_PARTS: Final = re.compile(r"[.!?]\s|[\n\x00]")
_DIGIT: Final = re.compile(r"[0-9]")
_DIGITS: Final = re.compile(r"(?<![0-9])[0-9]+")
_MOST_GROUPS: Final = 3
"""A day, a month, a year."""
_QUESTION: Final = re.compile(r"[^0-9\n?!\x00]{0,32}\?{1,3}[ \t]*(?P<line>\s*\n\s*)?")
_STAMPS: Final = re.compile(
    r"(?:[^\n0-9?\x00]{0,32}(?:[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4},?[ t]{1,2})?"
    r"[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?: ?[ap]\.?m\b\.?)?(?![0-9./-]))?"
)
"""Who answers in a chat, and when, as far as the time."""
_ANSWERS_NOT: Final = re.compile(r"[?\x00]|\n\s*\S[^\n]*\n")
_REACH_OF_ANSWER: Final = 48
_REACH_ON_LINE: Final = 24
_WORD: Final = re.compile(r"[^\W\d_]+")
_LONGEST_LINK: Final = 4
"""Longer ones say a day: `first`."""
_YEAR: Final = re.compile(r"(?:1[89]|20)[0-9]{2}(?![0-9])")
_WORDS_ONLY: Final = re.compile(r"(?:[\s:,.()-]{0,3}[^\W\d_]+){2,7}[\s,.'’-]{1,2}\Z")
_CLOSE: Final = 0.9
_ASKED: Final = 0.7
_LOOSE: Final = 0.6
_BEHIND: Final = 0.7

_JOINT: Final = r"(?: ?[./\-,·_] ?| )"
_END: Final = r"(?![0-9]|[./-][0-9])"
_NUMERIC: Final = re.compile(
    rf"(?P<day>[0-9]{{1,2}}){_JOINT}(?P<month>[0-9]{{1,2}}){_JOINT}'?(?P<year>[0-9]{{4}}|[0-9]{{2}}){_END}"
)
_YEAR_FIRST: Final = re.compile(
    rf"(?P<year>[0-9]{{4}})(?:{_JOINT}|\.? |[年년]\s?|\w\. ?)(?P<month>[0-9]{{1,2}})"
    rf"(?:{_JOINT}|[月월]\s?)(?P<day>[0-9]{{1,2}})(?:\s?[日일])?{_END}"
)
_SOLID: Final = re.compile(rf"(?P<all>[0-9]{{8}}|[0-9]{{6}})(?! ?-? ?[0-9]){_END}")
_NAMED: Final = re.compile(
    rf"(?P<day>[0-9]{{1,2}})(?P<name>[^0-9\n\x00]{{1,26}})(?P<year>[0-9]{{4}}|[0-9]{{2}}){_END}"
)
_NAMED_YEAR_FIRST: Final = re.compile(
    rf"(?P<year>[0-9]{{4}})(?P<name>[^0-9\n\x00]{{3,24}})(?P<day>[0-9]{{1,2}}){_END}"
)
_NAMED_LAST: Final = re.compile(
    r"(?P<year>[0-9]{4})[^0-9\n\x00]{1,10}(?P<day>[0-9]{1,2})\.? (?P<name>[^\W\d_]{3,14})"
)
_NAME_FIRST: Final = re.compile(
    r"(?P<name>[^\W\d_]{3,14})\.? {0,2}(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?,? {1,2}"
    rf"'?(?P<year>[0-9]{{4}}|[0-9]{{2}}){_END}"
)
_FORMS: Final = (_NUMERIC, _YEAR_FIRST, _NAMED, _NAMED_YEAR_FIRST, _NAMED_LAST, _SOLID)
_BETWEEN_WORDS: Final = re.compile(r"[\s.,/'’()\-]+")
_SHORT: Final = re.compile(
    r"(?<!\w)(?:f|fdt|ur|nar)\.?:?(?= {0,2}[0-9]{1,2}[./-] ?[0-9]{1,2}[./-] ?[0-9]{2})"
)
"""Abbreviations of `born` that mean it only right before a full date."""
_ROMAN_LISTED: Final = "i ii iii iv v vi vii viii ix x xi xii"
_ROMAN: Final = frozenset(_ROMAN_LISTED.split())
_GLUING: Final = ("\u0590", "\u08ff")
"""Hebrew and Arabic write `in` and `of` as a letter of the next word."""
_SHORT_MONTH: Final = 3
_MONTH_STEM: Final = 4
# Common era, Buddhist era, and the Persian and Islamic calendars.
_YEARS: Final = (range(1890, 2036), range(2433, 2579), range(1290, 1460))


def birth_dates(stretch: Stretch) -> Iterator[Hit]:
    """Return the dates that a word of `stretch` calls a birth date."""
    low = 0
    for label in stretch.labels:
        if label.label is Label.BIRTH_DATE:
            yield from _behind(stretch, label.end) or _before(stretch, low, label.start)
            low = label.end
    for match in _SHORT.finditer(stretch.text):
        yield from _behind(stretch, match.end())


def _behind(stretch: Stretch, label_end: int) -> list[Hit]:
    """Return the first date behind a label, or the one that answers a question."""
    asked = _QUESTION.match(stretch.text, label_end)
    if asked:
        return _answered(stretch, label_end, asked)
    span = _first_date(stretch, label_end, _REACH)
    if span is None or not _belongs(stretch, label_end, span[0]):
        return []
    sure, why = (
        (_CLOSE, "birth-word") if stretch.links(label_end, span[0]) else (_LOOSE, "birth-near")
    )
    return [Hit(*stretch.window.span(*span), Kind.DOB, sure, (why,))]


def _answered(stretch: Stretch, label_end: int, asked: re.Match[str]) -> list[Hit]:
    """Return the date that answers a question, behind the name and the time of a chat."""
    low, reach = asked.end(), _REACH_ON_LINE
    if asked["line"] and (stamps := _STAMPS.match(stretch.text, low)):
        low, reach = stamps.end(), _REACH_OF_ANSWER
    span = _first_date(stretch, low, reach)
    if span is None or _ANSWERS_NOT.search(stretch.text, low, span[0]):
        return []
    if stretch.holds(_OTHER_DATES, label_end, span[0]):
        return []
    return [Hit(*stretch.window.span(*span), Kind.DOB, _ASKED, ("birth-asked",))]


def _first_date(stretch: Stretch, low: int, reach: int) -> tuple[int, int] | None:
    """Return the span of the date that holds the first digit behind `low`, None without one."""
    digit = _DIGIT.search(stretch.text, low, low + reach)
    if digit is None:
        return None
    at = digit.start()
    return _date_at(stretch.text, at, low) or _in_words(stretch, low, at)


def _in_words(stretch: Stretch, low: int, year: int) -> tuple[int, int] | None:
    """Return the span of a date whose day is a word, its year at `year`: `the fifth of May 1961`.

    Between the label and the year stand a month and the words of a day, nothing else.
    """
    text = stretch.text
    if not _YEAR.match(text, year) or not _WORDS_ONLY.match(text[low:year]):
        return None
    words = [
        word
        for word in _WORD.finditer(text, low, year)
        if len(word[0]) > _LONGEST_LINK or not stretch.links(*word.span())
    ]
    if len(words) < 2 or not any(_is_month(word[0]) for word in words):
        return None
    return words[0].start(), year + 4


def _before(stretch: Stretch, low: int, label_start: int) -> list[Hit]:
    """Return the date between `low` and a label that ends right before it, on its line."""
    low = max(low, label_start - _REACH_BACK - _LONGEST_DATE)
    groups = list(_DIGITS.finditer(stretch.text, low, label_start))[-_MOST_GROUPS:]
    for group in groups:
        span = _date_at(stretch.text, group.start(), low)
        if span and groups[-1].end() <= span[1] <= label_start:
            near = _is_close(stretch.text[span[1] : label_start])
            if near and _belongs(stretch, span[1], label_start):
                return [Hit(*stretch.window.span(*span), Kind.DOB, _BEHIND, ("birth-word-behind",))]
            return []
    return []


def _is_close(gap: str) -> bool:
    return len(gap) <= _REACH_BACK and not _PARTS.search(gap)


def _belongs(stretch: Stretch, start: int, end: int) -> bool:
    """Return whether nothing between a label and a date parts them."""
    if _NEW_SENTENCE.search(stretch.text, start, end):
        return False
    if _BLANK_LINE.search(stretch.text, start, end) and not stretch.links(start, end):
        return False
    template = _TEMPLATE.search(stretch.text, start, end)
    return not stretch.holds(_OTHER_DATES, template.end() if template else start, end)


def _date_at(text: str, at: int, low: int) -> tuple[int, int] | None:
    """Return the span of the date whose first digit stands at `at`; its month may stand before.

    What stands before it begins at `low`: it may touch a label, no other word.
    """
    if at > low and text[at - 1].isascii() and text[at - 1].isalpha():
        return None
    for form in _FORMS:
        match = form.match(text, at)
        if match and _is_date(match):
            return match.span()
    for match in _NAME_FIRST.finditer(text, max(low, at - 18), at + _LONGEST_DATE):
        if match.start("day") == at and _is_date(match):
            return match.span()
    return None


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
    if words.strip() in months():
        return True
    return any(map(_is_month, filter(None, _BETWEEN_WORDS.split(words))))


def _is_month(token: str) -> bool:
    if _GLUING[0] <= token[0] <= _GLUING[1] and token[1:] in months():
        return True
    short = token[:_SHORT_MONTH] in months() and len(token) <= _SHORT_MONTH + 2
    return short or token in _ROMAN or token in months() or token[:_MONTH_STEM] in _month_stems()


@cache
def _month_stems() -> frozenset[str]:
    return frozenset(name[:_MONTH_STEM] for name in months() if len(name) >= _MONTH_STEM)
