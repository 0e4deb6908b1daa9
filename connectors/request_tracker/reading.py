"""From what RT stores of a ticket to surfaces. Pure, but for files, which are opened when asked."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from connectors.request_tracker.codes import (
    BODIES,
    CHANNELS,
    PLUGIN_FIELDS,
    SYSTEM_USER,
    TEXTUAL,
    body_direction,
)
from connectors.request_tracker.records import (
    AttachmentRecord,
    Copies,
    Creator,
    PersonRecord,
    TicketRecord,
    TransactionRecord,
    ValueRecord,
)
from connectors.request_tracker.texts import (
    MAIL,
    as_bytes,
    declared_charset,
    decoded,
    is_undecoded,
    read_as,
    shows_number,
)
from integration.core.binary import is_binary
from integration.core.surfaces import Blob, Direction, Role, Surface, SurfaceKind, Text

SUBJECT = "subject"
MAX_TEXT = 16 * 1024 * 1024
"""Bytes up to which a text attachment is read; a longer one counts as a file not scanned."""
MAX_BINARY = 2 * 1024 * 1024
"""The same of a file that is no text, whose plain bytes are looked through."""
UNDECODED = "Undecoded"
"""Stands in the id of a surface for bytes that are no text as we read it: not scanned."""
_INTERFACE = re.compile(r"^X-RT-Interface:\s*(\w+)", re.MULTILINE)

Contents = Callable[[str], bytes]
"""The content of an attachment that did not come with the list."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text of a surface is stored, as told by the surface's id."""

    kind: str
    record: str
    name: str

    @classmethod
    def of(cls, surface_id: str, ticket_id: str) -> Place | None:
        """The place, or None for a surface that the extension cannot write."""
        if surface_id == SUBJECT:
            return cls("ticket", ticket_id, "Subject")
        kind, _, rest = surface_id.partition(":")
        record, _, name = rest.partition(":")
        return cls(kind, record, name) if name in PLUGIN_FIELDS.get(kind, ()) else None


