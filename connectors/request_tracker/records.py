"""What Request Tracker stores of a ticket and of its users, as values that were checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Creator:
    """Who wrote a record. A customer's name is usually an address."""

    id: str
    name: str = field(default="", repr=False)
    privileged: bool | None = None
    """None: only the extension tells."""


@dataclass(frozen=True, slots=True)
class FieldRecord:
    """A custom field of a ticket and its present values."""

    id: str
    name: str
    values: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class TicketRecord:
    """`GET /ticket/ID`."""

    id: str
    subject: str = field(repr=False)
    status: str
    queue: str
    owner: str
    requestors: tuple[str, ...] = field(repr=False)
    fields: tuple[FieldRecord, ...]
    created: datetime | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class TransactionRecord:
    """One entry of a ticket's history."""

    id: str
    type: str
    creator: Creator
    created: datetime | None
    values: tuple[tuple[str, str], ...] = field(repr=False)
    """Name and text of OldValue, NewValue and Data, where there is one."""


@dataclass(frozen=True, slots=True)
class AttachmentRecord:
    """A mail, a part of it, or a file: RT keeps bodies and files alike."""

    id: str
    transaction: str
    creator: Creator
    created: datetime | None
    media_type: str
    size: int
    texts: tuple[tuple[str, str], ...] = field(repr=False)
    """Name and text of Subject, Filename, MessageId and Headers, where there is one."""
    content: bytes | None = field(default=None, repr=False)
    """None: not read with the list."""
    textual: bool | None = None
    """Whether it reads as text; None: only the extension looks."""
    numbers: bool = False
    """Whether it is a file that is no text, with as many digits in a row as a card number has."""

    def text(self, name: str) -> str:
        """Subject, Headers, Filename or MessageId; "" where there is none."""
        return dict(self.texts).get(name, "")

    @property
    def may_hold_content(self) -> bool:
        """False for what is empty, and for a mail whose parts are attachments of their own.

        Without the extension the size is what a header of the mail says: it is believed of the
        container of a mail only.
        """
        is_container = self.media_type.lower().startswith("multipart/")
        return self.size > 0 or (self.textual is None and not is_container)


@dataclass(frozen=True, slots=True)
class ValueRecord:
    """A custom field value as a row, old ones included: only the extension shows these."""

    id: str
    creator: Creator
    created: datetime | None
    old: bool
    media_type: str
    content: str = field(repr=False)
    large: bytes | None = field(default=None, repr=False)
    textual: bool | None = None
    """Whether `large` reads as text; None: only a newer extension looks."""


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """A link to something outside: only the extension shows these."""

    id: str
    creator: Creator
    created: datetime | None
    texts: tuple[tuple[str, str], ...] = field(repr=False)
    """Base or Target, whichever is a URL, and that URL."""


@dataclass(frozen=True, slots=True)
class SubjectRecord:
    """The subject of the ticket itself or of one that was merged into it."""

    id: str
    subject: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Somebody of the ticket, a customer with the name that stood in the mail."""

    id: str
    texts: tuple[tuple[str, str], ...] = field(repr=False)
    """RealName, EmailAddress and Name, where there is one."""


@dataclass(frozen=True, slots=True)
class Copies:
    """Everything readable that is stored of a ticket."""

    subjects: tuple[SubjectRecord, ...]
    transactions: tuple[TransactionRecord, ...]
    attachments: tuple[AttachmentRecord, ...]
    values: tuple[ValueRecord, ...] = ()
    links: tuple[LinkRecord, ...] = ()
    people: tuple[PersonRecord, ...] = ()
    """Its customers."""
    agents: tuple[PersonRecord, ...] = ()
    """Agents whose names hold so many digits that they may hold a card number."""
    people_transactions: tuple[TransactionRecord, ...] = ()
    """What RT noted of changes of its customers."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A ticket or a transaction in a list."""

    id: int
    ticket: str
    created: datetime | None
    subject: str = field(default="", repr=False)
    """Of a ticket that RT's own search lists."""


@dataclass(frozen=True, slots=True)
class UserRecord:
    """A privileged user. None: not told."""

    id: str
    name: str
    email: str = field(repr=False)
    disabled: bool | None = None
    superuser: bool | None = None
    password_changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class MembersRecord:
    """A queue and its readers, or a group and its members."""

    id: str
    name: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """An auth token, without the token."""

    id: str
    owner: str
    description: str
    expires: datetime | None
    can_expire: bool


@dataclass(frozen=True, slots=True)
class Access:
    """Who has access and how."""

    users: tuple[UserRecord, ...]
    queues: tuple[MembersRecord, ...] | None = None
    groups: tuple[MembersRecord, ...] = ()
    tokens: tuple[TokenRecord, ...] | None = None


@dataclass(frozen=True, slots=True)
class Plugin:
    """Our extension, as it answered."""

    version: str
    may_redact: bool
    may_audit: bool

    @property
    def lists_deleted(self) -> bool:
        """Whether it tells of deleted tickets: from 1.2 on."""
        parts = tuple(int(part) for part in self.version.split(".") if part.isdecimal())
        return self.may_redact and parts >= (1, 2)
