"""Making several subjects due at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from integration.core.models import Priority
from integration.core.tables import Tables


def make_all_due(
    tables: Tables, account: str, subjects: Iterable[str], priority: Priority, *, now: datetime
) -> None:
    """Make each due, in the one order of all writers.

    The receiver takes its rows in this order too. In another, the two could wait for each other in
    PostgreSQL, and a delivery would be refused.
    """
    for subject in sorted(set(subjects)):
        tables.due.upsert(account, subject, due_at=now, priority=priority)
