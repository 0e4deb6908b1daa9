"""Leases before a write."""

from __future__ import annotations

import pytest

from integration.core.errors import LeaseLost
from integration.core.models import Priority
from integration.services.leases import keep_or_stop


@pytest.fixture
def claimed(store, clock):
    with store.transaction() as tables:
        tables.due.upsert("acme", "outbox", due_at=clock.now(), priority=Priority.FINDING)
        (claim,) = tables.due.claim("one", now=clock.now(), lease=5, limit=1)
    return claim


def test_a_lease_is_renewed_before_a_write(store, clock, claimed):
    for _ in range(3):
        clock.forward(seconds=4)
        keep_or_stop(store, clock, claimed, 5)


def test_whoever_was_overtaken_stops_before_the_write(store, clock, claimed):
    clock.forward(seconds=6)
    with store.transaction() as tables:
        assert tables.due.claim("another", now=clock.now(), lease=5, limit=1)
    with pytest.raises(LeaseLost):
        keep_or_stop(store, clock, claimed, 5)
