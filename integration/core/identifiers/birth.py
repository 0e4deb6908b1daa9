"""Birth dates: a date in any usual form, beside a word that says that it is one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from integration.core.hits import Hit
from integration.core.identifiers.dates import LONGEST, LONGEST_ERA, date_at, is_long_ago, is_month
from integration.core.identifiers.short import dates_behind_short_words
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.words import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.identifiers.stretch import Stretch

_REACH: Final = 40
_REACH_BACK: Final = 24
_OF_ANOTHER: Final = frozenset({Label.EXPIRY, Label.TELEPHONE, Label.PASSWORD, Label.ONE_TIME_CODE})
_OF_NO_DATE: Final = frozenset({Label.CARD, Label.OTHER_NUMBER, Label.MONEY})
"""Their days are recent: one of long ago belongs to the birth before them."""
_OTHER_DATES: Final = _OF_ANOTHER | _OF_NO_DATE
_NEW_SENTENCE: Final = lazy(r"[.!?]\s+\w{2}|\x00")
_BLANK_LINE: Final = lazy(r"\n\s*\n")
_TEMPLATE: Final = lazy(r"[dmyajt]{2,4}[./ -][dmyajt]{2,4}[./ -][dmyajt]{2,4}")
"""How a form asks for a date: `dd/mm/yyyy`."""
_PARTS: Final = lazy(r"[.!?]\s|[\n\x00]")
_DIGIT: Final = lazy(r"[0-9]")
_DIGITS: Final = lazy(r"(?<![0-9])[0-9]+")
_MOST_GROUPS: Final = 3
"""A day, a month, a year."""
_QUESTION: Final = lazy(r"[^0-9\n?!\x00]{0,32}\?{1,3}[ \t]*(?P<line>\s*\n\s*)?")
_STAMPS: Final = lazy(
    r"(?:[^\n0-9?\x00]{0,32}(?:[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4},?[ t]{1,2})?"
    r"[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?: ?[ap]\.?m\b\.?)?(?![0-9./-]))?"
)
"""Who answers in a chat, and when, as far as the time."""
_ANSWERS_NOT: Final = lazy(r"[?\x00]|\n\s*\S[^\n]*\n")
_REACH_OF_ANSWER: Final = 48
_REACH_ON_LINE: Final = 24
_WORD: Final = lazy(r"[^\W\d_]+")
_LONGEST_LINK: Final = 4
"""Longer ones say a day: `first`."""
_YEAR: Final = lazy(r"(?:1[89]|20)[0-9]{2}(?![0-9])")
_WORDS_ONLY: Final = lazy(r"(?:[\s:,.()-]{0,3}[^\W\d_]+){2,7}[\s,.'’-]{1,2}\Z")
_CLOSE: Final = 0.9
_ASKED: Final = 0.7
_LOOSE: Final = 0.6
_BEHIND: Final = 0.7
_BORN_BEHIND: Final = lazy(
    r"(?P<first>[0-9]{2,4})(?:[./-] ?|[년年] ?)[0-9]{1,2}(?:[./-] ?|[월月] ?)[0-9]{1,2}[일日.]? ?"
    r"(?P<born>생(?![가-힣])|생(?=[이입인으])|生)"
)
"""Korean and Japanese write `born` behind the day."""


def birth_dates(stretch: Stretch) -> Iterator[Hit]:
    """Return the dates that a word of `stretch` calls a birth date."""
    low = 0
    for label in stretch.labels:
        if label.label is Label.BIRTH_DATE:
            yield from _behind(stretch, label.end) or _before(stretch, low, label.start)
            low = label.end
    yield from dates_behind_short_words(stretch)
    for match in _BORN_BEHIND.finditer(stretch.text):
        yield from _before(stretch, match.start() - LONGEST_ERA, match.start("born"))


def _behind(stretch: Stretch, label_end: int) -> list[Hit]:
    """Return the first date behind a label, or the one that answers a question."""
    asked = _QUESTION.match(stretch.text, label_end)
    if asked:
        return _answered(stretch, label_end, asked)
    span = _first_date(stretch, label_end, _REACH)
    if span is None:
        return []
    old = is_long_ago(stretch.text[slice(*span)])
    if not _belongs(stretch, label_end, span[0], _OF_ANOTHER if old else _OTHER_DATES):
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
    return date_at(stretch.text, at, low) or _in_words(stretch, low, at)


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
    if len(words) < 2 or not any(is_month(word[0]) for word in words):
        return None
    return words[0].start(), year + 4


def _before(stretch: Stretch, low: int, label_start: int) -> list[Hit]:
    """Return the date between `low` and a label that ends right before it, on its line."""
    low = max(low, label_start - _REACH_BACK - LONGEST)
    groups = list(_DIGITS.finditer(stretch.text, low, label_start))[-_MOST_GROUPS:]
    for group in groups:
        span = date_at(stretch.text, group.start(), low)
        if span and groups[-1].end() <= span[1] <= label_start:
            near = _is_close(stretch.text[span[1] : label_start])
            if near and _belongs(stretch, span[1], label_start, _OTHER_DATES):
                return [Hit(*stretch.window.span(*span), Kind.DOB, _BEHIND, ("birth-word-behind",))]
            return []
    return []


def _is_close(gap: str) -> bool:
    return len(gap) <= _REACH_BACK and not _PARTS.search(gap)


def _belongs(stretch: Stretch, start: int, end: int, others: frozenset[Label]) -> bool:
    """Return whether nothing between a label and a date parts them, nor names one of `others`."""
    if _NEW_SENTENCE.search(stretch.text, start, end):
        return False
    if _BLANK_LINE.search(stretch.text, start, end) and not stretch.links(start, end):
        return False
    template = _TEMPLATE.search(stretch.text, start, end)
    return not stretch.holds(others, template.end() if template else start, end)
