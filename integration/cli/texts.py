"""Files as texts: which of them can be read, as what, and why not."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

PLAIN, HTML, MAIL = "text/plain", "text/html", "message/rfc822"
MEDIA_TYPES = {
    "": PLAIN,
    ".cfg": PLAIN,
    ".conf": PLAIN,
    ".csv": PLAIN,
    ".eml": MAIL,
    ".env": PLAIN,
    ".htm": HTML,
    ".html": HTML,
    ".ics": PLAIN,
    ".ini": PLAIN,
    ".json": PLAIN,
    ".jsonl": PLAIN,
    ".log": PLAIN,
    ".mbox": PLAIN,
    ".md": PLAIN,
    ".rtf": PLAIN,
    ".sql": PLAIN,
    ".svg": HTML,
    ".toml": PLAIN,
    ".tsv": PLAIN,
    ".txt": PLAIN,
    ".vcf": PLAIN,
    ".vtt": PLAIN,
    ".xhtml": HTML,
    ".xml": HTML,
    ".yaml": PLAIN,
    ".yml": PLAIN,
}
"""What the ending of a file name says; any other file is not readable yet, never clean."""
SIZE_LIMIT = 32 * 1024 * 1024
"""Bytes of one file."""
_LOOKED_AT = 4096
"""A zero byte among the first so many means that the file is not a text."""


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file, exactly: `text.encode(encoding)` are its bytes again."""

    text: str = field(repr=False)
    media_type: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a file was not read: `unreadable` or `over_limit`, and a reason as a word."""

    status: str
    reason: str


def read_file(path: Path, media_type: str | None = None) -> FileText | Unread:
    """The text of a file of a readable type; a given media type wins over its name."""
    media_type = media_type or MEDIA_TYPES.get(path.suffix.lower())
    try:
        if not path.is_file():
            return Unread("unreadable", "not_a_file")
        if media_type is None:
            return Unread("unreadable", "file_type")
        if path.stat().st_size > SIZE_LIMIT:
            return Unread("over_limit", "size")
        return decoded(path.read_bytes(), media_type)
    except OSError:
        return Unread("unreadable", "no_access")


def read_stream(stream: BinaryIO) -> FileText | Unread:
    """The plain text that comes in, such as what is piped to a command."""
    raw = stream.read(SIZE_LIMIT + 1)
    return decoded(raw, PLAIN) if len(raw) <= SIZE_LIMIT else Unread("over_limit", "size")


def decoded(raw: bytes, media_type: str) -> FileText | Unread:
    """The text in bytes: UTF-8, else Latin-1, which any byte fits."""
    if b"\0" in raw[:_LOOKED_AT]:
        return Unread("unreadable", "binary")
    try:
        return FileText(raw.decode("utf-8"), media_type, "utf-8")
    except UnicodeDecodeError:
        return FileText(raw.decode("latin-1"), media_type, "latin-1")
