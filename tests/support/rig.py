"""A whole worker against a helpdesk in memory: claim, work, record, over a real database."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from support.database import database_in
from support.memory_desk import FakeClock, MemoryDesk

from integration.core.mode import Mode
from integration.core.models import Priority
from integration.core.policy import Policy
from integration.core.rows import AccountRow
from integration.services import chain
from integration.services.process import Desk, Processor, Report
from integration.services.redact import Redactor
from integration.storage import SqlStore, open_store

ACCOUNT = "acme"
LEASE = 60.0


class Crash(BaseException):
    """The process dies here: nothing after this point runs, no handler catches it."""


@dataclass
class Rig:
    """One account, one database file, and as many workers one after the other as it takes."""

    folder: Path
    policy: Policy = field(default_factory=lambda: Policy(mode=Mode.ENFORCE))
    clock: FakeClock = field(default_factory=FakeClock)
    failures: list[str] = field(default_factory=list)
    redact: Callable[[Redactor], Redactor] = lambda redactor: redactor

    def __post_init__(self) -> None:
        self.desk = MemoryDesk(self.clock)
        self._owners = itertools.count()
        url = database_in(self.folder)
        self.store: SqlStore = open_store(url, clock=self.clock, audit_key=b"k" * 32)
        with self.store.transaction() as tables:
            row = AccountRow(ACCOUNT, "memory", {}, b"", Mode.ENFORCE, created=self.clock.now())
            tables.accounts.save(row)

    def make_due(self, ticket: str) -> None:
        with self.store.transaction() as tables:
            tables.due.upsert(
                ACCOUNT, f"ticket:{ticket}", due_at=self.clock.now(), priority=Priority.LIVE
            )

    def worker(self, on_step: Callable[[str], None] = lambda _step: None) -> Processor:
        def ticket(desk: Desk, claim) -> None:
            redactor = Redactor(
                ACCOUNT, desk.connector, desk.policy, self.store, self.clock, on_step
            )
            self.redact(redactor).run(claim.subject.partition(":")[2], claim)

        def failed(claim, error) -> None:
            self.failures.append(error.reason if error else "internal")

        return Processor(
            store=self.store,
            clock=self.clock,
            owner=f"worker-{next(self._owners)}",
            open_desk=lambda account, priority: Desk(account, self.desk, self.policy, priority),
            handlers={"ticket": ticket, "outbox": lambda desk, claim: self.drop(claim)},
            report_failure=failed,
            threads=1,
            lease=LEASE,
            on_step=on_step,
        )

    def drop(self, claim) -> None:
        with self.store.transaction() as tables:
            tables.due.finish(claim)

    def run(self, on_step: Callable[[str], None] = lambda _step: None) -> Report:
        return self.worker(on_step).run()

    def run_until_done(self, rounds: int = 30) -> None:
        """Workers come back until nothing is due; each round a lease runs out."""
        for _ in range(rounds):
            self.run()
            if not self.due():
                return
            self.clock.forward(seconds=LEASE + 1)

    def due(self) -> list[str]:
        with self.store.transaction() as tables:
            return [row["subject"] for row in tables.due.rows(ACCOUNT)]

    def findings(self) -> list[str]:
        with self.store.transaction() as tables:
            return sorted(f.cause for f in tables.findings.list(ACCOUNT))

    def told(self) -> list[str]:
        with self.store.transaction() as tables:
            return [row.kind for row in tables.outbox.waiting(ACCOUNT)]

    def removals_recorded(self) -> int:
        """How many surfaces the audit log calls gone."""
        with self.store.transaction() as tables:
            records = [row.record for row in tables.audit.rows(ACCOUNT)]
        return sum(len(record.get("outcomes", ())) for record in records)

    def audit_holds(self) -> bool:
        return chain.verify(self.store, ACCOUNT).wrong is None

    def close(self) -> None:
        self.store.close()
