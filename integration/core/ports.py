"""Ports: what use cases ask of the outside world. Adapters implement them; tests may too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from integration.core.capabilities import Capabilities
from integration.core.findings.model import Finding
from integration.core.models import (
    ChangePage,
    Delivery,
    Event,
    Mode,
    Priority,
    Snapshot,
    TicketDraft,
    TicketStatus,
    TicketView,
)
from integration.core.surfaces import Surface, SurfaceKind

Json = dict[str, Any]
T = TypeVar("T")


class Clock(Protocol):
    """The one source of time. All times are aware and in UTC."""

    def now(self) -> datetime:
        """The time now, in UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


OnStep = Callable[[str], None]
"""Called with the name of a step that is about to be or has been taken: a crash point in tests."""


class Budget(Protocol):
    """The share of an account's request budget that one caller may use, at its priority."""

    def acquire(self) -> None:
        """Wait for one request; raise RateLimited when the wait would be too long."""
        ...

    def drain(self, seconds: float) -> None:
        """The helpdesk said 429: nobody calls this account for so long."""
        ...


class Connector(Protocol):
    """One connected account of one helpdesk. Made per thread; not shared.

    Every method may raise RetryableError or PermanentError of `core.errors`, and nothing else.
    """

    def capabilities(self) -> Capabilities:
        """What can be done on this very account, given what its self-test proved."""
        ...

    def probe(self) -> Mapping[str, Any]:
        """Facts of this account worth keeping: time zone, version, whether our extension answers.

        Asked when the account is connected and at every self-test; given back to `build`.
        """
        ...

    def fetch(self, ticket_id: str, *, only: frozenset[SurfaceKind] | None = None) -> TicketView:
        """The ticket as it stands, with every surface this key can read.

        `only`: just the calls needed for these kinds. Raises NotFound when the ticket is gone.
        """
        ...

    def rewrite(self, view: TicketView, surface: Surface, text: str) -> None:
        """REDACT or EDIT: write the whole masked `text` in place of the surface's text.

        Reads the surface again just before the write and raises ChangedMeanwhile when it is not
        what `surface` holds. Says nothing about success: the caller re-reads.
        """
        ...

    def delete(self, view: TicketView, surface: Surface) -> None:
        """DELETE one surface. The caller has made sure that a masked copy stands."""
        ...

    def post_note(self, ticket_id: str, text: str, *, media_type: str = "text/plain") -> None:
        """Write an internal note; never a message to a customer, never a mail."""
        ...

    def create_ticket(self, draft: TicketDraft) -> str:
        """Create one of our own tickets, without a mail to anyone; returns its id."""
        ...

    def set_status(self, ticket_id: str, status: TicketStatus) -> None:
        """Open or close one of our own tickets."""
        ...

    def find_tickets(self, marker: str) -> tuple[str, ...]:
        """Ids of tickets of our own whose subject holds this marker, newest first."""
        ...

    def changed(self, cursor: str | None, *, now: datetime) -> ChangePage:
        """Tickets changed since the cursor, oldest first; None starts at `now`."""
        ...

    def history(self, cursor: str | None, *, since: datetime | None) -> ChangePage:
        """All tickets, in an order that does not shift while new ones arrive: for a sweep."""
        ...

    def snapshot(self, *, now: datetime) -> Snapshot:
        """Who has access and how; what cannot be read is left None and named."""
        ...

    def close(self) -> None:
        """Give back sockets."""
        ...


class Webhook(Protocol):
    """The receiving half of a connector: two pure functions, in `connectors.<helpdesk>.webhook`."""

    def verify(self, delivery: Delivery, secrets: Sequence[str], *, now: datetime) -> None:
        """Raise SignatureInvalid unless one of the secrets proves the delivery. Constant time."""
        ...

    def parse(self, delivery: Delivery) -> list[Event]:
        """The events of a verified delivery: ids only. Raises MalformedDelivery."""
        ...


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
    """`ticket:ID`, `recheck:ID`, `reconcile`, `snapshot`, `sweep`, `journal`, `outbox`."""
    seq: int
    priority: Priority
    attempts: int
    """How often it was claimed, this time included."""
    owner: str
    lease_until: datetime
    due_at: datetime
    first_due: datetime
    """When it became due in this round: the start of our own part of the exposure."""


class Upserted(StrEnum):
    """What an upsert found."""

    NEW = "new"
    ALREADY_DUE = "already_due"


class DueTable(Protocol):
    """The table that says what has to be looked at. The queue is only its wake-up."""

    def upsert(
        self, account: str, subject: str, *, due_at: datetime, priority: Priority
    ) -> Upserted:
        """Make it due: seq + 1, the earlier due time, the more urgent priority, not parked."""
        ...

    def claim(
        self, owner: str, *, now: datetime, lease: float, limit: int, accounts: Sequence[str] = ()
    ) -> list[Claim]:
        """Take up to `limit` due rows under a lease of so many seconds, most urgent first.

        Counts the attempt in the same statement. A row under someone's live lease is not taken.
        """
        ...

    def renew(self, claim: Claim, *, now: datetime, lease: float) -> bool:
        """Extend a lease that still runs, else False. The claim stays good as it is."""
        ...

    def finish(self, claim: Claim) -> bool:
        """Done, if seq is unchanged; else released and due again. False when the lease was lost."""
        ...

    def retry(self, claim: Claim, *, due_at: datetime, reason: str) -> bool:
        """Release it until `due_at`, remembering why. False when the lease was lost."""
        ...

    def park(self, claim: Claim, *, reason: str) -> bool:
        """Set it aside for a person, with its reason slug. False when the lease was lost."""
        ...

    def replay(self, account: str | None, *, now: datetime) -> int:
        """Make parked rows due again with no attempts; how many there were."""
        ...

    def rows(self, account: str | None = None, *, parked: bool | None = None) -> list[Json]:
        """For people: account, subject, due_at, priority, attempts, leased, parked reason."""
        ...

    def known(self, account: str, subjects: Sequence[str]) -> frozenset[str]:
        """Which of these subjects have a row, due or not."""
        ...

    def waiting(self, account: str, priority: Priority) -> int:
        """How many tickets of this priority are due or will be; parked ones apart."""
        ...

    def backlog(self, *, now: datetime) -> Json:
        """`{"due", "leased", "parked", "oldest_seconds"}` for readyz and metrics."""
        ...


