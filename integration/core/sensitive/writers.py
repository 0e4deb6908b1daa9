"""Who writes the lines of a chat: a name says nothing of the number behind it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integration.core.sensitive.codes import Value
    from integration.core.words.labels import Found

_FEWEST_LINES: Final = 2
_BEHIND_NAMES: Final = ":\t])"
_NAME = lazy(
    r"^ {0,40}([^\W\d_][^\d\n\t:=\x01]{0,24}[0-9]{0,8}[:\t]"
    r"|[\[(][^\W\d_][^\n:=\x01\])]{0,24}[\])](?= ))",
    re.MULTILINE,
)
"""`Kari:`, `[agent]`, `(customer 2)`."""


class Name(NamedTuple):
    """Where the name stands that a line of a chat begins with."""

    start: int
    end: int


def names_in(text: str, labels: Sequence[int]) -> list[Name]:
    """Return the names that lines of a chat begin with: those that come again and are no labels.

    `labels`: where the labels begin that make a name none, in order.
    """
    if sum(map(text.count, _BEHIND_NAMES)) < _FEWEST_LINES:
        return []
    lines = list(_NAME.finditer(text))
    times = Counter(line[1] for line in lines)
    names = [Name(*line.span(1)) for line in lines if times[line[1]] >= _FEWEST_LINES]
    return [
        name for name in names if bisect_left(labels, name.start) == bisect_left(labels, name.end)
    ]


def is_in_name(names: Sequence[Name], found: Found | Value) -> bool:
    """Return whether a label or a value begins within one of the names."""
    at = bisect_right(names, found.start, key=attrgetter("start")) - 1 if names else -1
    return at >= 0 and found.start < names[at].end
