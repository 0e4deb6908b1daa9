"""A helpdesk that shows another ticket than was asked for: one ticket is worked on under one id."""

from __future__ import annotations

import pytest
from support.memory_desk import CARD

from integration.core.capabilities import Outcome
from integration.core.errors import ChangedMeanwhile, LeaseLost
from integration.core.models import Priority
from integration.core.surfaces import Surface, SurfaceKind, Text
from integration.services.by_hand import redact_now


@pytest.fixture
def old(desk):
    subject = Surface("subject", SurfaceKind.SUBJECT, Text(f"charge {CARD}"))
    return desk.write_ticket(subject, desk.message(f"card {CARD} cvc 123"))


@pytest.fixture
def new(desk):
    return desk.write_ticket(desk.message("Thank you"))


@pytest.fixture
def claim(store, clock):
    def claim(ticket, owner="worker"):
        with store.transaction() as tables:
            due = tables.due
            due.upsert("acme", f"ticket:{ticket}", due_at=clock.now(), priority=Priority.SWEEP)
            return due.claim_one(owner, "acme", f"ticket:{ticket}", now=clock.now(), lease=60)

    return claim


def due(store):
    with store.transaction() as tables:
        found = {row["subject"]: row["priority"] for row in tables.due.rows("acme")}
    return {subject: found[subject] for subject in found if subject.startswith("ticket:")}


def begun(store, ticket):
    with store.transaction() as tables:
        return {i: row.step for i, row in tables.redactions.of_ticket("acme", ticket).items()}


def records(store):
    with store.transaction() as tables:
        return [row.record for row in tables.audit.rows("acme")]


def die(at):
    def step(name):
        if name == at:
            raise SystemExit

    return step


def test_nothing_is_written_under_the_old_id_and_the_other_ticket_is_due(
    desk, old, new, store, redactor, claim
):
    desk.merge_into(old, new)
    result = redactor().run(old, claim(old))
    assert (result.merged_into, desk.acts) == (new, [])
    assert due(store) == {f"ticket:{new}": Priority.SWEEP}
    expected = {"type": "ticket.merged", "ticket": old, "into": new, "source": "sweep"}
    assert records(store) == [expected]


def test_what_was_written_before_a_crash_is_in_the_record_of_the_other_ticket(
    desk, old, new, store, redactor
):
    with pytest.raises(SystemExit):
        redactor(on_step=die("copied")).run(old)
    desk.merge_into(old, new)
    redactor().run(old)
    assert begun(store, old) == {}
    assert set(begun(store, new)) == {f"ticket:{old}:Subject", "message:501"}
    result = redactor().run(new)
    assert set(result.outcomes.values()) == {Outcome.GONE}
    assert set(result.outcomes) == {f"ticket:{old}:Subject", "message:501"}
    assert result.hits == {"PAN": 2, "CVV": 1}


def test_a_subject_that_the_other_ticket_does_not_show_is_told_apart_from_its_own(
    desk, old, new, store, redactor
):
    with pytest.raises(SystemExit):
        redactor(on_step=die("written")).run(old)
    desk.merge_into(old, new)
    desk.surfaces[new] = [s for s in desk.surfaces[new] if s.kind is not SurfaceKind.SUBJECT]
    redactor().run(old)
    assert f"subject:{old}" in begun(store, new)
    assert redactor().run(new).outcomes[f"subject:{old}"] is Outcome.GONE


def test_a_place_that_the_other_ticket_has_begun_itself_keeps_its_own_row(
    desk, old, new, store, redactor
):
    with pytest.raises(SystemExit):
        redactor(on_step=die("planned")).run(old)
    desk.merge_into(old, new)
    assert redactor().run(new).outcome is Outcome.GONE
    ended = begun(store, new)
    redactor().run(old)
    assert begun(store, new) == ended == dict.fromkeys(ended, "verified")


def test_a_finding_of_the_old_ticket_is_closed_when_the_other_is_due(desk, new, store, redactor):
    desk.deny = frozenset({"delete"})
    old = desk.write_ticket(desk.message(f"card {CARD}"))
    redactor().run(old)
    desk.merge_into(old, new)
    redactor().run(old)
    with store.transaction() as tables:
        states = {f.state.value for f in tables.findings.of("acme", f"ticket:{old}").values()}
    assert states == {"resolved"}
    assert f"ticket:{new}" in due(store)


@pytest.mark.parametrize("first", ["old", "new"])
def test_a_worker_that_was_overtaken_hands_nothing_over(desk, store, redactor, claim, clock, first):
    ids = [desk.write_ticket(desk.message(f"card {CARD}")), desk.write_ticket()]
    old, new = ids if first == "old" else reversed(ids)
    desk.merge_into(old, new)
    lost = claim(old)
    clock.forward(seconds=61)
    claim(old, owner="another")
    with pytest.raises(LeaseLost):
        redactor().run(old, lost)
    assert (list(due(store)), records(store)) == ([f"ticket:{old}"], [])


def test_a_ticket_that_is_merged_while_it_is_read_again_is_left_to_the_next_look(
    desk, old, new, redactor
):
    def merge(step):
        if step == "before reread" and old in desk.tickets:
            desk.merge_into(old, new)

    with pytest.raises(ChangedMeanwhile):
        redactor(on_step=merge).run(old)
    assert redactor().run(old).merged_into == new


def test_a_person_who_names_the_old_id_gets_the_outcome_of_the_other(desk, old, new, redactor):
    desk.merge_into(old, new)
    result = redact_now(redactor(), old, owner="command")
    assert (result.ticket, result.outcome) == (new, Outcome.GONE)
    assert CARD not in desk.text_of(new)


def test_a_person_is_told_when_a_worker_has_the_other_ticket(desk, old, new, redactor, claim):
    desk.merge_into(old, new)
    claim(new)
    with pytest.raises(LeaseLost):
        redact_now(redactor(), old, owner="command")
    assert desk.acts == []
