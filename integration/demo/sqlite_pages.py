"""The bytes of a SQLite file without the offsets of its cells, which may read as digits.

A page tells where each of its cells stands, and keeps the offsets of those that were deleted: often
the same one over and over, `07 35 07 35 07 35`, which reads as `5 5 5` where anything may stand
between two digits of a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

# https://www.sqlite.org/fileformat2.html, 1.2, 1.3, 1.6 and 4.1
_DATABASE: Final = b"SQLite format 3\0"
_DATABASE_HEADER: Final = 100
"""Bytes before the header of the first page."""
_LOGS: Final = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
_LOG_HEADER, _FRAME_HEADER = 32, 24
_SIZES: Final = (512, 1024, 2048, 4096, 8192)
"""Bytes of a page. No offset in one so small reads as two letters, blanks or digits."""
_HEADERS: Final = {0x02: 12, 0x05: 12, 0x0A: 8, 0x0D: 8}
"""Bytes of the header of a page of a tree, by its first byte."""


def without_offsets(raw: bytes) -> bytes:
    """Return the bytes of a database or of its log with zeros for the offsets of cells.

    All that the cells hold stays, and what those held that were deleted; so does any other file.
    """
    made = bytearray(raw)
    for start, end, before in _pages(raw):
        header = _HEADERS.get(raw[start + before])
        at = start + before + (header or 0)
        while header and before + header <= int.from_bytes(raw[at : at + 2], "big") < end - start:
            made[at : at + 2] = b"\0\0"
            at += 2
    return bytes(made)


def _pages(raw: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield where each whole page begins and ends, and how much stands in it before its header."""
    is_log = raw.startswith(_LOGS)
    size = int.from_bytes(raw[8:12] if is_log else raw[16:18], "big")
    if size not in _SIZES or not (is_log or raw.startswith(_DATABASE)):
        return
    gap = _FRAME_HEADER if is_log else 0
    first = _LOG_HEADER + gap if is_log else 0
    for start in range(first, len(raw) - size + 1, size + gap):
        # A frame of the log begins with the number of its page.
        is_first = raw[start - gap : start - gap + 4] == b"\0\0\0\1" if is_log else start == 0
        yield start, start + size, _DATABASE_HEADER if is_first else 0
