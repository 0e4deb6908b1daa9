"""Card numbers over lines of a chat or parts of a message: `09:41 Kari: 4111 1111` and so on.

What stands between the end of one line and the digits of the next (a clock, the name of the same
writer, `2/2`) is read as an end of a line, so that the groups follow each other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from integration.core.text.fold import INVISIBLE
from integration.core.text.reading import of_folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.text.reading import Reading

_LONGEST_LINE: Final = 80
_LONGEST_PART: Final = 16
_PART = rb"[(\[]?[1-9] ?(?:/|of|av) ?[1-9][)\]]?"
_CLOCK = (
    rb"[\[(]?(?:[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4},? )?"
    rb"[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?: ?[AaPp][Mm])?[\])]?[ ,-]{0,3}"
)
_NAME = rb"([A-Za-z\x80-\xff][\w .\x80-\xff'-]{0,23}[:>])"
# A digit, or the bracket around a part, and perhaps blanks end the line before.
_ENDS_A_LINE = b"|".join(rb"(?<=[0-9)\]]%b\n)" % (rb"[ \t\r]" * blanks) for blanks in range(4))
_AHEAD = re.compile(
    rb"\n(?:%b)[ \t]{0,2}(?:(%b)|(?:%b)?%b|%b)?[ \t]{0,2}(?=[0-9]{2})"
    % (_ENDS_A_LINE, _PART, _CLOCK, _NAME, _CLOCK)
)
_BEHIND = re.compile(rb"[0-9]([ \t]{0,2}%b)?[ \t\r]{0,3}\Z" % _PART)
_HEAD = re.compile(rb"(?:%b)?%b" % (_CLOCK, _NAME))


def over_lines(reading: Reading) -> tuple[Reading, list[tuple[int, int]]]:
    """Return the reading with its lines joined, and where; none where there is nothing to join."""
    gaps = list(_gaps(reading.folded))
    if not gaps:
        return reading, []
    folded = bytearray(reading.folded)
    for start, end in gaps:
        folded[start:end] = b"\n".ljust(end - start, INVISIBLE)
    return of_folded(reading.text, bytes(folded)), gaps


def may_join(folded: bytes) -> bool:
    """Return whether digits may follow each other over the end of a line."""
    return _AHEAD.search(folded) is not None


def _gaps(folded: bytes) -> Iterator[tuple[int, int]]:
    for ahead in _AHEAD.finditer(folded):
        low = folded.rfind(b"\n", max(0, ahead.start() - _LONGEST_LINE), ahead.start()) + 1
        behind = _BEHIND.search(folded, max(low, ahead.start() - _LONGEST_PART), ahead.start())
        if not behind:
            continue
        part, name = behind[1] or ahead[1], ahead[2]
        head = _HEAD.match(folded, low, ahead.start()) if name else None
        if part or (head and head[1] == name):
            yield behind.start() + 1, ahead.end()
