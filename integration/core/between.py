"""What stands between the groups of a number and stays when they are removed. Pure.

The borders of columns, so that a row keeps its columns, and in a chat what begins the lines and
what the other side says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.cards.luhn import is_valid
from integration.core.cards.number import MAX_DIGITS, MIN_DIGITS
from integration.core.cards.reasons import BROKEN, INTERRUPTED, THOUSANDS
from integration.core.spans import Kind
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from integration.core.hits import Hit

Place = tuple[int, int]

_BORDER: Final = lazy(r"""[ ]*["']?[ ]*(?:[;|\t]|,(?![ ]))[ ]*["']?[ ]*""")
"""Of columns. A comma with a blank behind it is one of a sentence."""
_MARKS: Final = frozenset(";|\t,")
_DIGITS = r"\d(?:(?:[ \xa0-]{0,2}|[./])\d)*"
_ROW: Final = lazy(_DIGITS)
_CUE: Final = lazy(r"\s*\n[0-9:,.]{8,12} -->")
"""Behind the number of a subtitle."""
_ROW_OF_A_LINE: Final = lazy(rf"(?<![\w.,])(?<![0-9]:){_DIGITS}(?=\W*(?:\n|\Z))")
"""Not the end of a clock."""


def pieces(text: str, hit: Hit) -> Sequence[Place]:
    """Return where a hit stands in `text`, without what stays."""
    if hit.kind is not Kind.PAN:
        return [(hit.start, hit.end)]
    shown = text[hit.start : hit.end]
    if BROKEN.why in hit.why:
        found = _rows_of(shown, _ROW_OF_A_LINE)
    elif INTERRUPTED.name in hit.why and "\n" in shown:
        found = _rows_of(shown, _ROW)
    elif THOUSANDS.name in hit.why:
        return [(hit.start, hit.end)]
    else:
        found = _columns(shown)
    return [(hit.start + start, hit.start + end) for start, end in found]


def _rows_of(text: str, pattern: re.Pattern[str]) -> Sequence[Place]:
    """The groups that are rows of their own; all of it where these are not the whole number."""
    every = [row.span() for row in pattern.finditer(text) if not _CUE.match(text, row.end())]
    # `> And the last 8?` ends a line, too.
    for found in (every, [place for place in every if place[1] - place[0] > 1]):
        written = "".join(text[start:end] for start, end in found)
        digits = bytes(int(digit) + 48 for digit in written if digit.isdecimal())
        if MIN_DIGITS <= len(digits) <= MAX_DIGITS and is_valid(digits):
            return found
    return [(0, len(text))]


def _columns(text: str) -> Sequence[Place]:
    """The groups of a number that has one in each column; else all of it."""
    if _MARKS.isdisjoint(text):
        return [(0, len(text))]
    borders = [border.span() for border in _BORDER.finditer(text)]
    starts, ends = [0, *(end for _, end in borders)], [*(start for start, _ in borders), len(text)]
    found = list(zip(starts, ends, strict=True))
    if all(_ROW.fullmatch(text, start, end) for start, end in found):
        return found
    return [(0, len(text))]
