"""A group of a number that is removed, where words call it one. Pure.

`The third block is 6984, not 6948. So 4622 9419 6984 7412`: the number goes, and with its group the
one who reads on would have half of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from integration.core.spans import Span
from integration.core.surfaces import Surface
from integration.core.text import Decoded
from integration.core.together.elsewhere import ACROSS, Taken, decoded_of, moved, whole_numbers
from integration.core.words.places import names_a_group
from integration.core.words.vocabulary import as_read

_NO_DIGIT: Final = re.compile(r"\D")
_GROUP: Final = re.compile(r"(?<![\w.,:/-])\d{4}(?![\w/-]|[.,:]\d)")
_SIZE: Final = 4
_BEFORE_THE_LAST: Final = range(0, 12, _SIZE)
"""Where the groups of sixteen digits begin, but the last: a mask shows that, too."""
_WHOLE: Final = 16
_CLAUSE: Final = 40
"""Characters before a group in which it is called one."""
_SENTENCE_ENDS: Final = re.compile(r"[.!?;]\s|\n")


def spans_of_named_groups(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]]
) -> dict[str, list[Span]]:
    """The groups of removed numbers that words call so, by surface id.

    `found`: what is known of each place so far.
    """
    numbers = (each for surface in surfaces for each in whole_numbers(surface, found[surface.id]))
    groups = {group: span for span, pieces in numbers for group in _groups("".join(pieces))}
    if not groups:
        return {}
    read = {surface.id: decoded_of(surface) for surface in surfaces}
    told = {
        name: list(_named(decoded, groups, Taken.by(found[name]))) for name, decoded in read.items()
    }
    return {name: spans for name, spans in told.items() if spans}


def _groups(number: str) -> Iterator[str]:
    digits = _NO_DIGIT.sub("", number)
    for at in _BEFORE_THE_LAST if len(digits) == _WHOLE else ():
        yield digits[at : at + _SIZE]


def _named(decoded: Decoded, groups: Mapping[str, Span], taken: Taken) -> Iterator[Span]:
    text = decoded.text
    for group in _GROUP.finditer(text):
        if group[0] not in groups:
            continue
        before = text[max(0, group.start() - _CLAUSE) : group.start()]
        ranges = tuple(decoded.source(*group.span()))
        if ranges and not taken.touches(ranges) and names_a_group(_clause(before)):
            yield moved(groups[group[0]], ranges, ACROSS)


def _clause(before: str) -> str:
    return as_read(_SENTENCE_ENDS.split(before)[-1])
