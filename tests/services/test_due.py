"""Whoever makes many subjects due does it in one order, or PostgreSQL may see a deadlock."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from integration.core.models import ChangePage, Priority, TicketRef
from integration.services import periodic, sweep
from integration.services.due import make_all_due
from integration.services.reconcile import make_due

REFS = tuple(TicketRef(ticket, "1") for ticket in ("9", "5", "9", "7"))


@pytest.fixture
def order(store, monkeypatch):
    """The subjects in the order in which their rows are written."""
    written = []
    with store.transaction() as tables:
        whole = type(tables.due).upsert

    def upsert(self, account, subject, **rest):
        written.append(subject)
        return whole(self, account, subject, **rest)

    monkeypatch.setattr(type(tables.due), "upsert", upsert)
    return written


def test_tickets_that_changed_are_made_due_in_order(store, clock, order):
    with store.transaction() as tables:
        make_due(tables, "acme", REFS, Priority.RECONCILE, now=clock.now())
    assert order == ["ticket:5", "ticket:7", "ticket:9"]


def test_a_sample_is_made_due_in_order(store, clock, order):
    class Desk:
        def history(self, cursor, *, since):
            return ChangePage(tuple(replace(r, id=f"t{r.id}") for r in REFS), "", more=False)

    with store.transaction() as tables:
        sweep.start(tables, "acme", now=clock.now(), sample=3)
    order.clear()
    sweep.step("acme", Desk(), store, clock, None, random.Random(1))
    assert order == ["ticket:t5", "ticket:t7", "ticket:t9"]


def test_what_every_account_needs_is_made_due_in_order(store, clock, order):
    with store.transaction() as tables:
        periodic.ensure(tables, "acme", now=clock.now())
    assert order == sorted(periodic.EVERY)


def test_nothing_is_made_due_twice_at_once(store, clock, order):
    with store.transaction() as tables:
        make_all_due(tables, "acme", ["b", "a", "b"], Priority.SWEEP, now=clock.now())
    assert order == ["a", "b"]
