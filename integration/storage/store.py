"""The store: all tables within one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, delete

from integration.core.ports import Clock
from integration.core.tables import Tables
from integration.storage.accounts import SqlAccountTable
from integration.storage.audit import SqlAuditLog
from integration.storage.database import Database
from integration.storage.due import SqlDueTable
from integration.storage.findings import SqlFindingTable
from integration.storage.grouped import Grouped
from integration.storage.outbox import SqlOutbox
from integration.storage.received import SqlReceivedTable
from integration.storage.redactions import SqlRedactionTable
from integration.storage.results import SqlResultTable
from integration.storage.schema import deliveries, outbox, seen
from integration.storage.seen import SqlSeenTable
from integration.storage.swept import SqlSweptTable
from integration.storage.traces import SqlTraceTable
from integration.storage.values import SqlValueTable
from integration.storage.verdicts import SqlVerdictTable
from integration.storage.waiting import SqlWaitingTable

T = TypeVar("T")


class SqlStore:
    """`core.tables.Store` on a database that has been upgraded."""

    def __init__(self, database: Database, *, clock: Clock, audit_key: bytes) -> None:
        self._database = database
        self._clock = clock
        self._audit_key = audit_key
        self._grouped = Grouped(self.transaction)

    @contextmanager
    def transaction(self) -> Iterator[Tables]:
        """Commit at the end of the block, roll back on an exception. Does not nest."""
        with self._database.transaction() as connection:
            yield self._tables(connection)

    def together(self, act: Callable[[Tables], T]) -> T:
        """Run `act` in a transaction shared with the other threads that wait for one."""
        result: T = self._grouped.run(act)
        return result

    def prune(self, before: datetime) -> dict[str, int]:
        """Forget what is older and no longer needed; rows per table.

        What was seen may be read once more, a delivery replayed (and found clean), a sent ticket
        looked up by its marker. Audit, findings and removals stay.
        """
        old = {
            "seen": delete(seen).where(seen.c.at < before),
            "deliveries": delete(deliveries).where(deliveries.c.at < before),
            "outbox": delete(outbox).where(outbox.c.state == "sent", outbox.c.sent_at < before),
        }
        with self._database.transaction() as connection:
            return {name: connection.execute(statement).rowcount for name, statement in old.items()}

    def close(self) -> None:
        """Give back connections; the next transaction would open new ones."""
        self._database.dispose()

    def _tables(self, connection: Connection) -> Tables:
        return Tables(
            accounts=SqlAccountTable(connection),
            due=SqlDueTable(connection),
            received=SqlReceivedTable(connection),
            seen=SqlSeenTable(connection, self._clock),
            swept=SqlSweptTable(connection),
            redactions=SqlRedactionTable(connection, self._clock),
            findings=SqlFindingTable(connection),
            outbox=SqlOutbox(connection),
            audit=SqlAuditLog(connection, self._audit_key),
            values=SqlValueTable(connection),
            results=SqlResultTable(connection),
            verdicts=SqlVerdictTable(connection, self._clock),
            waiting=SqlWaitingTable(connection),
            traces=SqlTraceTable(connection),
        )


def open_store(url: str, *, clock: Clock, audit_key: bytes) -> SqlStore:
    """The store at a SQLAlchemy URL (`sqlite:////path/file.db`, `postgresql://…`).

    Connects at the first transaction, so it may be made before a fork.
    """
    return SqlStore(Database(url), clock=clock, audit_key=audit_key)
