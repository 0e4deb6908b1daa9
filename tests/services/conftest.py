from __future__ import annotations

import random
from pathlib import Path

import pytest
from support.database import database_in
from support.memory_desk import FakeClock, MemoryDesk

from integration.core.mode import Mode
from integration.core.policy import Policy
from integration.core.rows import AccountRow
from integration.services import sweep
from integration.services.redact import Redactor
from integration.storage import open_store

ENFORCE = Policy(mode=Mode.ENFORCE)


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def desk(clock):
    return MemoryDesk(clock)


@pytest.fixture
def store(tmp_path: Path, clock):
    store = open_store(database_in(tmp_path), clock=clock, audit_key=b"k" * 32)
    with store.transaction() as tables:
        tables.accounts.save(
            AccountRow("acme", "memory", {}, b"", Mode.ENFORCE, created=clock.now())
        )
    yield store
    store.close()


@pytest.fixture
def redactor(desk, store, clock):
    def make(policy: Policy = ENFORCE, **changes):
        return Redactor("acme", changes.pop("desk", desk), policy, store, clock, **changes)

    return make


@pytest.fixture
def walk(store, clock):
    """Step until the listing is complete, as the due row of the sweep would."""

    def walk(desk, rng=None):
        for steps in range(1, 1000):
            if sweep.step("acme", desk, store, clock, None, rng or random.Random(1)):
                return steps
            clock.forward(seconds=5)
        pytest.fail("the sweep never ends")

    return walk
