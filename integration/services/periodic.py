"""What each account needs again and again, as due rows like everything else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from integration.core import subjects
from integration.core.models import Priority
from integration.core.rows import Claim
from integration.core.tables import Tables

EVERY: Mapping[str, tuple[timedelta, Priority]] = {
    subjects.RECONCILE: (timedelta(seconds=60), Priority.RECONCILE),
    subjects.OUTBOX: (timedelta(minutes=5), Priority.FINDING),
    subjects.UPKEEP: (timedelta(minutes=10), Priority.FINDING),
    subjects.JOURNAL: (timedelta(hours=1), Priority.FINDING),
    subjects.SNAPSHOT: (timedelta(hours=24), Priority.SNAPSHOT),
}
"""Subject -> how often, and how urgent."""


def ensure(tables: Tables, account: str, *, now: datetime) -> None:
    """Make every periodic subject due that has no row: a new account, or one whose row was lost."""
    known = tables.due.known(account, tuple(EVERY))
    for subject, (_, priority) in sorted(EVERY.items()):  # in the one order of all writers
        if subject not in known:
            tables.due.upsert(account, subject, due_at=now, priority=priority)


def finish(tables: Tables, claim: Claim, *, now: datetime) -> None:
    """Finish this time and make the next due."""
    interval, priority = EVERY[claim.subject]
    if tables.due.finish(claim):
        tables.due.upsert(claim.account, claim.subject, due_at=now + interval, priority=priority)
