r"""Text as bytes, one byte per character, so that offsets stay and the search runs in C.

Digits of any script become ASCII digits, dashes and spaces their plain forms, characters without
width the soft hyphen, other letters `x`, anything else `?`. Latin-1 passes as it is: Norwegian
letters stay readable.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache
from typing import Final

INVISIBLE: Final = b"\xad"
"""What a character without width becomes."""

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
    "\uff1d": "=",
    **dict.fromkeys("\u060c\u3001\uff0c\u066b\u066c", ","),
    **dict.fromkeys("\u061b\uff1b", ";"),
    **dict.fromkeys("\u3002\u0964\u06d4\uff61", "."),
    **dict.fromkeys("\uff08\u3010", "("),
    **dict.fromkeys("\uff09\u3011", ")"),
    **dict.fromkeys("\u2018\u2019\u201a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u300c\u300d", '"'),
}


@lru_cache(maxsize=4096)
def fold_one(character: str) -> str:
    """Return what one character outside Latin-1 becomes."""
    digit = unicodedata.digit(character, None)
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


def fold(text: str) -> bytes:
    """Return `text` with one byte per character."""
    return text.encode("latin-1", _ERRORS)


_DIGIT_ENTITY = re.compile(rb"&#(?:0{0,5}(4[89]|5[0-7])|[xX]0{0,4}3([0-9]));")


def digits_of_entities(folded: bytes) -> bytes:
    """Read digits that are written as HTML entities; the rest of each entity becomes invisible."""
    return _DIGIT_ENTITY.sub(_digit, folded)


def _digit(match: re.Match[bytes]) -> bytes:
    digit = match[2] or b"%d" % (int(match[1]) - 48)
    return digit.ljust(len(match[0]), INVISIBLE)


# Short runs only: a lone "%32" is anything, and long ones are data. A blank that is escaped
# before a number is no digit of it.
_ESCAPED_DIGITS = re.compile(
    rb"(?<![0-9])(?:%3[0-9]){4,19}(?!%3[0-9])|(?:\\u003[0-9]){4,19}(?!\\u003)"
)
# Blanks that quoted-printable writes out, left in a text; the track of a card has one `=` only.
_QUOTED = re.compile(rb"(?<![0-9])(?:=20)?[0-9]{4}(?:=20[0-9]{3,6}){2,4}(?![0-9=])")
_ESCAPED_BEFORE = re.compile(rb"(?<![0-9])%(?:20|0[9AaDd]|2[0-9A-Fa-f]|3[A-Fa-f])(?=[0-9]{4})")


def digits_of_escapes(folded: bytes) -> bytes:
    """Read digits and blanks that are percent-encoded or written as JSON escapes."""
    opened = _ESCAPED_DIGITS.sub(_unescaped, folded)
    return _ESCAPED_BEFORE.sub(b" " + INVISIBLE * 2, opened)


def blanks_of_quoted(folded: bytes) -> bytes:
    """Read blanks that quoted-printable has written out between groups of digits."""
    return _QUOTED.sub(lambda match: match[0].replace(b"=20", b" " + INVISIBLE * 2), folded)


def _unescaped(match: re.Match[bytes]) -> bytes:
    size = 3 if match[0].startswith(b"%") else 6
    return b"".join(
        match[0][at + size - 1 : at + size].ljust(size, INVISIBLE)
        for at in range(0, len(match[0]), size)
    )


# A separator may be written out: by a URL, JSON, quoted-printable, or HTML that says it is plain.
WRITTEN_STARTS: Final = b"%\\=&<"
"""The bytes that such a separator begins with."""

# Markup of a page parts groups; the elements of a record (XML) name what they hold.
_HTML_NAMES = (
    rb"[abiupsq]|em|strong|small|big|tt|font|span|mark|code|wbr|br|div|td|tr|th|li|sub|sup|o:p|pre"
)
_WRITTEN = re.compile(
    rb"(?:[ \t\r\n]{0,4}(?:"
    rb"%%(?:20|0[9AaDd]|[Cc]2%%[Aa]0|2[DdFfBb])"
    rb"|\\(?:u[0-9a-fA-F]{4}|[nrt/])?"
    rb"|=(?:C2=A[0D]|E2=8[01]=[0-9A-F]{2}|\r?\n)"
    rb"|&(?:nbsp|shy|ensp|emsp|thinsp|zwnj|zwj|#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5});"
    rb"|</?(?:%b)(?:[ /](?:[^<>0-9]|[0-9]{1,2}(?![0-9])){0,120})?>"  # none that holds a number
    rb")){1,20}(?=[ \t\r\n]{0,4}[0-9])" % _HTML_NAMES
)
_SOFT_BREAKS = re.compile(rb"(?:=\r?\n)+")
_DIGIT_BEFORE = re.compile(rb"0 {0,4}e")


def _plain(written: bytes) -> bytes:
    if _SOFT_BREAKS.fullmatch(written):
        return INVISIBLE * len(written)
    return (b"\n" if b"\n" in written else b" ").ljust(len(written), INVISIBLE)


def open_written(folded: bytes, classes: bytes) -> bytes:
    """Replace separators that are written out between digits by plain ones of the same length.

    In `classes` digits are `0`, separators are spaces, and `e` starts what may be written out.
    """
    opened = bytearray(folded)
    for digit in _DIGIT_BEFORE.finditer(classes):
        if match := _WRITTEN.match(folded, digit.start() + 1):
            opened[match.start() : match.end()] = _plain(match[0])
    return bytes(opened)
