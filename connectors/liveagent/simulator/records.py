"""What the simulated account stores. Times are aware UTC; the wire has the account's zone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from connectors.liveagent.simulator.vocabulary import GROUP_VISIBLE, PUBLIC


@dataclass
class Agent:
    """A user of the agent panel."""

    id: str
    name: str
    email: str
    role: str = "agent"
    role_id: str = "agent000"
    status: str = "A"
    two_factor: bool = True
    password_changed: datetime | None = None
    online: str = "F"
    gender: str = "X"
    voice_status: str = "F"
    password: str = field(default="", repr=False)


@dataclass
class Department:
    """A department: who works its tickets, from which mail account, under which deadline."""

    id: str
    name: str
    agent_ids: list[str]
    mail_account_id: str
    sla_minutes: int | None = 480
    restricted: bool = False


@dataclass
class MailAccount:
    """A mailbox of the helpdesk itself; customers write to it."""

    id: str
    address: str


@dataclass
class Contact:
    """A customer. Its id is also the user id that its messages carry."""

    id: str
    emails: list[str]
    created: datetime
    changed: datetime
    firstname: str = ""
    lastname: str = ""
    fields: dict[str, object] = field(default_factory=dict)
    """Every other documented field by its wire name: note, description, phones, groups ..."""
    deleted: bool = False
    """Gone from every list; tickets that were kept still name it."""

    @property
    def name(self) -> str:
        """First and last name, or the address."""
        return f"{self.firstname} {self.lastname}".strip() or self.email

    @property
    def email(self) -> str:
        """The first address."""
        return self.emails[0] if self.emails else ""


@dataclass
class Tag:
    """A tag; tickets hold its id."""

    id: str
    name: str
    color: str = "FFFFFF"
    background: str = "607D8B"
    public: str = "Y"
    archived: str = "N"


@dataclass
class ApiKey:
    """A v3 key."""

    id: int
    key: str = field(repr=False)
    name: str
    user_id: str
    scopes: frozenset[str]
    valid_to: datetime | None = None
    whitelist: str = "*"
    role: str = "A"
    type: str = "A"
    install_id: str = ""


@dataclass
class StoredFile:
    """An uploaded or received file."""

    id: str
    name: str
    media_type: str
    content: bytes = field(repr=False)
    hash: str

    @property
    def download_url(self) -> str:
        """Where it is downloaded, relative to the host."""
        return f"/scripts/file.php?file={self.hash}"


@dataclass
class Message:
    """One part of a message group."""

    id: str
    user_id: str
    type: str
    created: datetime
    format: str
    text: str = field(repr=False)
    visibility: str = PUBLIC
    file_id: str = ""
    legacy: bool = False


@dataclass
class Group:
    """A message group: an e-mail, a note, a chat, a status change."""

    id: str
    user_id: str
    user_name: str
    type: str
    created: datetime
    finished: datetime
    sort_order: int
    messages: list[Message]
    status: str = GROUP_VISIBLE
    mail_id: str = ""
    inbound: bool = False


@dataclass
class HistoryEntry:
    """A stretch of time that a ticket spent in one state."""

    id: str
    department_id: str
    agent_id: str
    status: str
    since: datetime
    until: datetime | None = None


@dataclass
class Ticket:
    """A ticket, which v1 calls a conversation."""

    id: str
    code: str
    owner_id: str
    department_id: str
    status: str
    channel: str
    subject: str = field(repr=False)
    created: datetime
    changed: datetime
    url_code: str = field(repr=False)
    agent_id: str = ""
    tags: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict, repr=False)
    attributes: dict[str, str] = field(default_factory=dict, repr=False)
    groups: list[Group] = field(default_factory=list, repr=False)
    history: list[HistoryEntry] = field(default_factory=list)
    preview: str = field(default="", repr=False)
    due: datetime | None = None
    resolved: datetime | None = None
    deleted: datetime | None = None
    status_before_deletion: str = ""
    last_activity: datetime | None = None
    last_public_activity: datetime | None = None


@dataclass
class Mail:
    """A mail that the helpdesk would send: the outbox keeps it."""

    id: str
    at: datetime
    audience: str
    """`customer` or `agent`."""
    to: str
    subject: str = field(repr=False)
    body: str = field(repr=False)
    ticket_id: str
    cause: str


@dataclass
class Plugin:
    """A plugin and whether it is on."""

    code: str
    name: str
    description: str
    active: bool


@dataclass
class LogLine:
    """A line of the system event log (not of the audit log, which no API shows)."""

    id: str
    at: datetime
    level: str
    text: str
    ip: str = "203.0.113.9"


@dataclass
class Answer:
    """A canned message or a predefined answer."""

    id: str
    name: str
    text: str = field(repr=False)
    user_id: str = ""
    department_id: str = ""
    subject: str = field(default="", repr=False)
    format: str = "T"


@dataclass
class Ban:
    """A blocked address range."""

    id: int
    created: datetime
    agent_id: str
    start_ip: str
    end_ip: str
    valid: datetime | None = None
    reason: str = ""
    contact_id: str = ""
    ticket_id: str = ""


@dataclass
class PhoneCall:
    """A call, and the ticket that it is written to."""

    id: str
    ticket_id: str
    direction: str
    """I incoming, O outgoing, T internal."""
    from_number: str
    to_number: str
    via_number: str
    created: datetime
    status: str = "Q"
    """Q queued, R ringing, C calling, F finished."""
    agent_id: str = ""
    answered: datetime | None = None
    finished: datetime | None = None
    channels: dict[str, str] = field(default_factory=dict)
    """Channel -> R running, H on hold, M muted."""
