"""A sweep of the account `acme`, step by step."""

from __future__ import annotations

from integration.core import subjects
from integration.services import sweep


def start(store, clock, **words):
    with store.transaction() as tables:
        return sweep.start(tables, "acme", now=clock.now(), **words)


def progress(store):
    with store.transaction() as tables:
        return sweep.look(tables, "acme")


def read_due(store, clock, redactor, desk, **changes):
    """Read the tickets that are due, as the workers would."""
    clock.forward(seconds=1)
    for claimed in claim(store, clock):
        if ticket := subjects.ticket_of(claimed.subject):
            redactor(desk=desk, **changes).run(ticket, claimed)


def due_tickets(store):
    with store.transaction() as tables:
        rows = tables.due.rows("acme")
    return {r["subject"]: r["priority"] for r in rows if r["subject"].startswith("ticket:")}


def claim(store, clock, limit=1000):
    with store.transaction() as tables:
        return tables.due.claim("w", now=clock.now(), lease=60, limit=limit)