class SeenTable(Protocol):
    """What was read already, so that nothing is read twice in vain."""

    def is_seen(self, account: str, ticket: str, *, changed: str, scanned_with: str) -> bool:
        """Whether this state of the ticket was scanned with this version of the rules."""
        ...

    def record(self, account: str, ticket: str, *, changed: str, scanned_with: str) -> None:
        """Remember it."""
        ...


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


class RedactionTable(Protocol):
    """The redactions in progress and done."""

    def save(self, row: RedactionRow) -> None:
        """Insert or advance, by account, ticket and surface."""
        ...

    def of_ticket(self, account: str, ticket: str) -> dict[str, RedactionRow]:
        """By surface id."""
        ...

    def removed_since(self, account: str, since: datetime) -> int:
        """How many surfaces were written or deleted since then: for the rate breaker."""
        ...


class FindingTable(Protocol):
    """Findings by fingerprint."""

    def get(self, account: str, fingerprint: str) -> Finding | None:
        """The finding, or None."""
        ...

    def of(self, account: str, resource: str) -> dict[str, Finding]:
        """All findings about one resource, by fingerprint."""
        ...

    def save(self, finding: Finding) -> None:
        """Insert or update, by account and fingerprint."""
        ...

    def list(self, account: str | None = None, *, states: Sequence[str] = ()) -> list[Finding]:
        """Oldest first."""
        ...


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


class Outbox(Protocol):
    """What leaves for the helpdesk; written in the transaction of its cause."""

    def put(self, row: OutboxRow) -> bool:
        """Queue it; False when the dedupe key is known already."""
        ...

    def waiting(self, account: str, *, limit: int = 50) -> list[OutboxRow]:
        """Oldest first."""
        ...

    def sent(self, account: str, dedupe_key: str, *, ticket_id: str, now: datetime) -> None:
        """It stands in the helpdesk."""
        ...

    def failed(self, account: str, dedupe_key: str) -> None:
        """Count an attempt."""
        ...


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One link of the audit chain of an account."""

    account: str
    seq: int
    at: datetime
    record: Json
    mac: str
    """HMAC-SHA256 (hex) over the previous mac and the canonical JSON of this row."""


class AuditLog(Protocol):
    """The tamper-evident record of what was done."""

    def append(self, account: str, record: Json, *, at: datetime) -> AuditRow:
        """Chain a record; ids, slugs, counts and times only."""
        ...

    def rows(self, account: str, *, since: datetime | None = None) -> Iterator[AuditRow]:
        """In order."""
        ...

    def head(self, account: str) -> AuditRow | None:
        """The newest link: what the journal anchors in the helpdesk."""
        ...

    def verify(self, account: str, *, anchor: tuple[int, str] | None = None) -> str | None:
        """None when the chain holds; else what is wrong and where, in one sentence.

        `anchor`: seq and mac of a head noted elsewhere. Only it tells that the end was cut off.
        """
        ...


class AccountTable(Protocol):
    """The connected accounts."""

    def get(self, account: str) -> AccountRow | None:
        """The account, or None."""
        ...

    def list(self) -> list[AccountRow]:
        """All, by id."""
        ...

    def save(self, row: AccountRow) -> None:
        """Insert or replace."""
        ...

    def remove(self, account: str) -> None:
        """Forget the account and its sealed secrets; its audit rows stay."""
        ...

    def set_paused(self, account: str, reason: str | None) -> None:
        """Stop or allow every write."""
        ...


class ValueTable(Protocol):
    """Small named values of an account: cursors, periods already told, sweep state."""

    def get(self, account: str, name: str) -> Json | None:
        """The value, or None."""
        ...

    def put(self, account: str, name: str, value: Json) -> None:
        """Replace it."""
        ...


class ResultTable(Protocol):
    """The latest result of each check per resource, and since when it stands."""

    def replace(self, account: str, results: Sequence[Json], *, at: datetime) -> None:
        """Store the results of one run (`check`, `status`, `resource`, `facts`)."""
        ...

    def list(self, account: str) -> list[Json]:
        """The results of the last run."""
        ...


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables within one transaction: together they commit or none does."""

    accounts: AccountTable
    due: DueTable
    seen: SeenTable
    redactions: RedactionTable
    findings: FindingTable
    outbox: Outbox
    audit: AuditLog
    values: ValueTable
    results: ResultTable


class Store(Protocol):
    """The database. One writer at a time per process; see `integration.storage`."""

    def transaction(self) -> AbstractContextManager[Tables]:
        """Commit at the end of the block, roll back on an exception. Raises StoreUnavailable."""
        ...

    def together(self, act: Callable[[Tables], T]) -> T:
        """Run `act` in a transaction shared with the other threads that wait for one.

        Committed on return. `act` may be called twice, so it touches nothing but the tables.
        """
        ...

    def close(self) -> None:
        """Give back connections."""
        ...


class Wake(Protocol):
    """The wake-up: coalesced, may be lost without harm."""

    def wake(self) -> bool:
        """Ask for a `process_due`; False when the queue did not answer."""
        ...
