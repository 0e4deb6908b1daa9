"""Stored bytes as text and back, losslessly, in the character set that they tell or declare."""

from __future__ import annotations

import re
from collections.abc import Iterator

from connectors.request_tracker.records import AttachmentRecord
from integration.core.binary import BINARY
from integration.core.surfaces import Blob, Text
from integration.core.text.transfer import known_charset

MAIL = "message/rfc822"
_MARKS = {
    b"\xff\xfe\0\0": "utf-32-le",
    b"\0\0\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
_SHIFTING = re.compile(r"utf-7|hz|iso2022")
"""Character sets that write every character in seven bits: their bytes are UTF-8 as well."""
_SHIFTED = {b"\x1b$B": "iso2022_jp", b"\x1b$@": "iso2022_jp", b"\x1b$)C": "iso2022_kr"}
"""What only those begin with: they are read so though nothing declares them (RFC 1468, 1557)."""
_CHARSET = re.compile(
    r"^Content-Type[ \t]*:(?:[^\n]|\n[ \t])*?;\s*charset\s*=\s*[\"']?([\w.:+-]{1,40})",
    re.IGNORECASE | re.MULTILINE,
)
_ORIGINAL = re.compile(
    r"^X-RT-Original-Content-Type[ \t]*:[ \t]*([\w.+/-]+)", re.IGNORECASE | re.MULTILINE
)
"""RT makes octets of a text whose character set it does not know."""
_BY_NAME = {
    "eml": MAIL,
    "htm": "text/html",
    "html": "text/html",
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "svg": "image/svg+xml",
    "xml": "application/xml",
}
_OCTETS = "application/octet-stream"
_ROW = re.compile(rb"[2-6*](?:[ -]?[0-9*]){12}")
"""Stars too: where a number was is looked at again."""


def declared_charset(record: AttachmentRecord) -> str:
    """The codec of the character set in its headers; "" where there is none."""
    found = _CHARSET.search(record.text("Headers"))
    return known_charset(found[1]) if found else ""


def read_as(record: AttachmentRecord) -> str:
    """The media type as which its text is read.

    A mail without the boundary that it declares is kept whole by RT.
    """
    media_type = record.media_type.lower()
    if media_type.startswith("multipart/"):
        return MAIL
    if media_type != _OCTETS:
        return record.media_type
    original = _ORIGINAL.search(record.text("Headers"))
    suffix = record.text("Filename").rpartition(".")[2].lower()
    return original[1] if original else _BY_NAME.get(suffix, record.media_type)


def decoded(content: bytes, media_type: str, charset: str = "") -> Text:
    r"""Bytes as text, losslessly: the character set is noted where it is not UTF-8.

    >>> decoded(b"\xe6", "text/csv").media_type
    'text/csv; charset=latin-1'
    """
    for codec in _codecs(content, charset):
        text = _lossless(content, codec)
        if text is not None:
            return Text(text, _typed(media_type, codec))
    return Text(content.decode("latin-1"), _typed(media_type, "latin-1"))


def shows_number(content: bytes) -> bool:
    """Whether as many digits stand in a row as a card number has; the extension looks likewise."""
    return _ROW.search(content) is not None


def as_bytes(content: bytes) -> Text:
    """The bytes of a file that is no text, each as one character."""
    return Text(content.decode("latin-1"), _typed(BINARY, "latin-1"))


def encoded(text: str, media_type: str) -> bytes:
    """Text as bytes, in the character set that `decoded` noted."""
    codec = media_type.partition("; charset=")[2] or "utf-8"
    return text.encode(codec, "replace")


def is_undecoded(content: Text | Blob, charset: str = "") -> bool:
    """Whether it may say more than we read, in a character set in which we did not read it.

    It holds a NUL, as UTF-32 without a mark does and what is no text at all; or it declares a
    character set of seven bits in which it could not be written back.
    """
    if not isinstance(content, Text):
        return False
    read_otherwise = _typed("", charset) != _typed("", _noted(content.media_type))
    return "\0" in content.text or bool(_SHIFTING.match(charset) and read_otherwise)


def _codecs(content: bytes, charset: str) -> Iterator[str]:
    """What it may be written in, likeliest first.

    What is UTF-8 is UTF-8, whatever it declares: but for what looks so in every character set.
    """
    yield from (codec for mark, codec in _MARKS.items() if content.startswith(mark))
    if charset and (b"\0" in content or _SHIFTING.match(charset)):
        yield charset
    yield from (codec for escape, codec in _SHIFTED.items() if escape in content)
    if b"\0" in content:
        yield from _wide(content)
    yield "utf-8"
    if charset:
        yield charset


def _wide(content: bytes) -> Iterator[str]:
    """UTF-16 without a mark: every other byte of a Western text is NUL, and no other one."""
    first, second = content[::2], content[1::2]
    if second.count(0) * 2 > len(second) and 0 not in first:
        yield "utf-16-le"
    if first.count(0) * 2 > len(first) and 0 not in second:
        yield "utf-16-be"


def _lossless(content: bytes, codec: str) -> str | None:
    try:
        text = content.decode(codec)
        return text if text.encode(codec) == content else None
    except ValueError:
        return None


def _typed(media_type: str, codec: str) -> str:
    return media_type if codec == "utf-8" else f"{media_type}; charset={codec}"


def _noted(media_type: str) -> str:
    return media_type.partition("; charset=")[2] or "utf-8"
