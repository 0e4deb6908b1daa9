"""Digits and separators that are written out (`&#52;`, `%34`, `\u0034`, `&nbsp;`), read in place.

Only beside digits: one search for a mark with digits at it says where to look, so that links and
addresses cost next to nothing. What is left over of each becomes invisible; offsets stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from integration.core.text.fold import INVISIBLE
from integration.core.text.lazy import lazy

STARTS: Final = b"%\\=&<"
"""The bytes that such a thing begins with."""

_Read = Callable[[re.Match[bytes]], bytes]

# In the classes (see `reading`): a mark with digits right behind it, or with a digit before it.
_NEAR = lazy(
    rb"e(?:(?=0[0ox](?:e0|00)|x0000e| x?00)"
    rb"|(?<=0e)|(?<=0 e)|(?<=0  e)|(?<=0   e)|(?<=0    e))"
)
_FARTHEST: Final = 4
_SECOND: Final = {
    ord("&"): b"#nsetz",
    ord("%"): b"023Cc",
    ord("="): b"2CE\r\n",
    ord("<"): b"/abiupsqemtfcdwlo",
    ord("\\"): bytes(range(256)),
}
"""What may follow each mark; most marks in links and addresses go no further than this."""


def opened(folded: bytes, classes: bytes, table: bytes) -> bytes:
    """Return `folded` with such digits and separators as plain ones, of the same length.

    `table` gives the class of each byte, `classes` those of `folded`.
    """
    places = _places(folded, classes)
    if not places:
        return folded
    if edits := list(_digits(folded, places)):
        folded = _edited(folded, edits)
        classes = folded.translate(table)
        places = _places(folded, classes)
    return _edited(folded, list(_separators(folded, classes, places)))


def _places(folded: bytes, classes: bytes) -> list[int]:
    return [
        at
        for match in _NEAR.finditer(classes)
        if folded[(at := match.start()) + 1 : at + 2] in _SECOND[folded[at]]
    ]


def _edited(folded: bytes, edits: list[tuple[int, bytes]]) -> bytes:
    if not edits:
        return folded
    changed = bytearray(folded)
    for start, plain in edits:
        changed[start : start + len(plain)] = plain
    return bytes(changed)


def _digits(folded: bytes, places: list[int]) -> Iterator[tuple[int, bytes]]:
    done = 0
    for at in places:
        for form, read in _FORMS.get(folded[at], ()) if at >= done else ():
            if match := form.match(folded, at):
                yield at, read(match)
                done = match.end()
                break


def _digit(match: re.Match[bytes]) -> bytes:
    digit = match[2] or b"%d" % (int(match[1]) - 48)
    return digit.ljust(len(match[0]), INVISIBLE)


def _every(size: int) -> _Read:
    """Return what reads digits that are written in so many characters each."""

    def read(match: re.Match[bytes]) -> bytes:
        return b"".join(
            match[0][at : at + 1].ljust(size, INVISIBLE)
            for at in range(size - 1, len(match[0]), size)
        )

    return read


def _blank(match: re.Match[bytes]) -> bytes:
    return b" ".ljust(len(match[0]), INVISIBLE)


def _quoted(match: re.Match[bytes]) -> bytes:
    return match[0].replace(b"=20", b" " + INVISIBLE * 2)


# Short runs only: a lone "%32" is anything, and long ones are data. A blank that is escaped
# before a number is no digit of it; a URL within a URL is escaped again (%2520). The track of a
# card has one `=` only.
_FORMS: Final[dict[int, tuple[tuple[re.Pattern[bytes], _Read], ...]]] = {
    ord("&"): ((lazy(rb"&#(?:0{0,5}(4[89]|5[0-7])|[xX]0{0,4}3([0-9]));"), _digit),),
    ord("\\"): ((lazy(rb"(?:\\u003[0-9]){4,19}(?!\\u003)"), _every(6)),),
    ord("="): ((lazy(rb"(?:=20[0-9]{3,6}){2,4}(?![0-9]|=(?!20\r?\n|\r?\n))"), _quoted),),
    ord("%"): (
        (lazy(rb"(?<![0-9])(?:%3[0-9]){4,19}(?!%3[0-9])"), _every(3)),
        (
            lazy(rb"(?<![0-9])%(?:25){0,3}(?:20|0[9AaDd]|2[0-9A-Fa-f]|3[A-Fa-f])(?=[0-9]{4})"),
            _blank,
        ),
        (lazy(rb"(?<=[A-Za-z:=.])%(?:25){0,3}20(?=[0-9])"), _blank),
    ),
}

# A separator may be written out: by a URL, JSON, quoted-printable, or HTML that says it is plain.
# Markup of a page parts groups; the elements of a record (XML) name what they hold.
_HTML_NAMES = (
    rb"[abiupsq]|em|strong|small|big|tt|font|span|mark|code|wbr|br|div|td|tr|th|li|sub|sup|o:p|pre"
)
_WRITTEN = lazy(
    rb"(?:[ \t\r\n]{0,4}(?:"
    rb"%%(?:25){0,3}(?:20|0[9AaDd]|[Cc]2%%(?:25){0,3}[Aa]0|2[DdFfBb])"
    rb"|\\(?:u[0-9a-fA-F]{4}|[nrt/])?"
    rb"|=(?:C2=A[0D]|E2=8[01]=[0-9A-F]{2}|\r?\n)"
    rb"|&(?:nbsp|shy|ensp|emsp|thinsp|zwnj|zwj|#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5});"
    rb"|</?(?:%b)(?:[ /](?:[^<>0-9]|[0-9]{1,2}(?![0-9])){0,120})?>"  # none that holds a number
    rb")){1,20}(?=[ \t\r\n]{0,4}[0-9])" % _HTML_NAMES
)
_SOFT_BREAKS = lazy(rb"(?:=\r?\n)+")


def _separators(folded: bytes, classes: bytes, places: list[int]) -> Iterator[tuple[int, bytes]]:
    for at in places:
        before = classes[max(at - _FARTHEST - 1, 0) : at]
        blanks = len(before) - len(before.rstrip(b" "))
        beside = before[: len(before) - blanks].endswith(b"0")
        if beside and (match := _WRITTEN.match(folded, at - blanks)):
            yield match.start(), _plain(match[0])


def _plain(written: bytes) -> bytes:
    if _SOFT_BREAKS.fullmatch(written):
        return INVISIBLE * len(written)
    return (b"\n" if b"\n" in written else b" ").ljust(len(written), INVISIBLE)
