"""From LiveAgent's records to surfaces. Pure.

The scan set is every message that may hold text a person wrote, in groups of every status: a group
that is marked as deleted and still returned is still readable. Types we do not know are read too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, tzinfo
from io import BytesIO
from typing import BinaryIO

from connectors.liveagent.codes import (
    CHANNELS,
    FILES,
    GROUP_DIRECTIONS,
    HTML_FORMATS,
    KINDS,
    NOTE_FILE,
    STATUSES,
    SYSTEM_USER,
    VOICE,
)
from connectors.liveagent.records import (
    CustomField,
    GroupRecord,
    MessageRecord,
    TicketRecord,
    as_text,
)
from connectors.liveagent.schemas import ID
from connectors.liveagent.times import to_utc
from integration.core.models import Ticket, TicketStatus
from integration.core.surfaces import Blob, Direction, Role, Surface, SurfaceKind, Text

Download = Callable[[str], bytes]
"""Gives the bytes of a `download_url`."""

_SIZE = re.compile(r"[0-9]{1,18}")


def ticket_of(
    record: TicketRecord, zone: tzinfo | None, *, url: str, tag_names: Iterable[str] = ()
) -> Ticket:
    """The facts of a ticket, with its tags by id and by name.

    It bears no mark while a message may still come in the second that would be its mark.
    """
    return Ticket(
        id=record.id,
        code=record.code,
        status=STATUSES.get(record.status, TicketStatus.OPEN),
        vendor_status=record.status,
        department=record.departmentid or None,
        assignee=record.agentid or None,
        requester=record.owner_contactid or None,
        tags=frozenset({*record.tags, *tag_names}),
        created=to_utc(record.date_created, zone),
        changed=to_utc(record.date_changed, zone),
        mark=record.date_changed if record.settled else "",
        # Only compared with itself: in an unknown zone it must not look like none.
        due=to_utc(record.date_due, zone or UTC),
        url=f"{url}/agent/#Conversation;id={record.id}",
    )


def ticket_surfaces(record: TicketRecord, ticket: Ticket) -> Iterator[Surface]:
    """The surfaces of the ticket itself: its subject, its fields, the name of its customer."""

    def surface(surface_id: str, kind: SurfaceKind, text: str) -> Surface:
        return Surface(
            id=surface_id,
            kind=kind,
            content=Text(text),
            author=ticket.requester,
            role=Role.REQUESTER,
            direction=Direction.INBOUND,
            channel=channel(record),
            created=ticket.created,
        )

    yield surface("subject", SurfaceKind.SUBJECT, record.subject)
    for surface_id, custom in field_ids(record.custom_fields).items():
        yield surface(surface_id, SurfaceKind.CUSTOM_FIELD, custom.text)
    if record.owner_name:
        yield surface("contact:name", SurfaceKind.CONTACT_FIELD, record.owner_name)


def field_ids(custom_fields: Sequence[CustomField]) -> Mapping[str, CustomField]:
    """Surface id -> field. A code that is no plain word, or used twice, gives way to its place."""
    named: dict[str, CustomField] = {}
    for place, custom in enumerate(custom_fields):
        name = f"field:{custom.code}"
        usable = ID.fullmatch(custom.code) and name not in named
        named[name if usable else f"field:#{place}"] = custom
    return named


def message_surfaces(
    groups: Iterable[GroupRecord],
    ticket: TicketRecord,
    zone: tzinfo | None,
    *,
    download: Download,
) -> Iterator[Surface]:
    """The surfaces of the message groups, in the order of the ticket."""
    for group in groups:
        for message in group.messages:
            author = message.userid or group.userid
            role = _role(author, group, ticket)
            surface = Surface(
                id=f"message:{message.id}",
                kind=KINDS.get(message.type, SurfaceKind.MESSAGE),
                content=Text(
                    message.message,
                    "text/html" if message.format in HTML_FORMATS else "text/plain",
                ),
                author=author or None,
                role=role,
                direction=_direction(role, message, group),
                channel=channel(ticket),
                created=to_utc(message.datecreated or group.datecreated, zone),
                parent=group.id,
                author_name=group.user_full_name if author == group.userid else "",
            )
            yield from _places(surface, message, download)


def channel(ticket: TicketRecord) -> str:
    """How the ticket came in; a code that is not documented stands for itself."""
    return CHANNELS.get(ticket.channel_type, ticket.channel_type)


def _role(author: str, group: GroupRecord, ticket: TicketRecord) -> Role:
    """Tell by ids already at hand: asking who each author is would cost a call each."""
    if author == SYSTEM_USER:
        return Role.SYSTEM
    if author and author == ticket.owner_contactid:
        return Role.REQUESTER
    way = GROUP_DIRECTIONS.get(group.type)
    if way is Direction.INBOUND:
        return Role.REQUESTER
    # Nobody but agents writes outward or internally, or takes part in somebody else's chat.
    return Role.AGENT if author and (way or ticket.owner_contactid) else Role.UNKNOWN


def _direction(role: Role, message: MessageRecord, group: GroupRecord) -> Direction:
    if KINDS.get(message.type) is SurfaceKind.NOTE or message.type == NOTE_FILE:
        return Direction.INTERNAL
    by_author = Direction.OUTBOUND if role in {Role.AGENT, Role.SYSTEM} else Direction.INBOUND
    return GROUP_DIRECTIONS.get(group.type, by_author)


def _places(surface: Surface, message: MessageRecord, download: Download) -> Iterator[Surface]:
    """The surface of a message as the places it stands for: a file is its bytes and its name."""
    if message.type in VOICE:
        recording = Blob("", "audio/*")
        yield replace(surface, id=f"file:{message.id}", kind=SurfaceKind.FILE, content=recording)
    elif message.type in FILES:
        facts = file_facts(message.message)
        if facts:
            yield replace(
                surface,
                id=f"file:{message.id}",
                kind=SurfaceKind.FILE,
                content=_blob(facts, download),
            )
        # What cannot be taken apart, or names no file, is looked through as it stands.
        name = Text(_name(facts) or message.message)
        yield replace(
            surface, id=f"file_name:{message.id}", kind=SurfaceKind.FILE_NAME, content=name
        )
    elif message.message:
        yield surface


def file_facts(text: str) -> Mapping[str, str]:
    """What a file message says of its file: rows of name and value after a header row.

    Seen in two integrations, documented nowhere; empty when it looks otherwise.
    """
    try:
        rows = json.loads(text)
        return {str(name): as_text(value) for name, value in rows[1:]}
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}


def _name(facts: Mapping[str, str]) -> str:
    return next((facts[word] for word in ("name", "filename") if facts.get(word)), "")


def _blob(facts: Mapping[str, str], download: Download) -> Blob:
    url, size = facts.get("download_url", ""), facts.get("size", "")

    def open_file() -> BinaryIO:
        return BytesIO(download(url))

    return Blob(
        name=_name(facts),
        media_type=facts.get("type", "") or "application/octet-stream",
        size=int(size) if _SIZE.fullmatch(size) else None,
        open=open_file if url else None,
    )
