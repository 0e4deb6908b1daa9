"""The masked copy that must stand, whole, before an original is deleted. Pure."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from integration.core.detection import find, mask
from integration.core.messages import say
from integration.core.models import TicketView
from integration.core.surfaces import Surface, SurfaceKind, Text
from integration.core.text import decode

_HTML = "text/html"


@dataclass(frozen=True, slots=True)
class MaskedCopy:
    """What is posted as an internal note in place of a surface that cannot be edited."""

    of: str
    """Id of the surface it stands for."""
    text: str = field(repr=False)
    media_type: str
    body: str = field(repr=False)
    """The masked text alone: what must be read back whole."""


def marker(surface_id: str) -> str:
    """The words by which a copy is found again; they hold an id and nothing else."""
    return f"(deskwarden: copy of {surface_id})"


def compose(surface: Surface, masked: str, *, files: Sequence[str], locale: str) -> MaskedCopy:
    """The copy of a surface: who wrote it and when, all text but the spans, its files named."""
    media_type = surface.content.media_type if isinstance(surface.content, Text) else "text/plain"
    author = surface.author_name or say(f"copy.role.{surface.role}", locale)
    lines = [say("copy.written", locale, author=_safe(author, locale), time=_time(surface.created))]
    if files:
        names = ", ".join(_safe(name, locale) for name in files)
        lines.append(say("copy.files", locale, names=names))
    lines.append(marker(surface.id))
    if media_type == _HTML:
        head = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        return MaskedCopy(surface.id, f"{head}<hr><div>{masked}</div>", _HTML, masked)
    return MaskedCopy(surface.id, "\n".join([*lines, "", masked]), "text/plain", masked)


def stands_whole(view: TicketView, copy: MaskedCopy) -> bool:
    """Whether a note of this view holds the marker and every word of the masked text, in order."""
    wanted = _words(copy.body, copy.media_type)
    return any(
        wanted in _words(note.content.text, note.content.media_type)
        for note in copies_of(view, copy.of)
        if isinstance(note.content, Text)
    )


def copies_of(view: TicketView, surface_id: str) -> list[Surface]:
    """The notes of this view that are copies of that surface."""
    words = marker(surface_id)
    return [
        s
        for s in view.surfaces
        if s.kind is SurfaceKind.NOTE and isinstance(s.content, Text) and words in s.content.text
    ]


def files_of(view: TicketView, surface: Surface) -> list[str]:
    """The names of the files that came with a surface."""
    return [
        s.content.text
        for s in view.surfaces
        if s.kind is SurfaceKind.FILE_NAME
        and s.parent is not None
        and s.parent == surface.parent
        and isinstance(s.content, Text)
    ]


def _words(text: str, media_type: str) -> str:
    return " ".join(decode(text, media_type).text.split())


def _safe(text: str, locale: str) -> str:
    return mask(text, find(text), locale=locale)


def _time(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "?"
