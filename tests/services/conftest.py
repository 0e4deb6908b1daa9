from __future__ import annotations

import random
from pathlib import Path

import pytest
from support.database import database_in
from support.memory_desk import FakeClock, MemoryDesk

from integration.core import subjects
from integration.core.mode import Mode
from integration.core.policy import Policy
from integration.core.rows import AccountRow
from integration.services import answers, sweep
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


@pytest.fixture
def read_answers(desk, store, clock):
    """Read each decision ticket that is due to be, as workers would; how many people closed."""

    def read():
        with store.transaction() as tables:
            found = [row["subject"] for row in tables.due.rows("acme")]
        asked = [subject for subject in found if subjects.kind_of(subject) == subjects.ANSWER]
        closed = 0
        for subject in asked:
            with store.transaction() as tables:
                claim = tables.due.claim_one("w", "acme", subject, now=clock.now(), lease=60)
            closed += answers.read("acme", desk, store, clock, subjects.finding_of(subject))
            with store.transaction() as tables:
                tables.due.finish(claim)
        return closed

    return read
