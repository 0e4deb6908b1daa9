"""A hold, a chat or a pause may begin while a ticket is at work: nothing is deleted after it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.memory_desk import CARD
from support.rig import ACCOUNT, Rig

from integration.core.capabilities import Outcome
from integration.core.mode import Mode
from integration.core.models import TicketStatus
from integration.core.policy import Hold, Policy
from integration.core.surfaces import Surface, SurfaceKind, Text

HOLD = Hold(tags=frozenset({"dispute"}), departments=frozenset({"legal"}))
HOLDING = Policy(mode=Mode.ENFORCE, hold=HOLD)
BEFORE_THE_LAST_LOOK = ["claimed", "planned", "before copied", "copied", "before reread"]
HELD = [{"tags": frozenset({"x7f2", "Dispute"})}, {"department": "legal"}]


def once_at(rig: Rig, step: str, act):
    """Let something happen at the first time that a worker comes to this step."""
    happened = []

    def on_step(taken: str) -> None:
        if taken == step and not happened:
            happened.append(step)
            act()

    rig.run(on_step)
    assert happened


def change(rig: Rig, ticket: str, **facts):
    def act() -> None:
        rig.desk.tickets[ticket] = replace(rig.desk.tickets[ticket], **facts)

    return act


def acts(rig: Rig) -> list[str]:
    return [act[0] for act in rig.desk.acts]


def last_record(rig: Rig) -> dict:
    with rig.store.transaction() as tables:
        return [row.record for row in tables.audit.rows(ACCOUNT)][-1]


def held_findings(rig: Rig):
    with rig.store.transaction() as tables:
        return [f for f in tables.findings.list(ACCOUNT) if f.cause == "card.held"]


@pytest.mark.parametrize("facts", HELD, ids=["tag", "department"])
@pytest.mark.parametrize("step", BEFORE_THE_LAST_LOOK)
def test_a_hold_that_begins_at_any_step_before_the_last_look_keeps_the_original(rigs, step, facts):
    rig = rigs(policy=HOLDING)
    message = rig.desk.message(f"card {CARD}")
    ticket = rig.desk.write_ticket(message)
    rig.make_due(ticket)
    once_at(rig, step, change(rig, ticket, **facts))
    assert "delete" not in acts(rig)
    assert message in rig.desk.surfaces[ticket]
    assert last_record(rig)["outcomes"] == {message.id: Outcome.MANUAL.value}
    (finding,) = held_findings(rig)
    assert finding.due is not None
    assert rig.failures == []


def test_the_finding_names_the_copy_that_stood_when_the_hold_began(rigs):
    rig = rigs(policy=HOLDING)
    ticket = rig.desk.write_ticket(rig.desk.message(f"card {CARD}"))
    rig.make_due(ticket)
    once_at(rig, "copied", change(rig, ticket, department="legal"))
    for _ in range(2):
        assert acts(rig) == ["post_note"]
        (finding,) = held_findings(rig)
        assert "hold_copied" in str(finding.facts)
        rig.make_due(ticket)
        rig.run()


def test_when_the_hold_is_lifted_the_copy_that_stands_is_the_copy(rigs):
    rig = rigs(policy=HOLDING)
    ticket = rig.desk.write_ticket(rig.desk.message(f"card {CARD}"))
    rig.make_due(ticket)
    once_at(rig, "copied", change(rig, ticket, department="legal"))
    change(rig, ticket, department=None)()
    rig.make_due(ticket)
    rig.run_until_done()
    assert acts(rig) == ["post_note", "delete"]
    assert CARD not in rig.desk.text_of(ticket)


@pytest.mark.parametrize("facts", HELD, ids=["tag", "department"])
@pytest.mark.parametrize("step", ["claimed", "planned", "before written"])
def test_a_hold_that_begins_before_an_edit_in_place_stops_it(rigs, step, facts):
    rig = rigs(policy=HOLDING)
    subject = Surface("subject", SurfaceKind.SUBJECT, Text(f"charge {CARD}"))
    ticket = rig.desk.write_ticket(subject)
    rig.make_due(ticket)
    once_at(rig, step, change(rig, ticket, **facts))
    rig.run_until_done()
    assert rig.desk.surfaces[ticket] == [subject]
    assert last_record(rig)["outcomes"] == {"subject": Outcome.MANUAL.value}
    assert held_findings(rig)


@pytest.mark.parametrize("step", BEFORE_THE_LAST_LOOK)
def test_a_chat_that_begins_is_waited_for(rigs, step):
    rig = rigs()
    ticket = rig.desk.write_ticket(rig.desk.message(f"card {CARD}"))
    rig.make_due(ticket)
    once_at(rig, step, change(rig, ticket, status=TicketStatus.LIVE))
    assert "delete" not in acts(rig)
    assert rig.due() == [f"ticket:{ticket}"]
    change(rig, ticket, status=TicketStatus.CLOSED)()
    rig.clock.forward(seconds=61)
    rig.run_until_done()
    assert acts(rig) == ["post_note", "delete"]


def test_a_hold_that_begins_during_a_long_row_of_deletions_stops_it(rigs):
    rig = rigs(policy=HOLDING)
    messages = [rig.desk.message(f"card {CARD} number {n}") for n in range(3)]
    ticket = rig.desk.write_ticket(*messages)
    rig.make_due(ticket)

    def hold() -> None:
        rig.clock.forward(seconds=11)
        change(rig, ticket, department="legal")()

    once_at(rig, "deleted", hold)
    assert acts(rig) == ["post_note"] * 3 + ["delete"]
    assert messages[1] in rig.desk.surfaces[ticket]
    assert held_findings(rig)


@pytest.mark.parametrize("step", [*BEFORE_THE_LAST_LOOK[1:], "reread"])
def test_a_pause_stops_the_next_write(rigs, step):
    rig = rigs()
    message = rig.desk.message(f"card {CARD}")
    ticket = rig.desk.write_ticket(message)
    rig.make_due(ticket)

    def pause() -> None:
        with rig.store.transaction() as tables:
            tables.accounts.set_paused(ACCOUNT, "admin")

    once_at(rig, step, pause)
    assert message in rig.desk.surfaces[ticket]
    assert rig.failures == ["paused"]
    assert rig.due() == [f"ticket:{ticket}"]
