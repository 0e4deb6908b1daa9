"""Formats in the database: who reads them back, and two who write at once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from integration.core.formats import NumberFormat
from integration.core.models import Agent, AgentRole, Snapshot
from integration.services import chain, formats

NOW = datetime(2026, 4, 1, tzinfo=UTC)
WHO = Snapshot(
    NOW,
    agents=(
        Agent("1", "Ada", "ada@acme.example", AgentRole.ADMIN),
        Agent("2", "Bo", "bo@acme.example", AgentRole.AGENT),
    ),
    readable=frozenset({"agents", "agents.role"}),
)


def propose(store, name):
    wanted = NumberFormat(name, "457112", 16)
    with store.transaction() as tables:
        formats.propose(tables, "acme", wanted, "ada@acme.example", WHO, now=NOW)


def test_a_confirmed_format_is_read_back_as_it_was_proposed(store):
    propose(store, "orders")
    with store.transaction() as tables:
        formats.confirm(tables, "acme", "orders", "bo@acme.example", WHO, now=NOW)
    with store.transaction() as tables:
        assert formats.allowed(tables, "acme") == (NumberFormat("orders", "457112", 16),)
        assert formats.allowed(tables, "other") == ()
    assert chain.verify(store, "acme").wrong is None


def test_formats_that_are_proposed_at_the_same_time_are_all_kept(store):
    names = [f"orders-{letter}" for letter in "abcdef"]
    threads = [threading.Thread(target=propose, args=(store, name)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.transaction() as tables:
        assert [e.format.name for e in formats.entries(tables, "acme")] == names
