"""One statement makes a group due, in the one order of all writers."""

from __future__ import annotations

from sqlalchemy import event

from integration.core.models import Priority
from integration.storage import Database
from integration.storage.upsert import DueRow, upsert_due

KEYS = [("beta", "outbox"), ("acme", "ticket:2"), ("acme", "ticket:1")]


def test_a_group_takes_its_rows_in_one_order_whatever_order_they_came_in(database_url, clock):
    """In two orders, two groups could wait for each other in PostgreSQL."""
    taken = []
    database = Database(database_url)
    with database.transaction() as connection:

        @event.listens_for(connection, "before_cursor_execute")
        def look(_connection, _cursor, _statement, parameters, *_):
            width = len(parameters) // len(KEYS)
            taken.extend(parameters[at : at + 2] for at in range(0, len(parameters), width))

        upsert_due(connection, [DueRow(*key, clock.now(), Priority.LIVE) for key in KEYS])
    database.dispose()
    assert taken == sorted(KEYS)
