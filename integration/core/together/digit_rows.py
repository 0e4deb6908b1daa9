"""Rows of digits that may be a card number, right or wrong, however they are grouped. Pure."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Final, NamedTuple

_LONGEST_ROW: Final = 64
"""Characters; a longer row of digits is a table."""
# A capital may touch it from behind: two lines that ran together.
_ROW: Final = re.compile(r"(?<![^\W_])\d(?:[ \xa0.-]{0,2}\d)+(?![^\W_A-Z])")
_GROUP: Final = re.compile(r"\d+")


class Window(NamedTuple):
    """Whole groups of a row, and their digits."""

    start: int
    end: int
    digits: str


def windows(text: str, sizes: Container[int]) -> Iterator[Window]:
    """Whole groups that follow each other and have so many digits together, a row at a time.

    The longest of a row come first: 4111 1111 1111 111 2 is a number of 16 digits.
    """
    for row in _ROW.finditer(text):
        if row.end() - row.start() <= _LONGEST_ROW:
            found = _windows(text, *row.span())
            fitting = (window for window in found if len(window.digits) in sizes)
            yield from sorted(fitting, key=lambda window: (-len(window.digits), window.start))


def _windows(text: str, low: int, high: int) -> Iterator[Window]:
    groups = list(_GROUP.finditer(text, low, high))
    for at, first in enumerate(groups):
        digits = ""
        for last in groups[at:]:
            digits += last[0]
            yield Window(first.start(), last.end(), digits)
