"""Digits said one by one in scripts without gaps between words: `四二四二`, `ヨンニー`, `사이`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from integration.core.text.fold import INVISIBLE
from integration.core.text.lazy import lazy
from integration.core.text.reading import of_folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.text.reading import Reading

_SAID: Final = (
    "〇 零 영 공 령 ゼロ ぜろ レイ れい マル まる ศูนย์",
    "一 幺 일 イチ いち หนึ่ง",
    "二 两 兩 이 ニー ニ にー に สอง",
    "三 삼 サン さん สาม",
    "四 사 ヨン よん シ し สี่",
    "五 오 ゴー ゴ ごー ご ห้า",
    "六 육 륙 ロク ろく หก",
    "七 칠 ナナ なな シチ しち เจ็ด",
    "八 팔 ハチ はち แปด",
    "九 구 キュー キュウ きゅー きゅう ク く เก้า",
)
"""The words of each digit."""
_DIGITS: Final = {word: str(digit) for digit, said in enumerate(_SAID) for word in said.split()}
_ANY: Final = "|".join(sorted(map(re.escape, _DIGITS), key=lambda word: -len(word)))
_WORD: Final = lazy(_ANY)
_NUMBER: Final = lazy(rf"(?:{_ANY})(?:[\s,，、.の-]{{0,2}}(?:{_ANY})){{2,18}}")
_TEN: Final = "十십"
_THOUSAND: Final = "千천"
_PART: Final = rf"(?:{_ANY}|[{_TEN}{_THOUSAND}])"
_DATE: Final = lazy(rf"({_PART}{{2,5}})\s?[年년]\s?({_PART}{{1,2}}|유|시)\s?[月월]")
"""A year and a month: `二七年十月`, `이십칠년 오월`."""
_SPECIAL_MONTHS: Final = {"유": "06", "시": "10"}
_LAST_MONTH: Final = 12
_FEWEST: Final = 12  # digits of a card number; a code of three is read beside one
Place = tuple[int, int, str]


def read_unparted(reading: Reading) -> Reading:
    """Return the reading with digits in place of such words, where there are enough of them."""
    runs = [list(_places(match)) for match in _NUMBER.finditer(reading.text)]
    if not any(len(run) >= _FEWEST for run in runs):
        return reading
    folded = bytearray(reading.folded)
    dates = list(_dates(reading.text))
    runs = [run for run in runs if not any(low <= run[0][0] < high for low, high, _ in dates)]
    for start, end, written in dates:
        figures = written.encode()
        folded[start:end] = figures[:-1].ljust(end - start - 1, INVISIBLE) + figures[-1:]
    for start, end, written in (place for run in runs for place in run):
        folded[start:end] = _at_an_end(written, end - start, last=False)
    for start, end, written in (run[-1] for run in runs):
        folded[start:end] = _at_an_end(written, end - start, last=True)
    return of_folded(reading.text, bytes(folded))


def _dates(text: str) -> Iterator[Place]:
    """Yield the years with their months as figures, where these fit in their place."""
    for match in _DATE.finditer(text):
        year, month = _number(match[1]), _SPECIAL_MONTHS.get(match[2]) or _number(match[2])
        written = f"{month:0>2}/{year}"
        fits = len(year) in (2, 4) and len(written) <= match.end() - match.start()
        if fits and month.isdigit() and 0 < int(month) <= _LAST_MONTH:
            yield *match.span(), written


def _number(said: str) -> str:
    """Return the digits that are said one by one, or with tens and thousands between."""
    if any(mark in said for mark in _THOUSAND):
        said = said[said.find(next(mark for mark in said if mark in _THOUSAND)) + 1 :]
    tens, mark, units = said, "", ""
    for ten in _TEN:
        if ten in said:
            tens, mark, units = said.partition(ten)
    digits = ["".join(_DIGITS[word[0]] for word in _WORD.finditer(part)) for part in (tens, units)]
    return f"{digits[0] or 1}{digits[1] or 0}" if mark else digits[0]


def _places(match: re.Match[str]) -> Iterator[Place]:
    for word in _WORD.finditer(match[0]):
        yield match.start() + word.start(), match.start() + word.end(), _DIGITS[word[0]]


def _at_an_end(digit: str, size: int, *, last: bool) -> bytes:
    """Return a digit and what no one sees: the last one stands where its word ends."""
    written = digit.encode()
    return written.rjust(size, INVISIBLE) if last else written.ljust(size, INVISIBLE)
