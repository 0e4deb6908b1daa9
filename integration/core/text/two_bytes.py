r"""Digits of two bytes each, in a text whose bytes were taken for Latin-1 letters.

A file that does not declare its character set is read so, by helpdesks and by us: the full-width
digits of Shift_JIS (`\x82O`), of GB 18030 and the EUCs (`£°`) and of Big5 (`¢¯`) become pairs.
"""

from __future__ import annotations

import re
from typing import Final

from integration.core.text.builder import Builder
from integration.core.text.decoded import Decoded
from integration.core.text.lazy import lazy

_ZEROS: Final = {"\x82": 0x4F, "\xa3": 0xB0, "\xa2": 0xAF}
"""The second byte of a zero, by the first."""
_DIGIT: Final = r"\x82[\x4f-\x58]|\xa3[\xb0-\xb9]|\xa2[\xaf-\xb8]"
_MARKS: Final = {
    "-": "\x81\x5b \x81\x5d \x81\x7c \xa1\x56 \xa1\x58 \xa1\xaa \xa1\xbc \xa1\xbe \xa1\xd0 "
    "\xa1\xdd \xa3\xad \xa8\x43 \xa8\x44 \xa9\x5c \xa9\x60",
    " ": "\x81\x40 \xa1\x40 \xa1\xa1",
    ".": "\x81\x44 \xa1\x44 \xa1\xa5 \xa3\xae",
    "/": "\x81\x5e \xa1\xbf \xa2\x41 \xa3\xaf",
}
"""What stands between digits, in one of these character sets."""
_MEANT: Final = {pair: mark for mark, pairs in _MARKS.items() for pair in pairs.split(" ")}
_MARK: Final = "|".join(map(re.escape, _MEANT))
_MARK_AMONG_DIGITS: Final = "|".join(
    f"(?<=[0-9]{{3}}{pair[0]}){re.escape(pair[1])}[0-9]{{3}}" for pair in _MEANT
)
# A first byte, then what it may begin: a class of letters is looked for fastest.
SIGN: Final = lazy(
    rf"[\x81\x82\xa1-\xa3\xa8\xa9](?:(?<=(?=(?:{_DIGIT}){{3}}).)|{_MARK_AMONG_DIGITS})"
)
"""What hardly stands in any other text."""
_PAIR: Final = lazy(f"{_DIGIT}|{_MARK}")


def may_stand_in(source: str) -> bool:
    """Return at a glance whether such digits may stand in a text: most hold no first byte of them.

    Written out, since every text comes by: a loop takes three times as long.
    """
    return not source.isascii() and (
        "\x82" in source
        or "\xa3" in source
        or "\xa2" in source
        or "\x81" in source
        or "\xa1" in source
        or "\xa8" in source
        or "\xa9" in source
    )


def decode(source: str) -> Decoded:
    """Decode every pair that stands for a digit or for a mark between digits."""
    built, at = Builder(source), 0
    for match in _PAIR.finditer(source):
        built.verbatim(at, match.start())
        at = match.end()
        built.atom(_meaning(match[0]), match.start(), at)
    built.verbatim(at, len(source))
    return built.build()


def _meaning(pair: str) -> str:
    return _MEANT.get(pair) or str(ord(pair[1]) - _ZEROS[pair[0]])
