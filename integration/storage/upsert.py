"""The one statement that makes something due: used row by row and, by the receiver, in groups.

It goes to the raw driver: building it with SQLAlchemy costs a quarter to half of the receiver's
throughput.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection

from integration.core.rows import Upserted
from integration.storage.columns import to_micros
from integration.storage.driver import run

# While a lease is held, due_at stays with the round that is being worked on and the new time
# waits in next_due; so a worker may make its own subject due again in an hour and then finish.
_STATEMENT = """
INSERT INTO due (account, subject, seq, due_at, first_due, priority, attempts)
VALUES {rows}
ON CONFLICT (account, subject) DO UPDATE SET
  seq = due.seq + excluded.seq,
  priority = CASE WHEN excluded.priority < due.priority
    THEN excluded.priority ELSE due.priority END,
  due_at = CASE WHEN due.lease_owner IS NULL AND excluded.due_at < due.due_at
    THEN excluded.due_at ELSE due.due_at END,
  first_due = CASE WHEN due.lease_owner IS NULL AND excluded.first_due < due.first_due
    THEN excluded.first_due ELSE due.first_due END,
  next_due = CASE WHEN due.lease_owner IS NULL THEN NULL
    WHEN due.next_due IS NULL OR excluded.due_at < due.next_due
    THEN excluded.due_at ELSE due.next_due END,
  attempts = CASE WHEN due.parked IS NULL THEN due.attempts ELSE 0 END,
  tried_since = CASE WHEN due.parked IS NULL THEN due.tried_since ELSE NULL END,
  parked = NULL
RETURNING account, subject, seq
"""
_COLUMNS = 7


@dataclass(frozen=True, slots=True)
class DueRow:
    """One upsert, or several to the same key taken together."""

    account: str
    subject: str
    due_at: datetime
    priority: int
    times: int = 1
    """How many upserts it stands for: seq grows by so much."""

    def merge(self, other: DueRow) -> DueRow:
        """This and another upsert to the same key as one."""
        return DueRow(
            self.account,
            self.subject,
            min(self.due_at, other.due_at),
            min(self.priority, other.priority),
            self.times + other.times,
        )


def upsert_due(connection: Connection, rows: Sequence[DueRow]) -> dict[tuple[str, str], Upserted]:
    """Make all of them due, each key once; what was found, by (account, subject)."""
    times = {(row.account, row.subject): row.times for row in rows}
    # One order for all writers, or two groups with the same keys could deadlock in PostgreSQL.
    ordered = sorted(rows, key=lambda row: (row.account, row.subject))
    parameters = tuple(value for row in ordered for value in _parameters(row))
    statement = _statement(len(rows), connection.dialect.name)
    found = run(connection, statement, parameters)
    return {
        (account, subject): Upserted.NEW if seq == times[account, subject] else Upserted.ALREADY_DUE
        for account, subject, seq in found
    }


def _parameters(row: DueRow) -> tuple[Any, ...]:
    due_at = to_micros(row.due_at)
    return (
        row.account,
        row.subject,
        row.times,
        due_at,
        due_at,
        int(row.priority),
        0,
    )


@cache
def _statement(rows: int, dialect: str) -> str:
    mark = "?" if dialect == "sqlite" else "%s"
    one = "(" + ", ".join([mark] * _COLUMNS) + ")"
    return _STATEMENT.format(rows=", ".join([one] * rows))
