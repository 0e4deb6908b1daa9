"""The tables as use cases see them, and the transaction that holds them together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from integration.core.findings.model import Finding
from integration.core.models import Priority
from integration.core.readings import SeenTable, SweptTable, TraceTable
from integration.core.received import ReceivedTable
from integration.core.rows import (
    AccountRow,
    AuditRow,
    Claim,
    Json,
    OutboxRow,
    RedactionRow,
    Removals,
    Upserted,
    VerdictRow,
)
from integration.core.waits import WaitingTable

T = TypeVar("T")


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

    def claim_one(
        self, owner: str, account: str, subject: str, *, now: datetime, lease: float
    ) -> Claim | None:
        """Take exactly this row in the same way; None while it is taken."""
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

    def put_back(self, claim: Claim) -> bool:
        """Release it unworked: due as it was, the attempt not counted. False as above."""
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

    def backlog(self, *, now: datetime, accounts: Sequence[str]) -> Json:
        """`{"due", "leased", "parked", "paused", "oldest_seconds"}` for readyz and metrics.

        What is due for others than these accounts is paused: nobody claims it now.
        """
        ...


class RedactionTable(Protocol):
    """The redactions in progress and done."""

    def save(self, row: RedactionRow) -> None:
        """Insert or advance, by account, ticket and surface."""
        ...

    def of_ticket(self, account: str, ticket: str) -> dict[str, RedactionRow]:
        """By surface id."""
        ...

    def move(self, row: RedactionRow, *, ticket: str, surface: str, place: Json) -> None:
        """Keep a stored row under another ticket, and under that surface and place there."""
        ...

    def removed_in(
        self, account: str, since: datetime, *, until: datetime | None = None, besides: str = ""
    ) -> Removals:
        """From how many tickets but this one something was written over or deleted then."""
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


class Outbox(Protocol):
    """What leaves for the helpdesk; written in the transaction of its cause."""

    def put(self, row: OutboxRow) -> bool:
        """Queue it; False when the dedupe key is known already."""
        ...

    def waiting(self, account: str, *, limit: int | None = None) -> list[OutboxRow]:
        """All, or so many, oldest first."""
        ...

    def sent(self, account: str, dedupe_key: str, *, ticket_id: str, now: datetime) -> bool:
        """It stands in the helpdesk; False when it is known to stand there already."""
        ...

    def failed(self, account: str, dedupe_key: str) -> None:
        """Count an attempt."""
        ...


class AuditLog(Protocol):
    """The tamper-evident record of what was done."""

    def append(self, account: str, record: Json, *, at: datetime) -> AuditRow:
        """Chain a record; ids, slugs, counts and times only."""
        ...

    def rows(
        self, account: str, *, since: datetime | None = None, after: int = 0
    ) -> Iterator[AuditRow]:
        """In order, from behind the seq `after`. All within this transaction: see `chain.rows`.

        A record may be committed after its time: who reads on does so by seq.
        """
        ...

    def page(
        self, account: str, *, since: datetime | None = None, after: int = 0
    ) -> list[AuditRow]:
        """The next of them, as many as one reading gives; none at the end."""
        ...

    def accounts(self) -> list[str]:
        """Every account with a chain, removed ones too, in order."""
        ...

    def head(self, account: str) -> AuditRow | None:
        """The newest link: what the journal anchors in the helpdesk."""
        ...

    def broken(self, links: Sequence[AuditRow], behind: AuditRow | None) -> str | None:
        """None when the links follow one that holds; else what is wrong and where, in a sentence.

        `behind`: the link before the first of them; None at the beginning of the chain.
        """
        ...


class AccountTable(Protocol):
    """The connected accounts."""

    def get(self, account: str, *, for_update: bool = False) -> AccountRow | None:
        """The account, or None; with `for_update` nobody else changes it before the commit."""
        ...

    def list(self, *, for_update: bool = False) -> list[AccountRow]:
        """All, by id; with `for_update` none is changed or added by others before the commit."""
        ...

    def save(self, row: AccountRow) -> None:
        """Insert, or replace what was read `for_update`: a whole row."""
        ...

    def remove(self, account: str) -> None:
        """Forget the account, its sealed secrets and its work; audit, findings, removals stay."""
        ...

    def begin_anew(self, account: str) -> None:
        """Forget what an earlier account of this name left, but for its audit chain."""
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


class VerdictTable(Protocol):
    """What people said of a sample of finds."""

    def save(self, row: VerdictRow) -> None:
        """Insert or replace, by place and kind."""
        ...

    def list(self, account: str) -> list[VerdictRow]:
        """All of an account, by place."""
        ...


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables within one transaction: together they commit or none does."""

    accounts: AccountTable
    due: DueTable
    received: ReceivedTable
    seen: SeenTable
    swept: SweptTable
    redactions: RedactionTable
    findings: FindingTable
    outbox: Outbox
    audit: AuditLog
    values: ValueTable
    results: ResultTable
    verdicts: VerdictTable
    waiting: WaitingTable
    traces: TraceTable


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
