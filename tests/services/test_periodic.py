"""What comes again and again is a due row like everything else."""

from __future__ import annotations

import pytest

from integration.core.models import Priority
from integration.services import periodic


def due(tables):
    return {row["subject"]: row["due_at"] for row in tables.due.rows("acme")}


def claim(tables, now):
    return {c.subject: c for c in tables.due.claim("w", now=now, lease=60, limit=20)}


def test_a_new_account_gets_every_periodic_subject_at_once(store, clock):
    with store.transaction() as tables:
        periodic.ensure(tables, "acme", now=clock.now())
        assert claim(tables, clock.now()).keys() == periodic.EVERY.keys()


def test_a_row_that_stands_is_not_moved(store, clock):
    with store.transaction() as tables:
        periodic.ensure(tables, "acme", now=clock.now())
        before = due(tables)
        clock.forward(hours=1)
        periodic.ensure(tables, "acme", now=clock.now())
        assert due(tables) == before


def test_a_row_that_was_lost_comes_back(store, clock):
    with store.transaction() as tables:
        periodic.ensure(tables, "acme", now=clock.now())
        tables.due.finish(claim(tables, clock.now())["journal"])
        assert "journal" not in due(tables)
        periodic.ensure(tables, "acme", now=clock.now())
        assert "journal" in due(tables)


@pytest.mark.parametrize("subject", sorted(periodic.EVERY))
def test_after_each_time_the_next_is_due_one_interval_later(store, clock, subject):
    interval, priority = periodic.EVERY[subject]
    with store.transaction() as tables:
        tables.due.upsert("acme", subject, due_at=clock.now(), priority=priority)
        periodic.finish(tables, claim(tables, clock.now())[subject], now=clock.now())
        clock.forward(seconds=interval.total_seconds() - 1)
        assert claim(tables, clock.now()) == {}
        clock.forward(seconds=1)
        assert claim(tables, clock.now())[subject].priority is priority


def test_what_was_made_due_meanwhile_is_not_put_off(store, clock):
    with store.transaction() as tables:
        periodic.ensure(tables, "acme", now=clock.now())
        outbox = claim(tables, clock.now())["outbox"]
        tables.due.upsert("acme", "outbox", due_at=clock.now(), priority=Priority.FINDING)
        periodic.finish(tables, outbox, now=clock.now())
        assert "outbox" in claim(tables, clock.now())


def test_a_worker_that_lost_its_lease_does_not_plan_the_next_time(store, clock):
    with store.transaction() as tables:
        tables.due.upsert("acme", "journal", due_at=clock.now(), priority=Priority.FINDING)
        late = claim(tables, clock.now())["journal"]
        clock.forward(seconds=61)
        claim(tables, clock.now())
        before = tables.due.rows("acme")
        periodic.finish(tables, late, now=clock.now())
        assert tables.due.rows("acme") == before