@dataclass(frozen=True, slots=True)
class Source:
    """What the surfaces of one transaction have in common."""

    author: str | None
    role: Role
    direction: Direction
    body: SurfaceKind
    channel: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One ticket on its way to surfaces."""

    ticket: TicketRecord
    copies: Copies
    contents: Contents = field(repr=False)

    def surfaces(self) -> Iterator[Surface]:
        """Subjects, fields, links, people, then every transaction with its mails and files."""
        yield from self._subjects()
        yield from self._fields() if not self.copies.values else self._values()
        yield from self._links()
        yield from self._people()
        sources = {t.id: self._source(t) for t in self.copies.transactions}
        for transaction in self.copies.transactions:
            yield from self._transaction(transaction, sources[transaction.id])
        for attachment in self.copies.attachments:
            # An attachment whose transaction is hidden from us is still read.
            source = sources.get(attachment.transaction) or self._unknown(attachment)
            yield from self._attachment(attachment, source)

    def _subjects(self) -> Iterator[Surface]:
        for record in self.copies.subjects:
            main = record.id == self.ticket.id
            yield Surface(
                id=SUBJECT if main else f"ticket:{record.id}:Subject",
                kind=SurfaceKind.SUBJECT,
                content=Text(record.subject),
                created=self.ticket.created,
            )

    def _fields(self) -> Iterator[Surface]:
        for custom in self.ticket.fields:
            for at, value in enumerate(custom.values):
                yield Surface(
                    id=f"field:{custom.id}:{at}",
                    kind=SurfaceKind.CUSTOM_FIELD,
                    content=Text(value),
                    created=self.ticket.created,
                )

    def _values(self) -> Iterator[Surface]:
        for value in self.copies.values:
            for name, content in _value_contents(value):
                yield Surface(
                    id=f"value:{value.id}:{name}",
                    kind=SurfaceKind.HISTORY if value.old else SurfaceKind.CUSTOM_FIELD,
                    content=content,
                    author=value.creator.id,
                    role=self._role(value.creator),
                    created=value.created,
                )

    def _links(self) -> Iterator[Surface]:
        for link in self.copies.links:
            for name, text in link.texts:
                yield Surface(
                    id=f"link:{link.id}:{name}",
                    kind=SurfaceKind.CUSTOM_FIELD,
                    content=Text(text),
                    author=link.creator.id,
                    role=self._role(link.creator),
                    created=link.created,
                )

    def _people(self) -> Iterator[Surface]:
        for kind, people in (("user", self.copies.people), ("agent", self.copies.agents)):
            for person in people:
                yield from self._person(kind, person)
        for change in self.copies.people_transactions:
            yield from self._transaction(change, self._source(change))

    def _person(self, kind: str, person: PersonRecord) -> Iterator[Surface]:
        by_customer = kind == "user"
        for name, text in person.texts:
            yield Surface(
                id=f"{kind}:{person.id}:{name}",
                kind=SurfaceKind.CONTACT_FIELD,
                content=Text(text),
                author=person.id,
                role=Role.REQUESTER if by_customer else Role.AGENT,
                direction=Direction.INBOUND if by_customer else Direction.INTERNAL,
                created=self.ticket.created,
            )

    def _transaction(self, record: TransactionRecord, source: Source) -> Iterator[Surface]:
        for name, text in record.values:
            yield Surface(
                id=f"transaction:{record.id}:{name}",
                kind=SurfaceKind.HISTORY,
                content=Text(text),
                author=source.author,
                role=source.role,
                created=record.created,
                parent=source.parent,
            )

    def _attachment(self, record: AttachmentRecord, source: Source) -> Iterator[Surface]:
        parts: list[tuple[str, SurfaceKind, Text | Blob]] = [
            (name, _TEXT_KINDS[name], Text(text, _TEXT_TYPES.get(name, "text/plain")))
            for name, text in record.texts
        ]
        if content := self._content(record):
            kind = SurfaceKind.FILE if is_file(record) else source.body
            parts.append(("Content", kind, content))
            if _holds_more(content, declared_charset(record)):
                # Looked through as it stands; what it says in its own character set is not read.
                parts.append((UNDECODED, kind, self._blob(record)))
        for name, kind, value in parts:
            yield Surface(
                id=f"attachment:{record.id}:{name}",
                kind=kind,
                content=value,
                author=source.author,
                role=source.role,
                direction=source.direction,
                channel=source.channel,
                created=record.created,
                parent=source.parent,
            )

    def _content(self, record: AttachmentRecord) -> Text | Blob | None:
        if not record.may_hold_content:
            return None
        if record.numbers and record.size <= MAX_BINARY:
            return as_bytes(self.contents(record.id))
        if not is_textual(record) or record.size > MAX_TEXT:
            return self._blob(record)
        content = self.contents(record.id) if record.content is None else record.content
        return decoded(content, read_as(record), declared_charset(record)) if content else None

    def _blob(self, record: AttachmentRecord) -> Blob:
        def open_file() -> BinaryIO:
            return io.BytesIO(self.contents(record.id))

        return Blob(record.text("Filename"), record.media_type, record.size, open_file)

    def _source(self, record: TransactionRecord) -> Source:
        role = self._role(record.creator)
        return Source(
            author=record.creator.id,
            role=role,
            direction=body_direction(
                record.type,
                by_requester=role is Role.REQUESTER,
                by_system=role is Role.SYSTEM,
            ),
            body=BODIES.get(record.type, SurfaceKind.MESSAGE),
            channel=self._channel(record.id),
            parent=f"transaction:{record.id}",
        )

    def _unknown(self, record: AttachmentRecord) -> Source:
        return Source(
            record.creator.id,
            self._role(record.creator),
            Direction.INTERNAL,
            SurfaceKind.MESSAGE,
            parent=f"transaction:{record.transaction}",
        )

    def _role(self, creator: Creator) -> Role:
        if creator.name == SYSTEM_USER:
            return Role.SYSTEM
        if creator.privileged is False or creator.name in self.ticket.requestors:
            return Role.REQUESTER
        return Role.AGENT

    def _channel(self, transaction: str) -> str:
        headers = (
            a.text("Headers") for a in self.copies.attachments if a.transaction == transaction
        )
        found = next((match[1] for text in headers if (match := _INTERFACE.search(text))), "")
        return CHANNELS.get(found, "")


_TEXT_KINDS = {
    "Subject": SurfaceKind.HEADER,
    "Headers": SurfaceKind.HEADER,
    "Filename": SurfaceKind.FILE_NAME,
    "MessageId": SurfaceKind.HEADER,
}
_TEXT_TYPES = {"Subject": MAIL, "Headers": MAIL}
"""They may hold encoded words; read as a mail they are decoded."""


def is_textual(record: AttachmentRecord) -> bool:
    """Whether its content is read as text: by what the extension saw of it, else by its type."""
    if record.textual is None:
        return bool(TEXTUAL.match(record.media_type)) or read_as(record) != record.media_type
    return record.textual


def _holds_more(content: Text | Blob, charset: str = "") -> bool:
    """Whether it may say more than is looked through."""
    is_bytes = isinstance(content, Text) and is_binary(content.media_type)
    return is_bytes or is_undecoded(content, charset)


def is_file(record: AttachmentRecord) -> bool:
    """Whether an attachment is a file rather than the body of a message."""
    named = bool(record.text("Filename"))
    return named or record.media_type.lower() not in ("text/plain", "text/html")


def latest(transactions: Iterable[TransactionRecord]) -> str:
    """The mark of a ticket's last change: its highest transaction id; "" without one."""
    return str(max((int(t.id) for t in transactions), default=""))


def _value_contents(value: ValueRecord) -> Iterator[tuple[str, Text | Blob]]:
    if value.content:
        yield "Content", Text(value.content)
    if value.large:
        large = value.large
        blob = Blob(value.content, value.media_type, len(large), lambda: io.BytesIO(large))
        content = _large(value, large) or blob
        yield "LargeContent", content
        if _holds_more(content):
            yield UNDECODED, blob


def _large(value: ValueRecord, large: bytes) -> Text | None:
    textual = TEXTUAL.match(value.media_type) if value.textual is None else value.textual
    if textual:
        return decoded(large, value.media_type)
    return as_bytes(large) if shows_number(large) and len(large) <= MAX_BINARY else None
