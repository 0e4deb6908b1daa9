"""Values that travel between the layers. Ids only where they are stored; text never is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from integration.core.surfaces import Surface


class Priority(IntEnum):
    """Who goes first for the next API call; lower is sooner."""

    LIVE = 0
    RECHECK = 1
    FINDING = 2
    RECONCILE = 3
    SNAPSHOT = 4
    SWEEP = 5


class TicketStatus(StrEnum):
    """The neutral status; the vendor's own word stays in its connector."""

    OPEN = "open"
    CLOSED = "closed"
    LIVE = "live"
    """A chat or call that is still running: nothing is written until it ends."""
    SPAM = "spam"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A webhook delivery as it came in: the values that `verify` and `parse` work on."""

    headers: Mapping[str, str] = field(repr=False)
    """Header names are lower-case."""
    body: bytes = field(repr=False)
    token: str | None = field(default=None, repr=False)
    """The secret part of the URL, where a helpdesk cannot sign."""
    query: Mapping[str, str] = field(default_factory=dict, repr=False)


class EventKind(StrEnum):
    """Why a ticket should be looked at; an unknown vendor event is counted, never dropped."""

    TICKET = "ticket"
    PING = "ping"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Event:
    """What survives of a delivery: ids."""

    kind: EventKind
    ticket_id: str | None = None
    delivery_id: str | None = None
    """The vendor's own id that is the same on every retry, where one exists: for replay."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """The facts of a ticket that decisions need; its texts are surfaces."""

    id: str
    code: str = ""
    """What people call it in the helpdesk (`OGE-KXVGJ-459`, `#17`)."""
    status: TicketStatus = TicketStatus.OPEN
    vendor_status: str = ""
    department: str | None = None
    assignee: str | None = None
    requester: str | None = None
    tags: frozenset[str] = frozenset()
    """Tag names as people write them, or ids where names cannot be read."""
    created: datetime | None = None
    changed: datetime | None = None
    due: datetime | None = None
    mark: str = ""
    """The helpdesk's own mark of the last change, as in `TicketRef.changed`; "" when not read."""
    url: str = ""
    """Where an agent opens it."""

    @property
    def grounds(self) -> tuple[object, ...]:
        """What a decision to write rests on: where it differs, a new one has to be made."""
        is_live = self.status is TicketStatus.LIVE
        return is_live, self.department, self.requester, self.tags


@dataclass(frozen=True, slots=True)
class TicketView:
    """A ticket as read at one time: its facts and its surfaces, in the order of the ticket."""

    ticket: Ticket
    surfaces: tuple[Surface, ...]
    read_at: datetime
    complete: bool = True
    """False when part of it could not be read; then nothing here can prove that data is gone."""

    def surface(self, surface_id: str) -> Surface | None:
        """The surface of that id, or None when it is no longer there."""
        return next((s for s in self.surfaces if s.id == surface_id), None)


@dataclass(frozen=True, slots=True)
class TicketRef:
    """A ticket in a list: enough to decide whether to read it."""

    id: str
    changed: str
    """The helpdesk's own mark of its last change; compared for equality only."""
    created: datetime | None = None
    ours: bool = False
    """Whether we wrote it, by `OUR_MARK` in its subject: it counts in no sample and no rate."""


@dataclass(frozen=True, slots=True)
class ChangePage:
    """One page of changed or historic tickets and where to go on."""

    tickets: tuple[TicketRef, ...]
    cursor: str
    """Opaque to us; give it back to go on after this page."""
    more: bool


OUR_MARK = "[DW-"
"""Begins the mark that the subject of every ticket of ours holds."""


@dataclass(frozen=True, slots=True)
class TicketDraft:
    """One of our own tickets before it is created. Internal: it never mails anyone."""

    subject: str
    body: str
    marker: str
    """Stands in the subject; the ticket is found again by it."""
    department: str | None = None
    media_type: str = "text/plain"


class AgentRole(StrEnum):
    """What a helpdesk user may do, in three steps."""

    OWNER = "owner"
    ADMIN = "admin"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Agent:
    """A helpdesk user who works tickets. None means: this helpdesk does not tell."""

    id: str
    name: str
    email: str
    role: AgentRole
    active: bool | None = True
    two_factor: bool | None = None
    password_changed: datetime | None = None
    is_our_bot: bool = False


@dataclass(frozen=True, slots=True)
class Department:
    """A department, queue or group and who works in it."""

    id: str
    name: str
    agent_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key to the account, without the key."""

    id: str
    name: str
    owner_id: str | None = None
    expires: datetime | None = None
    never_expires: bool | None = None
    """None: not told."""
    open_to_any_address: bool | None = None
    privileges: frozenset[str] | None = None
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class Plugin:
    """An extension of the helpdesk itself: what it keeps or hides may hang on it."""

    id: str
    name: str
    active: bool | None = None
    """None: not told."""
    version: str | None = None
    """None: not told."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Who has access to an account and how, as read at one time."""

    taken_at: datetime
    agents: tuple[Agent, ...] = ()
    departments: tuple[Department, ...] = ()
    api_keys: tuple[ApiKey, ...] = ()
    plugins: tuple[Plugin, ...] = ()
    readable: frozenset[str] = frozenset()
    """Which facts this helpdesk and key give: `agents`, `agents.two_factor`,
    `agents.password_changed`, `agents.role`, `departments`, `departments.members`, `api_keys`,
    `api_keys.expiry`, `api_keys.whitelist`, `api_keys.privileges`, `api_keys.owner`, `plugins`."""
    supported: frozenset[str] = frozenset()
    """Which facts this helpdesk could give at all; supported but not readable is `unknown`."""
    errors: Mapping[str, str] = field(default_factory=dict)
    """Fact -> reason slug, where reading it failed this time."""
