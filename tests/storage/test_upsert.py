"""One statement makes a group due, in the one order of all writers."""

from __future__ import annotations

from integration.core.models import Priority
from integration.storage import Database, upsert
from integration.storage.driver import run
from integration.storage.upsert import DueRow, upsert_due

KEYS = [("beta", "outbox"), ("acme", "ticket:2"), ("acme", "ticket:1")]


def test_a_group_takes_its_rows_in_one_order_whatever_order_they_came_in(
    database_url, clock, monkeypatch
):
    """In two orders, two groups could wait for each other in PostgreSQL."""
    taken = []

    def look(connection, statement, parameters):
        width = len(parameters) // len(KEYS)
        taken.extend(parameters[at : at + 2] for at in range(0, len(parameters), width))
        return run(connection, statement, parameters)

    monkeypatch.setattr(upsert, "run", look)
    database = Database(database_url)
    with database.transaction() as connection:
        upsert_due(connection, [DueRow(*key, clock.now(), Priority.LIVE) for key in KEYS])
    database.dispose()
    assert taken == sorted(KEYS)
