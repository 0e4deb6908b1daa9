"""Files in uuencode (POSIX), as old mail programs attach them."""

from __future__ import annotations

import binascii
import re
from typing import Final, NamedTuple

from integration.core.text.lazy import lazy
from integration.core.text.sealed import Sealed
from integration.core.text.transfer import text_of

NAMES: Final = frozenset({"x-uuencode", "uuencode", "x-uue", "uue"})
"""What the transfer encoding is called."""
_BEGIN: Final = lazy(r"^begin [0-7]{3,4} [^\r\n]{0,500}\r?\n", re.MULTILINE)
_END: Final = "end"


class Lines(NamedTuple):
    """The lines of a file: where they stand, how they end, and the bytes that they hold."""

    start: int
    end: int
    newline: str
    data: bytes

    def sealed(self, media_type: str, charset: str) -> Sealed:
        """Return them as text."""
        charset, text = text_of(self.data, charset)
        return Sealed(self.start, self.end, text, media_type, "uuencode", charset, self.newline)


def lines_in(source: str, start: int, end: int) -> Lines:
    """Return the lines behind the one that begins a file, or none."""
    begin = _BEGIN.search(source, start, end)
    low = high = begin.end() if begin else end
    data = bytearray()
    for line in source[low:end].splitlines(keepends=True):
        piece = _bytes_of(line)
        if not piece:
            break
        data += piece
        high += len(line)
    written = source[low:high]
    newline = "\r\n" if "\r\n" in written else "\n"
    # A line that was cut short ends in zeros.
    return Lines(low, low + len(written.rstrip("\r\n")), newline, bytes(data).rstrip(b"\0"))


def _bytes_of(line: str) -> bytes:
    if line.strip() == _END:
        return b""
    try:
        return binascii.a2b_uu(line)
    except ValueError:
        return b""
