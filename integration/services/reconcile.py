"""The second source of truth: ask the helpdesk what has changed, whatever webhooks said."""

from __future__ import annotations

from datetime import datetime

from integration.core import subjects
from integration.core.models import Priority, TicketRef
from integration.core.ports import Clock, Connector
from integration.core.tables import Store, Tables
from integration.services.due import make_all_due
from integration.services.redact import SCANNED_WITH, scanned_this_hour

CURSOR = "reconcile"
PAGES = 20
"""Pages in one go; the rest follows in the next, so that no job runs unbounded."""


def reconcile(account: str, connector: Connector, store: Store, clock: Clock) -> int:
    """Make due what changed since the last cursor and was not seen in that state; how many."""
    made_due = 0
    with store.transaction() as tables:
        cursor = (tables.values.get(account, CURSOR) or {}).get("cursor")
    for _ in range(PAGES):
        now = clock.now()
        page = connector.changed(cursor, now=now)
        with store.transaction() as tables:
            made_due += make_due(tables, account, page.tickets, Priority.RECONCILE, now=now)
            tables.values.put(account, CURSOR, {"cursor": page.cursor})
        cursor = page.cursor
        if not page.more:
            break
    return made_due


def make_due(
    tables: Tables,
    account: str,
    tickets: tuple[TicketRef, ...],
    priority: Priority,
    *,
    now: datetime,
) -> int:
    """Make those tickets due that were not yet scanned in their present state."""
    marks = (SCANNED_WITH, scanned_this_hour(now))
    fresh = [
        t
        for t in tickets
        if not any(
            tables.seen.is_seen(account, t.id, changed=t.changed, scanned_with=mark)
            for mark in marks
        )
    ]
    make_all_due(tables, account, (subjects.of_ticket(t.id) for t in fresh), priority, now=now)
    return len(fresh)
