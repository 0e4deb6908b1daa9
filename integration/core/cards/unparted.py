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
_FEWEST: Final = 12  # digits of a card number; a code of three is read beside one
Place = tuple[int, int, str]


def read_unparted(reading: Reading) -> Reading:
    """Return the reading with digits in place of such words, where there are enough of them."""
    runs = [list(_places(match)) for match in _NUMBER.finditer(reading.text)]
    if not any(len(run) >= _FEWEST for run in runs):
        return reading
    folded = bytearray(reading.folded)
    for start, end, written in (place for run in runs for place in run):
        folded[start:end] = _at_an_end(written, end - start, last=False)
    for start, end, written in (run[-1] for run in runs):
        folded[start:end] = _at_an_end(written, end - start, last=True)
    return of_folded(reading.text, bytes(folded))


def _places(match: re.Match[str]) -> Iterator[Place]:
    for word in _WORD.finditer(match[0]):
        yield match.start() + word.start(), match.start() + word.end(), _DIGITS[word[0]]


def _at_an_end(digit: str, size: int, *, last: bool) -> bytes:
    """Return a digit and what no one sees: the last one stands where its word ends."""
    written = digit.encode()
    return written.rjust(size, INVISIBLE) if last else written.ljust(size, INVISIBLE)
