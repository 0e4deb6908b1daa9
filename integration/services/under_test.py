"""The scratch ticket of a self-test is the test's: no worker touches it while the test runs.

Its mark holds letters that nobody can guess, so that no other ticket can pass for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from integration.core.findings.texts import is_marked, marker
from integration.core.models import TicketView
from integration.core.ports import Clock
from integration.core.tables import Store, Tables

NAME = "selftest.running"
LONGEST = timedelta(minutes=15)
"""A test that was killed holds its ticket for no longer."""
LOOK_AGAIN = 10.0
"""Seconds until a worker asks again whether the test is over."""


def mark_of(account: str, nonce: str) -> str:
    """What stands in the subject of the scratch ticket."""
    return marker(f"selftest-{account}-{nonce}")


@contextmanager
def announced(store: Store, account: str, mark: str, clock: Clock) -> Iterator[None]:
    """Tell the workers of an account that is known already, for as long as the block lasts."""
    with store.transaction() as tables:
        has_workers = tables.accounts.get(account) is not None
        if has_workers:
            until = (clock.now() + LONGEST).isoformat()
            tables.values.put(account, NAME, {"mark": mark, "until": until})
    try:
        yield
    finally:
        if has_workers:
            with store.transaction() as tables:
                tables.values.put(account, NAME, {})


def covers(tables: Tables, account: str, view: TicketView, *, now: datetime) -> bool:
    """Whether this is the scratch ticket of a test that runs."""
    running = tables.values.get(account, NAME)
    if not running or now > datetime.fromisoformat(running["until"]):
        return False
    return is_marked(view, running["mark"])
