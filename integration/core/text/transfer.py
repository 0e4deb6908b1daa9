"""Transfer encodings of mail (RFC 2045, RFC 2047), decoded with a map back."""

from __future__ import annotations

import binascii
import codecs
import contextlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from integration.core.text.builder import Builder
from integration.core.text.decoded import BARRIER, UNSEEN, Decoded
from integration.core.text.lazy import lazy
from integration.core.text.sealed import Sealed

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = r"=\?[^?\s]{1,40}\?[bBqQ]\?[^?\r\n]{0,1000}\?="
_NEXT_LINE = r"[ \t]{0,8}(?:\r?\n[ \t]{1,8})?"
# Some programs cut a header at so many characters, amid its last word.
_CUT_WORD = r"=\?[^?\s]{1,40}\?[bBqQ]\?[^?\s]{0,1000}\??(?=[ \t]{0,8}(?:\r?\n(?![ \t])|\r?\Z))"
ENCODED_WORDS = lazy(
    rf"{_WORD}(?:{_NEXT_LINE}{_WORD}){{0,200}}(?:{_NEXT_LINE}{_CUT_WORD})?|{_CUT_WORD}"
)
_CUT_OFF = lazy(r"(?i)(=\?[^?\s]{1,40}\?([bq])\?)([^?\s]*)\??\Z")
_HALF_ESCAPE = lazy(r"=[0-9A-Fa-f]?\Z")
_SOFT_BREAK = r"=[ \t]{0,80}\r?\n"
# A character of several bytes may be broken over lines.
_QUOTED = lazy(rf"(?:=[0-9A-Fa-f]{{2}}(?:{_SOFT_BREAK}(?==[0-9A-Fa-f]{{2}}))?)+|{_SOFT_BREAK}")
_TAIL = "=[89AB][0-9A-F]"
# A soft break ends a long line only; all begins with the sign itself, so that the search is quick.
LONG_LINE_BREAK = r"\r\n(?<=[^\r\n]{60}=\r\n)|\n(?<=[^\r\n]{60}=\n)"
# Nobody ends a line so amid a number.
_BREAK_IN_A_NUMBER = r"(?:\r\n(?<=[0-9]=\r\n)|\n(?<=[0-9]=\n))(?=[0-9])"
# A blank before the first group of a number or before all of it, and another escape behind that.
_BLANK_BEFORE_A_NUMBER = r"20(?=[0-9]{4}(?:[0-9]{9,15})?=(?:20|C2=A0|0[AD]))"
_SURELY_QUOTED = lazy(
    rf"=(?:3D|20(?=\r?\n)|{_BLANK_BEFORE_A_NUMBER}|0D=0A|(?:C[2-9A-F]|D[0-9A-F]){_TAIL}"
    rf"|E[0-9A-F](?:{_TAIL}){{2}}|F[0-4](?:{_TAIL}){{3}}|{LONG_LINE_BREAK}|{_BREAK_IN_A_NUMBER})"
)
_BYTE = lazy(r"=([0-9A-Fa-f]{2})")
# So many digits in a row are a number that somebody wrote, not an encoding of anything.
_NOT_BASE64 = lazy(r"[^A-Za-z0-9+/=\r\n \t]|[ \t](?![ \t]{0,80}(?:\r?\n|\Z))|[0-9]{12}")
# Codecs of Python that are no charsets of mail; some refuse lenient decoding.
_NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})
_BLANK_LINE_ENDS = lazy(r"\n[ \t]*\r?\n\Z")
_SHORTEST_BEFORE_TEXT = 16
_HEAD = 4096
"""Characters of a file in base64 that tell most files from texts."""
# No text holds them: controls, but for blanks and what begins a sequence of a terminal.
_NO_TEXT = lazy(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_QUANTUM = 4
"""Characters that stand for three bytes (RFC 4648 4)."""
_WITH_MARK = {
    ("utf-16", codecs.BOM_UTF16_LE): "utf-16-le",
    ("utf-16", codecs.BOM_UTF16_BE): "utf-16-be",
}
"""Codecs that leave the byte order mark in the text, so that it goes back as it was."""
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# With what may follow a byte of two; a lone surrogate is a byte that was no UTF-8 (PEP 383).
_BYTES = lazy(r"[\x80-\xff\udc80-\udcff][@-\xff\udc80-\udcff]*")
_DECODED = lazy(r"[^\x00-\xff\udc80-\udcff]")
_FALLBACK = "latin-1"  # every byte has a character and goes back to the same byte


def known_charset(name: str) -> str:
    """Return a text codec of this interpreter for `name`, or the one that reads any byte."""
    try:
        "0".encode(name)
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return _FALLBACK
    return _FALLBACK if known in _NO_CHARSETS else known


def quoted_printable(source: str, charset: str) -> Decoded:
    """Decode quoted-printable: soft breaks vanish, each escaped character is an atom."""
    charset = charset if "0".encode(charset) == b"0" else _FALLBACK  # half of it is not escaped
    built, at = Builder(source), 0
    for match in _QUOTED.finditer(source):
        built.verbatim(at, match.start())
        at = match.end()
        if _BYTE.match(match[0]):
            _escaped(built, match, charset)
    built.verbatim(at, len(source))
    return built.build()


def quoted_remains(source: str) -> Decoded:
    """Decode what can hardly be anything else but quoted-printable; `=12` is a value to most."""
    built, at = Builder(source), 0
    for match in _SURELY_QUOTED.finditer(source):
        built.verbatim(at, match.start())
        at = match.end()
        if escapes := _BYTE.findall(match[0]):
            text = bytes.fromhex("".join(escapes)).decode("utf-8", "replace")
            built.atom(text, *match.span())
    built.verbatim(at, len(source))
    return built.build()


def _escaped(built: Builder, match: re.Match[str], charset: str) -> None:
    escapes = _BYTE.finditer(match[0])
    first = match.start()
    found = [(int(escape[1], 16), first + escape.end()) for escape in escapes]
    characters(built, first, found, charset, "replace")


def characters(
    built: Builder,
    start: int,
    found: Sequence[tuple[int, int]],
    charset: str,
    errors: str = "replace",
) -> None:
    """Take each character of the bytes `found`, given with the end of what each is written as."""
    decoder = codecs.getincrementaldecoder(charset)(errors)
    for at, (byte, end) in enumerate(found, 1):
        text = decoder.decode(bytes((byte,)), final=at == len(found))
        if text:
            built.atom(text.replace(BARRIER, UNSEEN), start, end)
            start = end


def eight_bit(source: str, charset: str) -> Decoded:
    """Read a text in its own charset of which each byte became a character before.

    That is a text read as Latin-1, or as UTF-8 with what is none escaped as surrogates; any other
    was decoded already.
    """
    built, at = Builder(source), 0
    if charset != _FALLBACK and not _DECODED.search(source):
        for match in _BYTES.finditer(source):
            built.verbatim(at, match.start())
            at = match.start()
            found = [(ord(byte) & 0xFF, place) for place, byte in enumerate(match[0], at + 1)]
            with contextlib.suppress(UnicodeError):
                inside = Builder(source)
                characters(inside, at, found, charset, "strict")
                built.embed(inside.build(), 0)
                at = match.end()
    built.verbatim(at, len(source))
    return built.build()


class _Body(NamedTuple):
    """What is encoded of a body: where it begins, how it is written, and its bytes."""

    start: int
    written: str
    data: bytes
    newline: str


def base64_part(source: str, start: int, end: int, media_type: str, charset: str) -> Sealed | None:
    """Open a base64 body, up to a text that follows it; None when it holds none."""
    start, written, data, newline = _in_base64(source, start, end)
    if not data:
        return None
    charset, text = text_of(data, charset)
    part = Sealed(start, start + len(written), text, media_type, "base64", charset, newline)
    return replace(part, width=len(written.split()[0])) if "\n" in written else part


def holds_file(source: str, start: int, end: int) -> bool:
    """Return whether a base64 body holds a file that is no text, by its bytes."""
    stops = (min(end, start + _HEAD), end)
    return any(is_binary(_in_base64(source, start, stop).data) for stop in stops)


def is_binary(data: bytes) -> bool:
    """Return whether there are bytes that stand in no text."""
    return not data.startswith(_MARKS) and _NO_TEXT.search(data) is not None


def text_of(data: bytes, charset: str) -> tuple[str, str]:
    """Return the charset that bytes are in, or one that reads any byte, and their text."""
    wide = "utf-16" if b"\0" in data else charset
    charset = _WITH_MARK.get((wide, data[:2]), charset)
    try:
        return charset, data.decode(charset)
    except ValueError:
        return _FALLBACK, data.decode(_FALLBACK)


def _in_base64(source: str, start: int, end: int) -> _Body:
    body = source[start:end]
    written = _encoded(body.lstrip())
    newline = "\r\n" if "\r\n" in body else "\n"
    return _Body(start + len(body) - len(body.lstrip()), written, _bytes_of(written), newline)


def _bytes_of(body: str) -> bytes:
    """Return what base64 holds that may have been cut off: six bits too many are no byte."""
    letters = "".join(body.split()).rstrip("=")
    if "=" in letters:
        return b""
    letters = letters[: len(letters) - (len(letters) % _QUANTUM == 1)]
    return binascii.a2b_base64(letters + "=" * (-len(letters) % _QUANTUM))


def _encoded(body: str) -> str:
    """Return the base64 that `body` begins with; mailing lists add text behind it."""
    other = _NOT_BASE64.search(body)
    if not other:
        return body.rstrip()
    encoded = body[: body.rfind("\n", 0, other.start()) + 1]
    ended = encoded.rstrip().endswith("=") or _BLANK_LINE_ENDS.search(encoded)
    return encoded.rstrip() if ended and len(encoded) >= _SHORTEST_BEFORE_TEXT else ""


def encoded_words(source: str, match: re.Match[str]) -> Sealed | None:
    """Open a run of encoded words of a header; None when they cannot be read."""
    from email.errors import HeaderParseError  # noqa: PLC0415  seldom needed, and slow to load
    from email.header import decode_header  # noqa: PLC0415

    words = _completed(match[0])
    try:
        parts = decode_header(words)
    except (HeaderParseError, ValueError):
        return None
    text = "".join(
        part.decode(known_charset(charset or _FALLBACK), "replace")
        if isinstance(part, bytes)
        else part
        for part, charset in parts
    )
    if words != match[0]:
        text = text.rstrip("\ufffd")
    newline = "\r\n" if "\r\n" in source else "\n"
    return Sealed(*match.span(), text, "text/plain", "words", newline=newline)


def _completed(words: str) -> str:
    """Return a run of encoded words of which the last was cut off, without its odd tail."""
    cut = None if words.endswith("?=") else _CUT_OFF.search(words)
    if cut is None:
        return words
    head, encoding, written = cut.groups()
    if encoding in "qQ":
        written = _HALF_ESCAPE.sub("", written)
    else:
        letters = written.rstrip("=")
        written = letters[: len(letters) - (len(letters) % _QUANTUM == 1)]
    return f"{words[: cut.start()]}{head}{written}?="
