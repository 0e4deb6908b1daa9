"""Surfaces: the places of a ticket or an account where text can hide.

Connectors turn what a helpdesk stores into surfaces; the engine knows nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from integration.core.once import once
from integration.core.text import Decoded, decode


class SurfaceKind(StrEnum):
    """What sort of place it is; capabilities are declared per kind."""

    SUBJECT = "subject"
    MESSAGE = "message"
    QUOTED = "quoted"
    NOTE = "note"
    CUSTOM_FIELD = "custom_field"
    FILE = "file"
    FILE_NAME = "file_name"
    HEADER = "header"
    HISTORY = "history"
    """A copy that the helpdesk keeps of an earlier value: an old subject, a change record."""
    MAIL_COPY = "mail_copy"
    """A copy that the helpdesk keeps of a mail it has sent."""
    CONTACT_FIELD = "contact_field"
    PREVIEW = "preview"
    """What the helpdesk shows of a ticket in its lists, a copy of its newest message."""


class Role(StrEnum):
    """Who wrote it."""

    REQUESTER = "requester"
    AGENT = "agent"
    SYSTEM = "system"
    UNKNOWN = "unknown"


class Direction(StrEnum):
    """Which way it went: card data sent *out* is worse than card data received."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"


@dataclass(frozen=True)
class Text:
    """Text as stored, with its declared type. Its repr never shows the text."""

    text: str = field(repr=False)
    media_type: str = "text/plain"

    @once
    def decoded(self) -> Decoded:
        """What a reader sees, and the way back. Kept, since every look at a ticket begins here."""
        return decode(self.text, self.media_type)


@dataclass(frozen=True, slots=True)
class Blob:
    """A file: opened only by the job that scans it."""

    name: str = field(repr=False)
    media_type: str
    size: int | None = None
    """Bytes, as the helpdesk says."""
    open: Callable[[], BinaryIO] | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Surface:
    """One place where text can hide.

    `id` is unique within its ticket and stable between reads; it is made by the connector
    (`subject`, `message:502`, `field:order_id`) and holds nothing a person wrote.
    """

    id: str
    kind: SurfaceKind
    content: Text | Blob
    author: str | None = None
    """The helpdesk's id of the writer, never a name or address."""
    role: Role = Role.UNKNOWN
    direction: Direction = Direction.INTERNAL
    channel: str = ""
    created: datetime | None = None
    parent: str | None = None
    """Id of the surface or message group this one belongs to, where there is one."""
    author_name: str = field(default="", repr=False)
    """Shown in a masked copy only; never stored by us."""
