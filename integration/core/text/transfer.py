"""Transfer encodings of mail (RFC 2045, RFC 2047), decoded with a map back."""

from __future__ import annotations

import binascii
import codecs
import re
from email.errors import HeaderParseError
from email.header import decode_header

from integration.core.text.decoded import Builder, Decoded, Sealed

ENCODED_WORDS = re.compile(
    r"=\?[^?\s]{1,40}\?[bBqQ]\?[^?\r\n]{0,1000}\?="
    r"(?:[ \t]{0,8}(?:\r?\n[ \t]{1,8})?=\?[^?\s]{1,40}\?[bBqQ]\?[^?\r\n]{0,1000}\?=){0,200}"
)
_SOFT_BREAK = r"=[ \t]{0,80}\r?\n"
# A character of several bytes may be broken over lines.
_QUOTED = re.compile(
    rf"(?:=[0-9A-Fa-f]{{2}}(?:{_SOFT_BREAK}(?==[0-9A-Fa-f]{{2}}))?)+|{_SOFT_BREAK}"
)
_BYTE = re.compile(r"=([0-9A-Fa-f]{2})")
# So many digits in a row are a number that somebody wrote, not an encoding of anything.
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/=\r\n]|[0-9]{12}")
# Codecs of Python that are no charsets of mail; some refuse lenient decoding.
_NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})
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
    built, at = Builder(source), 0
    for match in _QUOTED.finditer(source):
        built.verbatim(at, match.start())
        at = match.end()
        if _BYTE.match(match[0]):
            _escaped(built, match, charset)
    built.verbatim(at, len(source))
    return built.build()


def _escaped(built: Builder, match: re.Match[str], charset: str) -> None:
    decoder = codecs.getincrementaldecoder(charset)("replace")
    escapes = list(_BYTE.finditer(match[0]))
    first = match.start()
    for at, escape in enumerate(escapes, 1):
        text = decoder.decode(bytes.fromhex(escape[1]), final=at == len(escapes))
        if text:
            end = match.start() + escape.end()
            built.atom(text, first, end)
            first = end


def base64_part(source: str, start: int, end: int, media_type: str, charset: str) -> Sealed | None:
    """Open a base64 body; None when it holds none."""
    raw = source[start:end]
    body = raw.strip()
    if _NOT_BASE64.search(body):
        return None
    try:
        data = binascii.a2b_base64(body.encode("ascii", "replace"))
    except binascii.Error:
        return None
    if not data:
        return None
    try:
        text = data.decode(charset)
    except ValueError:
        charset = _FALLBACK
        text = data.decode(charset)
    start += len(raw) - len(raw.lstrip())
    newline = "\r\n" if "\r\n" in raw else "\n"
    return Sealed(start, start + len(body), text, media_type, "base64", charset, newline)


def encoded_words(source: str, match: re.Match[str]) -> Sealed | None:
    """Open a run of encoded words of a header; None when they cannot be read."""
    try:
        parts = decode_header(match[0])
    except (HeaderParseError, ValueError):
        return None
    text = "".join(
        part.decode(known_charset(charset or _FALLBACK), "replace")
        if isinstance(part, bytes)
        else part
        for part, charset in parts
    )
    newline = "\r\n" if "\r\n" in source else "\n"
    return Sealed(*match.span(), text, "text/plain", "words", newline=newline)
