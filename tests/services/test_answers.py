"""Whether people have closed decision tickets: each is read on its own."""

from __future__ import annotations

import pytest
from support.access_desk import StaffedDesk, agent

from integration.core import subjects
from integration.core.findings.model import State
from integration.core.models import TicketStatus
from integration.core.policy import Policy
from integration.services import answers
from integration.services.access import check_access
from integration.services.publish import publish

POLICY = Policy()


@pytest.fixture
def desk(clock):
    return StaffedDesk(clock, agents=[agent("a1")])


@pytest.fixture
def check(desk, store, clock):
    return lambda: check_access("acme", desk, store, POLICY, clock)


@pytest.fixture
def told(check, desk, store, clock):
    """The decision ticket of the one finding, a day later."""
    check()
    publish("acme", desk, store, POLICY, clock)
    clock.forward(days=1)
    (ticket_id,) = desk.tickets
    return ticket_id


def due(store, *, parked=None):
    with store.transaction() as tables:
        rows = tables.due.rows("acme", parked=parked)
    return [r["subject"] for r in rows if subjects.kind_of(r["subject"]) == subjects.ANSWER]


def state(store):
    with store.transaction() as tables:
        (finding,) = tables.findings.list("acme")
    return finding.state


def test_nothing_is_read_before_a_ticket_stands(check, store):
    check()
    assert due(store) == []


def test_the_run_itself_reads_no_decision_ticket(check, told, desk):
    before = desk.calls
    check()
    assert desk.calls == before + 1


def test_a_ticket_that_a_person_threw_away_counts_as_closed(check, told, desk, read_answers):
    desk.tickets.clear()
    check()
    assert read_answers() == 1


def test_an_open_ticket_is_left_alone(check, told, desk, store, read_answers):
    check()
    assert read_answers() == 0
    assert [act[0] for act in desk.acts] == ["create_ticket"]
    assert due(store) == []


def test_a_ticket_about_which_something_waits_is_read_next_time(
    check, told, desk, store, clock, read_answers
):
    desk.set_status(told, TicketStatus.CLOSED)
    desk.agents.append(agent("a3"))
    check()
    assert read_answers() == 0
    publish("acme", desk, store, POLICY, clock)
    clock.forward(days=1)
    check()
    assert read_answers() == 1


def test_what_was_resolved_before_its_ticket_was_read_is_not_read(
    check, told, desk, store, read_answers
):
    check()
    desk.agents = [agent("a1", two_factor=True)]
    check()
    before = desk.calls
    assert read_answers() == 0
    assert desk.calls == before
    assert state(store) is State.RESOLVED


def test_an_answer_is_left_for_the_next_time_when_its_cause_is_seen_anew_meanwhile(
    check, told, desk, store, clock, read_answers
):
    check()
    desk.set_status(told, TicketStatus.CLOSED)
    fetch = desk.fetch

    def slowly(ticket_id, **only):
        view = fetch(ticket_id, **only)
        desk.fetch = fetch
        clock.forward(seconds=1)
        desk.agents.append(agent("a2"))
        check()
        return view

    desk.fetch = slowly
    assert read_answers() == 0
    with store.transaction() as tables:
        assert [row.kind for row in tables.outbox.waiting("acme")] == ["note"]


def test_a_ticket_that_was_set_aside_stays_so_until_a_person_says_otherwise(
    check, told, store, clock
):
    check()
    (subject,) = due(store)
    with store.transaction() as tables:
        claim = tables.due.claim_one("w", "acme", subject, now=clock.now(), lease=60)
        tables.due.park(claim, reason="forbidden")
    clock.forward(days=1)
    check()
    assert due(store, parked=True) == [subject]


def test_a_row_of_a_finding_that_is_not_known_is_nothing_to_read(desk, store, clock):
    assert not answers.read("acme", desk, store, clock, "gggg")
    assert desk.calls == 0
