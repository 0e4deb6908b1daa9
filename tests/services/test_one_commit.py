"""What has to be true together is committed together: a database that stops in between keeps none.

Each test lets one write of a transaction fail. Nothing of it may stand then, and the next run does
the whole of it once.
"""

from __future__ import annotations

import random

import pytest
from support.access_desk import StaffedDesk, agent
from support.memory_desk import CARD

from integration.core.errors import StoreUnavailable
from integration.core.models import ChangePage, Priority, TicketRef
from integration.core.policy import Policy
from integration.services import sweep
from integration.services.access import check_access
from integration.services.publish import publish
from integration.storage.audit import SqlAuditLog
from integration.storage.due import SqlDueTable
from integration.storage.findings import SqlFindingTable
from integration.storage.redactions import SqlRedactionTable
from integration.storage.seen import SqlSeenTable

POLICY = Policy(findings_department="security")


def full(*args, **kwargs):
    raise StoreUnavailable("full")


def records(store):
    with store.transaction() as tables:
        return [row.record for row in tables.audit.rows("acme")]


@pytest.fixture
def stands(store):
    """All that one look at a ticket stores, as it stands now."""

    def stands(ticket):
        with store.transaction() as tables:
            return (
                tables.due.rows("acme"),
                tables.audit.head("acme"),
                tables.findings.list("acme"),
                {i: row.outcome for i, row in tables.redactions.of_ticket("acme", ticket).items()},
            )

    return stands


@pytest.fixture
def claimed(store, clock):
    """Make a ticket due, and claim it."""

    def claimed(ticket):
        with store.transaction() as tables:
            tables.due.upsert(
                "acme", f"ticket:{ticket}", due_at=clock.now(), priority=Priority.LIVE
            )
            (claim,) = tables.due.claim("w", now=clock.now(), lease=60, limit=1)
        return claim

    return claimed


@pytest.mark.parametrize(
    ("table", "write"),
    [
        (SqlRedactionTable, "save"),
        (SqlAuditLog, "append"),
        (SqlFindingTable, "save"),
        (SqlSeenTable, "record"),
    ],
    ids=["outcomes", "audit", "findings", "seen"],
)
def test_the_end_of_a_ticket_is_one_commit(
    desk, redactor, store, monkeypatch, stands, claimed, table, write
):
    desk.deny = frozenset({"delete"})
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))
    claim, before = claimed(ticket), []

    def stop(step):
        if step == "before outcome":
            before.append(stands(ticket))
            broken.setattr(table, write, full)

    with monkeypatch.context() as broken, pytest.raises(StoreUnavailable):
        redactor(on_step=stop).run(ticket, claim)
    assert [stands(ticket)] == before
    redactor().run(ticket, claim)
    due, head, (found,), outcomes = stands(ticket)
    assert [row["subject"] for row in due] == ["outbox"]
    assert (head.seq, found.cause) == (1, "card.not_removed")
    assert list(outcomes.values()) == ["denied"]


class History:
    """Two pages of one ticket each."""

    def history(self, cursor, *, since):
        return ChangePage((TicketRef(f"t{cursor or 0}", "1"),), "1", more=cursor is None)


def test_a_page_of_a_sweep_is_read_again_when_its_tickets_could_not_be_made_due(
    store, clock, monkeypatch
):
    def step():
        return sweep.step("acme", History(), store, clock, None, random.Random(1))

    with store.transaction() as tables:
        sweep.start(tables, "acme", now=clock.now())
    assert not step()
    with monkeypatch.context() as broken:
        broken.setattr(SqlDueTable, "upsert", full)
        with pytest.raises(StoreUnavailable):
            step()
    assert step()
    with store.transaction() as tables:
        due = {row["subject"] for row in tables.due.rows("acme")}
    assert {"ticket:t0", "ticket:t1"} <= due


@pytest.mark.parametrize(
    ("kind", "table", "write"),
    [
        ("open", SqlAuditLog, "append"),
        ("open", SqlFindingTable, "save"),
        ("note", SqlAuditLog, "append"),
    ],
    ids=["opened_audit", "opened_finding", "noted_audit"],
)
def test_what_was_told_its_record_and_the_ticket_of_its_finding_are_one_commit(
    store, clock, monkeypatch, kind, table, write
):
    desk = StaffedDesk(clock, agents=[agent("a1")])

    def stop(step):
        if step == "before sent":
            broken.setattr(table, write, full)

    def send(**more):
        return publish("acme", desk, store, POLICY, clock, **more).sent

    check_access("acme", desk, store, POLICY, clock)
    if kind == "note":
        send()
        desk.agents = [agent("a2")]
        clock.forward(days=1)
        check_access("acme", desk, store, POLICY, clock)
    before = records(store)
    with monkeypatch.context() as broken, pytest.raises(StoreUnavailable):
        send(on_step=stop)
    assert records(store) == before
    assert [send(), send()] == [{kind: 1}, {}]
    ((ticket, surfaces),) = desk.surfaces.items()
    assert [record["kind"] for record in records(store)[len(before) :]] == [kind]
    assert [s.kind for s in surfaces].count("note") == (kind == "note")
    with store.transaction() as tables:
        assert [f.ticket_id for f in tables.findings.list("acme")] == [ticket]
