"""The rows of digits of a text that may be a part of a number, however they are written. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final, NamedTuple

from integration.core.cards.heard import may_hold_groups
from integration.core.text.reading import read
from integration.core.together.dictation.pieces import in_words
from integration.core.together.interjected import ROW, counted
from integration.core.words.index import TOUCHING
from integration.core.words.positions import positions_told

_GAP: Final = r"[^\S\r\n]{0,2}"
_MARKS: Final = (
    r"\.{3,4}|[:;](?! )|[-\u2010-\u2015\u2212_.\u00b7\u2022\u2219|/,'\u2019~+*]{1,2}|\u2026"
)
_EVEN: Final = re.compile(
    # The same between all its groups: what follows otherwise is something else.
    rf"\d+(?:((?>{_GAP})(?>{_MARKS}|)(?>{_GAP}))(?<!\d)\d+(?:\1\d+)*)?"
)
NO_PART: Final = re.compile(
    r"(?:[0-2]?\d:[0-5]\d|\d+[.,]\d\d|\d{1,3}(?:,\d{3})+(?:\.\d\d)?|(?:[0-2]?\d|3[01])([./-])(?:0?\d|1[0-2])\1(?:\d{4}|\d\d)"
    r"|0[.,]\d+|\d{4}-[01]\d-[0-3]\d|[01]?\d/(?:20)?\d\d"
    r"|(\d{3})\d{3}(?:\d\d)? ?- ?\2\d{3}(?:\d\d)?)"
)
"""A clock, a sum, a share, a day, a month, or from one BIN to another."""
DOTS: Final = re.compile(r"(?:\.{2,4}|\u2026) ?\Z")
"""Before the last part of a number, or behind the first."""
_WITH_COUNTRY: Final = re.compile(r"(?<!\d)\+\d")
"""A telephone number begins there."""
_COUNTRY: Final = 5
"""Characters of a country before the rest of one: +352 621."""
_LINE: Final = re.compile(r"[^\n]{12,}")
_SUM: Final = re.compile(r"[$\u00a3\u20ac\u00a5][^\S\r\n]?\Z")
_SUM_BEHIND: Final = re.compile(r"[^\S\r\n]?(?:[$\u00a3\u20ac\u00a5%]|kr\b|,-)")
_COUNT: Final = re.compile(r"\d{1,2}(?!\d)[^\S\r\n]*(?:[-\u2013)][^\S\r\n]?)?(?=\d)")
_GROUP: Final = re.compile(r"\d+")
_TOUCHED: Final = frozenset(".,/#-_")
"""Before digits or behind them: they are a part of something else."""
_MASKED: Final = frozenset("*\u2022")
_KEYED: Final = "#"
"""Ends what is typed at a lock."""
_UNPARTED: Final = re.compile(f"[{TOUCHING}]")
_SIZES: Final = range(1, 16)
"""Digits of a part."""


class Row(NamedTuple):
    """Digits that stand together."""

    start: int
    end: int
    digits: str
    is_counted: bool = False


def rows_in(text: str) -> Iterator[Row]:
    """The rows of digits, each as a whole and without a number before it that counts the rest."""
    seen: set[tuple[int, int]] = set()
    for match in chain(_even(text), ROW.finditer(text)):
        if NO_PART.fullmatch(match[0]) or positions_told(match[0]):
            continue
        if _WITH_COUNTRY.search(text, max(0, match.start() - _COUNTRY), match.end()):
            continue
        start, end = match.span()
        skipped = {0, counted(match[0]), _may_be_counted(match[0])}
        for low in sorted({_next_digit(text, start + size, end) for size in skipped}):
            digits = "".join(filter(str.isdecimal, text[low:end]))
            if len(digits) in _SIZES and (low, end) not in seen and not _is_touched(text, low, end):
                seen.add((low, end))
                yield Row(low, end, digits, is_counted=low > start)
    yield from _in_words(text)


def _next_digit(text: str, start: int, end: int) -> int:
    """Where the first digit from there on stands."""
    return next((at for at in range(start, end) if text[at].isdecimal()), end)


def _even(text: str) -> Iterator[re.Match[str]]:
    at = 0
    while match := _EVEN.search(text, at):
        yield match
        at = match.start() + (_may_be_counted(match[0]) or len(match[0]))


def _may_be_counted(row: str) -> int:
    """Where a row goes on behind a short number that may count it, and is no group like others."""
    count = _COUNT.match(row)
    first, *groups = _GROUP.findall(row)
    is_like = len(groups) > 1 and len(first) == len(groups[0])
    return count.end() if count and not is_like else 0


def _in_words(text: str) -> Iterator[Row]:
    """The rows that are said in words, in each line and over all of them."""
    reading = read(text)
    if not may_hold_groups(reading):
        return
    lines = [(line.start(), line[0]) for line in _LINE.finditer(text)]
    for at, line in ((0, text), *lines):
        window = read(line).window(0, len(line))
        for piece in chain.from_iterable(in_words(window.text)):
            start, end = window.span(piece.start, piece.end)
            if len(piece.digits) in _SIZES:
                yield Row(at + start, at + end, piece.digits)


def _goes_on(beside: str) -> bool:
    """Whether a letter or a digit makes what it touches a part of something longer.

    Not one of a script without gaps between words.
    """
    return beside.isalnum() and not _UNPARTED.match(beside)


def _is_touched(text: str, start: int, end: int) -> bool:
    before, behind = text[start - 1 : start], text[end : end + 2]
    if DOTS.search(text[max(0, start - 4) : start]):
        before = ""
    if _goes_on(before) or before in _TOUCHED or _goes_on(behind[:1]):
        return True
    if before in _MASKED or behind[:1] in _MASKED or behind[:1] == _KEYED:
        return True
    if _SUM.search(text[max(0, start - 2) : start]) or _SUM_BEHIND.match(text, end):
        return True
    return behind[:1] in _TOUCHED and behind[1:].isalnum()
