"""How many agents could read a ticket."""

from __future__ import annotations

from datetime import UTC, datetime

from support.memory_desk import CARD

from integration.core.models import Agent, AgentRole, Department, Snapshot
from integration.services import readers

NOW = datetime(2026, 4, 1, tzinfo=UTC)
SNAPSHOT = Snapshot(
    NOW,
    agents=(
        Agent("a", "Ada", "ada@acme.example", AgentRole.AGENT),
        Agent("b", "Bo", "bo@acme.example", AgentRole.AGENT),
        Agent("gone", "Cy", "cy@acme.example", AgentRole.AGENT, active=False),
        Agent("boss", "Di", "di@acme.example", AgentRole.ADMIN),
        Agent("bot", "Bot", "bot@acme.example", AgentRole.ADMIN, is_our_bot=True),
    ),
    departments=(
        Department("support", "Support", frozenset({"a", "b", "gone"})),
        Department("billing", "Billing", frozenset({"boss"})),
    ),
    readable=frozenset({"agents", "departments.members"}),
)


def test_those_of_the_department_and_those_who_administer_are_counted_once():
    assert readers.count(SNAPSHOT) == {"support": 3, "billing": 1}


def test_nothing_is_guessed_where_members_are_not_readable():
    assert readers.count(Snapshot(NOW, agents=SNAPSHOT.agents)) is None


def test_a_finding_says_how_many_could_read_it(desk, redactor, store):
    with store.transaction() as tables:
        readers.remember(tables, "acme", SNAPSHOT)
    ticket = desk.write_ticket(desk.message(f"card {CARD} cvc 123"), department="support")
    redactor().run(ticket)
    with store.transaction() as tables:
        (finding,) = tables.findings.list("acme")
    assert finding.facts["readers"] == 3


def test_a_department_that_no_snapshot_knows_is_not_counted_as_empty(store):
    with store.transaction() as tables:
        assert readers.of(tables, "acme", "support") is None
        readers.remember(tables, "acme", SNAPSHOT)
        assert readers.of(tables, "acme", "new") is None
