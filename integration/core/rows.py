"""What the tables hold: ids, slugs, counts, times, sealed secrets; never text of a ticket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from integration.core.mode import Mode
from integration.core.models import Priority

Json = dict[str, Any]
REFUSED = 400
"""From this status on a delivery was not taken."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A connected account as stored, its secrets sealed."""

    id: str
    helpdesk: str
    settings: Mapping[str, Any]
    """Not secret: URL, department ids, requests_per_minute, bot agent id, locale ..."""
    sealed: bytes = field(repr=False)
    """The secrets, encrypted (MultiFernet over canonical JSON)."""
    mode: Mode = Mode.MONITOR
    paused: str | None = None
    """Why every write is stopped (`admin`, `breaker`, `auth_expired`), or None."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the self-test proved and when."""
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One due row under a lease. Finishing it counts only while `seq` is still the claimed one."""

    account: str
    subject: str
    """`ticket:ID`, `answer:FINDING`, or the name of what an account needs: a key of
    `services.periodic`, `sweep` or `sample`.

    A ticket is looked at again under its own subject, at the priority of a re-check."""
    seq: int
    priority: Priority
    attempts: int
    """How often it was claimed, this time included."""
    owner: str
    lease_until: datetime
    due_at: datetime
    first_due: datetime
    """When it became due in this round: the start of our own part of the exposure."""
    tried_since: datetime
    """Since when it has been tried in this round, without the time in which nobody came for it."""
    lost: int = 0
    """How many workers in a row took it and never gave it back."""
    begun: bool = True
    """Whether earlier looks may have left removals of the ticket, or that it waits."""


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """How often deliveries of one account came to one result, and when the newest of them did."""

    account: str
    """Empty for deliveries that named no connected account."""
    result: str
    """A `core.web.Taken`, or the reason slug of why it was refused."""
    status: int
    """What the newest was answered with."""
    times: int
    at: datetime

    @property
    def is_refused(self) -> bool:
        """Whether none of them was taken."""
        return self.status >= REFUSED


class Upserted(StrEnum):
    """What an upsert found."""

    NEW = "new"
    ALREADY_DUE = "already_due"


@dataclass(frozen=True, slots=True)
class RedactionRow:
    """How far the removal of one surface has come: ids and steps, never text."""

    account: str
    ticket: str
    surface: str
    method: str
    step: str
    """`planned`, `copied`, `changed` (edited since), `deleted`, `written`, `verified`."""
    place: Mapping[str, Any] = field(default_factory=dict)
    """What a record may say of the surface once it is gone (`core.plan.Place`)."""
    outcome: str | None = None
    started: datetime | None = None
    updated: datetime | None = None


class Swept(NamedTuple):
    """What has become of the tickets of a sweep, in counts."""

    to_come: int = 0
    """Listed, and not made due yet."""
    unread: int = 0
    """Made due, and not read to the end so far."""
    scanned: int = 0
    """Read since the sweep began."""
    scanned_with_card: int = 0
    known: int = 0
    """Read before, and unchanged since: they are not read again."""
    known_with_card: int = 0
    calls: int = 0
    """What reading took so far, that which came to no end too."""

    @property
    def tickets(self) -> int:
        """All of them."""
        return self.to_come + self.unread + self.scanned + self.known


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A ticket in which something waits until a chat or call has ended."""

    account: str
    ticket: str
    since: datetime
    """When it was seen first."""
    places: int
    said: Json
    """What the newest look had to say: a look that finds the same is no record of its own."""


class Traces(NamedTuple):
    """What earlier looks at a ticket have left in the tables."""

    findings: bool
    swept: bool


class Waiting(NamedTuple):
    """How much waits until a chat or call has ended."""

    tickets: int
    places: int


class Removals(NamedTuple):
    """What was removed since some time, as the rate breaker counts."""

    tickets: int
    hours: int
    """How many hours of the clock had a removal."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A ticket or note of ours that has to reach the helpdesk: what to say as keys and facts."""

    account: str
    dedupe_key: str
    """Unique per account; also the marker that is looked for before creating."""
    kind: str
    """`open`, `note`, `close`, `reopen`, `journal`."""
    payload: Mapping[str, Any]
    """Message keys and facts, never text of a customer."""
    created: datetime
    state: str = "waiting"
    """`waiting`, `sent`."""
    attempts: int = 0
    ticket_id: str | None = None


class RecordType(StrEnum):
    """What a record of the audit chain tells of."""

    SCANNED = "ticket.scanned"
    NOT_FOUND = "ticket.not_found"
    MERGED = "ticket.merged"
    TOLD = "told"
    ACCESS_CHECKED = "access.checked"
    TESTED = "account.tested"
    MAIL_CHECKED = "account.mail_checked"
    MODE = "account.mode"
    PAUSED = "account.paused"
    RESUMED = "account.resumed"
    REMOVED = "account.removed"
    HOOK_SECRETS = "hook.secrets"
    FORMAT_PROPOSED = "format.proposed"
    FORMAT_CONFIRMED = "format.confirmed"
    FORMAT_REMOVED = "format.removed"


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One link of the audit chain of an account."""

    account: str
    seq: int
    at: datetime
    record: Json
    mac: str
    """HMAC-SHA256 (hex) over the previous mac and the canonical JSON of this row."""


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """What a person said of one find, or of a ticket in which nothing was found."""

    account: str
    ticket: str
    surface: str
    kind: str
    start: int
    """Where it begins, and ends, in the text as it was shown: code points."""
    end: int
    confidence: str
    """`sure`, `likely`, `unsure`; `clean` where nothing was found."""
    verdict: str
    """`right`, `wrong`, `missed` (a card that was not found), `skipped`, `asked` (in a ticket)."""
