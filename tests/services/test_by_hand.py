"""A ticket that a person has redacted now is under a lease like every other."""

from __future__ import annotations

import pytest
from support.memory_desk import CARD

from integration.core.capabilities import Outcome
from integration.core.errors import ApiContractChanged, HelpdeskUnavailable, RetryableError
from integration.core.models import Priority
from integration.services.by_hand import redact_now


@pytest.fixture
def now(redactor):
    return lambda ticket, **more: redact_now(redactor(**more), ticket, owner="command")


@pytest.fixture
def ticket(desk):
    return desk.write_ticket(desk.message(f"card {CARD}"))


def rows(store):
    with store.transaction() as tables:
        return tables.due.rows("acme")


def make_due(store, clock, subject):
    with store.transaction() as tables:
        tables.due.upsert("acme", subject, due_at=clock.now(), priority=Priority.LIVE)


def claim(store, clock, owner="worker"):
    with store.transaction() as tables:
        return tables.due.claim(owner, now=clock.now(), lease=60, limit=9)


def tickets_due(store):
    return [row["subject"] for row in rows(store) if row["subject"].startswith("ticket:")]


def test_it_is_brought_to_its_outcome_and_nothing_is_left_to_do(now, desk, ticket, store):
    assert now(ticket).outcome is Outcome.GONE
    assert CARD not in desk.text_of(ticket)
    assert tickets_due(store) == []
    with store.transaction() as tables:
        assert tables.audit.head("acme").record["source"] == "command"


def test_no_worker_takes_it_meanwhile_however_long_the_look(now, ticket, store, clock):
    taken = []

    def wait(step):
        if step == "planned":
            clock.forward(minutes=5)
            make_due(store, clock, f"ticket:{ticket}")
            taken.extend(claim(store, clock))
        if step == "copied":
            clock.forward(minutes=9)
            taken.extend(claim(store, clock))

    assert now(ticket, on_step=wait).outcome is Outcome.GONE
    assert taken == []


def test_what_a_worker_has_in_hand_is_left_to_it_and_looked_at_after_that(
    now, desk, ticket, store, clock
):
    make_due(store, clock, f"ticket:{ticket}")
    (held,) = claim(store, clock)
    with pytest.raises(RetryableError) as caught:
        now(ticket)
    assert caught.value.reason == "lease_lost"
    assert desk.calls == 0
    with store.transaction() as tables:
        assert tables.due.finish(held)
    assert [c.subject for c in claim(store, clock)] == [f"ticket:{ticket}"]


def test_what_failed_for_now_is_left_for_a_worker(now, desk, ticket, store, clock):
    desk.errors = [HelpdeskUnavailable("no")]
    with pytest.raises(HelpdeskUnavailable):
        now(ticket)
    clock.forward(seconds=2)
    assert [c.subject for c in claim(store, clock)] == [f"ticket:{ticket}"]


def test_a_command_that_is_broken_off_gives_the_ticket_back(now, desk, ticket, store, clock):
    desk.errors = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        now(ticket)
    clock.forward(seconds=2)
    assert [c.subject for c in claim(store, clock)] == [f"ticket:{ticket}"]


def test_a_mistyped_ticket_is_told_to_the_person_and_set_aside_for_nobody(now, desk, store):
    desk.errors = [ApiContractChanged("no id")]
    with pytest.raises(ApiContractChanged):
        now("#7")
    assert rows(store) == []


def test_what_was_due_before_is_set_aside_like_any_other(now, desk, ticket, store, clock):
    make_due(store, clock, f"ticket:{ticket}")
    desk.errors = [ApiContractChanged("odd")]
    with pytest.raises(ApiContractChanged):
        now(ticket)
    assert {row["parked"] for row in rows(store) if row["subject"] == f"ticket:{ticket}"} == {
        "api_contract_changed"
    }
