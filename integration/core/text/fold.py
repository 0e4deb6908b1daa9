r"""Text as bytes, one byte per character, so that offsets stay and the search runs in C.

Digits of any script become ASCII digits, dashes and spaces their plain forms, characters without
width the soft hyphen, other letters `x`, anything else `?`. Latin-1 passes as it is: Norwegian
letters stay readable.
"""

from __future__ import annotations

import codecs
import unicodedata
from functools import lru_cache
from typing import Final

INVISIBLE: Final = b"\xad"
"""What a character without width becomes."""

CONTROLS: Final = bytes((*range(1, 9), *range(0x0B, 0x0D), *range(0x0E, 0x20), 0x7F))
"""Bytes that no reader sees, or sees as a gap."""
_GAPS: Final = {**dict.fromkeys(range(0x0B, 0x0D), 0x0A), **dict.fromkeys(range(0x1C, 0x20), 0x20)}
_SEEN: Final = bytes(
    _GAPS.get(byte, INVISIBLE[0] if byte in CONTROLS else byte) for byte in range(256)
)

_ERRORS = "deskwarden-fold"
_BY_CATEGORY = {
    "Pd": "-",
    "Sc": "$",
    "Zs": " ",
    "Zl": "\n",
    "Zp": "\n",
    "Cf": "\xad",
    "Mn": "\xad",
    "Me": "\xad",
}
_LOOKALIKES = {
    "\u2212": "-",
    "\u2044": "/",
    "\u2215": "/",
    "\uff0f": "/",
    "\uff0e": ".",
    "\u2024": ".",
    "\u2022": "\xb7",
    "\u2026": ".",
    "\uff1a": ":",
    "\uff5e": "~",
    "\uff1d": "=",
    **dict.fromkeys("\u060c\u3001\uff0c\u066b\u066c", ","),
    **dict.fromkeys("\u061b\uff1b", ";"),
    **dict.fromkeys("\u3002\u0964\u06d4\uff61", "."),
    **dict.fromkeys("\uff08\u3010", "("),
    **dict.fromkeys("\uff09\u3011", ")"),
    **dict.fromkeys("\u2217\u25a0\u25cb\u25cf\u2588\u2605\u2606\u2731\uff0a", "*"),
    **dict.fromkeys("\u2018\u2019\u201a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u300c\u300d", '"'),
}


@lru_cache(maxsize=4096)
def fold_one(character: str) -> str:
    """Return what one character outside Latin-1 becomes."""
    digit = unicodedata.decimal(character, None)  # no numbers in circles, which count a list
    if digit is not None:
        return str(digit)
    if character in _LOOKALIKES:
        return _LOOKALIKES[character]
    category = unicodedata.category(character)
    return _BY_CATEGORY.get(category, "x" if category.startswith("L") else "?")


def _fold_run(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)  # noqa: S101 - the codec machinery calls this
    run = error.object[error.start : error.end]
    return "".join(map(fold_one, run)), error.end


codecs.register_error(_ERRORS, _fold_run)


_LOWER = bytes(range(256)).decode("latin-1").lower().encode("latin-1")


def lower_case(folded: bytes) -> bytes:
    """Return folded text in lower case, Norwegian letters too."""
    return folded.translate(_LOWER)


def without_controls(folded: bytes) -> bytes:
    """Return folded text as a reader sees it: controls that part as gaps, others as nothing."""
    return folded.translate(_SEEN)


def fold(text: str) -> bytes:
    """Return `text` with one byte per character."""
    return text.encode("latin-1", _ERRORS)


def in_latin(text: str) -> bytes | None:
    """Return the same when every character has a byte of its own, else None."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return None
