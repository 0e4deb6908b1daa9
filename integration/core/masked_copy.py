"""The masked copy that must stand, whole, before an original is deleted. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from integration.core.detection import find, mask
from integration.core.findings.model import lettered
from integration.core.messages import say
from integration.core.models import TicketView
from integration.core.surfaces import Surface, SurfaceKind, Text
from integration.core.text import decode
from integration.core.text.decoded import BARRIER
from integration.core.text.elements import INLINE

_HTML = "text/html"
_CARD = "\n\ncard"
_LONG = re.compile(r"[0-9]{8,}")
_MARKER = re.compile(r"\(deskwarden: copy of ([^()\s]+)\)")
_HEAD = re.compile(
    rf"(?:\s|<[^<>]{{1,40}}>){{0,8}}{_MARKER.pattern}"
    r"(?:(?s:.){1,400}?(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d) UTC)?"
)
_DIGIT = re.compile(r"[0-9]")


@dataclass(frozen=True, slots=True)
class MaskedCopy:
    """What is posted as an internal note in place of a surface that cannot be edited."""

    of: str
    """Id of the surface it stands for."""
    text: str = field(repr=False)
    """Head and masked text: what must be read back whole."""
    media_type: str


def marker(surface_id: str) -> str:
    """The words by which a copy is found again; they hold an id and nothing else."""
    return f"(deskwarden: copy of {_name(surface_id)})"


def compose(surface: Surface, masked: str, *, files: Sequence[str], locale: str) -> MaskedCopy:
    """The copy of a surface: who wrote it and when, all text but the spans, its files named."""
    media_type = surface.content.media_type if isinstance(surface.content, Text) else "text/plain"
    author = surface.author_name or say(f"copy.role.{surface.role}", locale)
    said = [say("copy.written", locale, author=author, time=_time(surface.created))]
    if files:
        said.append(say("copy.files", locale, names=", ".join(files)))
    # The marker stands first: a name or a text that holds another one comes after it. The last
    # line is words alone, so that digits of a name and of the text never read as one number.
    lines = [
        marker(surface.id),
        *(_safe(line, locale) for line in said),
        say("copy.text", locale),
    ]
    if media_type == _HTML:
        head = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        return MaskedCopy(surface.id, f"{head}<hr><div>{masked}</div>", _HTML)
    return MaskedCopy(surface.id, "\n".join([*lines, "", masked]), "text/plain")


def stands_whole(view: TicketView, copy: MaskedCopy) -> bool:
    """Whether a note of this view holds every character of the copy that a reader sees, in order.

    The head counts too: a note that only repeats the marker, or drops who wrote it, is no copy.
    White space, styles and attributes do not: a helpdesk cleans the HTML that it is given.
    """
    wanted = _letters(copy.text, copy.media_type)
    return any(
        wanted in _letters(note.content.text, note.content.media_type)
        for note in copies_of(view, copy.of)
        if isinstance(note.content, Text)
    )


def copies_of(view: TicketView, surface_id: str) -> list[Surface]:
    """The notes of this view that say they are copies of that surface.

    Only the first marker of a note counts: what a customer wrote stands further down. An agent can
    write such a note too; then nothing is deleted, because it does not hold the whole copy.
    """
    return [
        s
        for s in view.surfaces
        if s.kind is SurfaceKind.NOTE
        and isinstance(s.content, Text)
        and (found := _MARKER.search(_words(s.content.text, s.content.media_type)))
        and found[1] == _name(surface_id)
    ]


def without_digits_of_head(surface: Surface) -> Surface:
    """A copy with letters for the digits that are ours: the id of its original, and the time.

    What they read like beside what is told in a ticket says nothing. Others are left as they are.
    """
    content = surface.content
    if surface.kind is not SurfaceKind.NOTE or not isinstance(content, Text):
        return surface
    head = _HEAD.match(content.text)
    if not head or _LONG.search(head[1]):
        return surface
    text = content.text
    for start, end in (head.span(1), head.span("time")):
        text = f"{text[:start]}{_DIGIT.sub('n', text[start:end])}{text[end:]}" if end > 0 else text
    return replace(surface, content=Text(text, content.media_type))


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


def _name(surface_id: str) -> str:
    """The id; in letters where it is so long a number that it could be taken for a card's."""
    return lettered(surface_id) if _LONG.search(surface_id) else surface_id


def _words(text: str, media_type: str) -> str:
    return " ".join(_seen(text, media_type).split())


def _letters(text: str, media_type: str) -> str:
    return "".join(_seen(text, media_type).split())


def _seen(text: str, media_type: str) -> str:
    """What a reader sees; what HTML holds besides comes behind the first barrier of a decoding."""
    whole = decode(text.replace(BARRIER, " "), media_type).text
    return whole.partition(BARRIER)[0].replace(INLINE, "")


def _safe(text: str, locale: str) -> str:
    """A line of the head, read alone and as it would be above a text that speaks of a card."""
    alone = mask(text, find(text), locale=locale)
    above = f"{alone}{_CARD}"
    return mask(above, find(above), locale=locale).removesuffix(_CARD)


def _time(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "?"
