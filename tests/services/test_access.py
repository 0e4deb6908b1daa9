"""The access-control run: from a snapshot to results, findings and what is told."""

from __future__ import annotations

import pytest
from support.access_desk import FACTS, StaffedDesk, agent

from integration.core.capabilities import Capabilities
from integration.core.errors import AuthExpired, Forbidden, HelpdeskUnavailable
from integration.core.findings.model import State
from integration.core.models import AgentRole, TicketStatus
from integration.core.policy import Policy
from integration.services.access import check_access
from integration.services.publish import publish

POLICY = Policy()
AGENTS, ADMINS = "access.two_factor.agents", "access.two_factor.admins"


@pytest.fixture
def desk(clock):
    return StaffedDesk(clock, agents=[agent("a1"), agent("a2", two_factor=True)])


@pytest.fixture
def audit(desk, store, clock):
    return lambda: check_access("acme", desk, store, POLICY, clock)


def results(store):
    with store.transaction() as tables:
        return {(r["check"], r["resource"]): r["status"] for r in tables.results.list("acme")}


def states(store):
    with store.transaction() as tables:
        return {f.cause: f.state for f in tables.findings.list("acme")}


def test_results_and_findings_are_kept_together(desk, store, audit):
    report = audit()
    assert report.results["fail"] == 1
    assert results(store)[AGENTS, "agent:a1"] == "fail"
    assert results(store)[AGENTS, "agent:a2"] == "pass"
    assert results(store)["keys.expiry", "account"] == "not_supported"
    assert states(store) == {AGENTS: State.OPEN}


def test_the_outbox_is_due_after_a_new_finding(store, audit):
    audit()
    with store.transaction() as tables:
        assert [row["subject"] for row in tables.due.rows("acme")] == ["outbox"]


def test_a_refused_snapshot_is_an_error_and_closes_nothing(desk, store, audit, clock):
    audit()
    clock.forward(days=1)
    desk.errors = [Forbidden("no")]
    report = audit()
    assert {name for name, number in report.results.items() if number} == {"error"}
    assert set(results(store).values()) == {"error"}
    assert states(store) == {AGENTS: State.OPEN}


def test_a_fact_that_is_no_longer_readable_closes_nothing(desk, store, audit, clock):
    audit()
    clock.forward(days=1)
    desk.readable = FACTS - {"agents.two_factor"}
    audit()
    assert results(store)[AGENTS, "account"] == "unknown"
    assert states(store) == {AGENTS: State.OPEN}


@pytest.mark.parametrize("error", [AuthExpired("no"), HelpdeskUnavailable("no")], ids=type)
def test_an_expired_key_or_a_silent_helpdesk_records_nothing(desk, store, audit, error):
    desk.errors = [error]
    with pytest.raises(type(error)):
        audit()
    assert results(store) == {}


def test_agents_and_admins_have_findings_of_their_own(desk, store, audit):
    desk.agents.append(agent("a9", role=AgentRole.ADMIN))
    audit()
    assert set(states(store)) == {AGENTS, ADMINS}


def test_an_accepted_residue_is_asked_about_again_when_its_time_is_over(
    desk, store, audit, clock, read_answers
):
    desk.agents = []
    desk.matrix = Capabilities(standing_residue=("liveagent.residue.mailbox",))
    audit()
    publish("acme", desk, store, POLICY, clock)
    (ticket_id,) = desk.tickets
    desk.set_status(ticket_id, TicketStatus.CLOSED)
    for days, state in ((1, State.RESOLVED), (170, State.RESOLVED), (20, State.OPEN)):
        clock.forward(days=days)
        audit()
        read_answers()
        assert states(store) == {"residue.standing": state}
    publish("acme", desk, store, POLICY, clock)
    assert list(desk.tickets) == [ticket_id]
    assert desk.tickets[ticket_id].status is TicketStatus.OPEN
