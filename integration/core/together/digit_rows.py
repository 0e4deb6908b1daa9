"""Rows of digits that may be a card number, right or wrong, however they are grouped. Pure."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from integration.core.words.index import TOUCHING

_GROUP: Final = re.compile(r"\d+")
# A capital may touch it from behind: two lines that ran together.
_ROW: Final = re.compile(
    rf"\d(?<![^\W_{TOUCHING}].)(?<!\d[.,].)(?:(?:[^\w\n\x00*#]|_){{0,11}}\d)+(?![^\W_A-Z{TOUCHING}])"
)
"""With anything between the groups but words, a gap that somebody left included: 4111 (?) 1111."""
_PARTS_ROWS: Final = "\n\0*#"


def _shape(char: str) -> int:
    """What stands for a character: a digit, or what may be one of another script; a letter; a gap.

    What parts rows does so as a letter.
    """
    if char.isdigit() or char == "?":
        return ord("0")
    return ord("a" if char.isalpha() or char in _PARTS_ROWS else " ")


_SHAPES: Final = bytes(map(_shape, map(chr, range(256))))
_BESIDE: Final = re.compile(rb"0 {1,11}0")
_LONGEST: Final = 120
"""Characters; a longer row of digits is a table."""
_MASKED: Final = "\u2022\u2022"
_GAP: Final = "?"
_CELL: Final = "\t"
_LONGEST_GROUP: Final = 8
"""Digits; what is longer is a number by itself."""
_NO_SEPARATORS: Final = re.compile(r"[\s?()\[\]]")
_MOST_DIGITS: Final = 40
_DATE_BEHIND: Final = re.compile(r"[ \t]{1,3}(?:0[1-9]|1[0-2])/(?:20)?[2-4]\d\Z")


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
        if row.end() - row.start() <= _LONGEST:
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


class Row(NamedTuple):
    """Groups of digits that are parted in one way."""

    start: int
    end: int
    groups: tuple[str, ...]

    @property
    def digits(self) -> str:
        """All of them."""
        return "".join(self.groups)


def _may_hold(text: str, fewest: int) -> bool:
    """Return whether groups stand beside each other anywhere, or one that is a row by itself."""
    shape = text.encode("latin-1", "replace").translate(_SHAPES)
    return b"0" * max(fewest, 1) in shape or _BESIDE.search(shape) is not None


def rows(text: str, fewest: int = 0) -> Iterator[Row]:
    """Groups that are parted by anything that is no word: 4111;1111;1111;1112, 4111 • (?) • 1111.

    Where the separators of a row change, those before and those behind are a row each; and all of
    it is one, but for the cells of a table. A row that is seen at once to hold less than `fewest`
    digits is passed over.
    """
    for loose in _ROW.finditer(text) if _may_hold(text, fewest) else ():
        if not fewest <= loose.end() - loose.start() <= _LONGEST or _MASKED in loose[0]:
            continue
        dated = _DATE_BEHIND.search(loose[0])
        end = loose.start() + dated.start() if dated else loose.end()
        groups = list(_GROUP.finditer(text, loose.start(), end))
        parts = list(_in_one_way(text, groups))
        for part in (*parts, groups) if len(parts) > 1 and not _is_of_cells(loose[0]) else parts:
            row = Row(part[0].start(), part[-1].end(), tuple(each[0] for each in part))
            if len(row.digits) <= _MOST_DIGITS:
                yield row


def _is_of_cells(row: str) -> bool:
    """Whether a tab parts numbers, and not groups of one."""
    return _CELL in row and max(map(len, _GROUP.findall(row))) > _LONGEST_GROUP


def _in_one_way(text: str, groups: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """The groups of a row as they are parted by the same separator."""
    part, sign = [groups[0]], None
    for before, group in pairwise(groups):
        between = text[before.end() : group.start()]
        here = None if _GAP in between else "".join(sorted(set(_NO_SEPARATORS.sub("", between))))
        if sign is not None and here not in (None, sign):
            yield part
            part, sign = [group], None
        else:
            part.append(group)
            sign = sign if here is None else here
    yield part
