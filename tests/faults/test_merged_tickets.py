"""A ticket that is merged has two ids: it is worked on under one, whenever a worker dies."""

from __future__ import annotations

from contextlib import suppress

import pytest
from support.memory_desk import CARD, OTHER_CARD, REPOSTING
from support.rig import ACCOUNT, Crash, Rig

from integration.core.capabilities import Capabilities, Capability, Method
from integration.core.surfaces import Surface, SurfaceKind, Text

pytestmark = pytest.mark.exhaustive

EDITING = Capabilities(
    {kind: Capability((Method.EDIT,)) for kind in (SurfaceKind.SUBJECT, SurfaceKind.MESSAGE)}
)


class CrashAt:
    """Dies at the n-th step."""

    def __init__(self, number: int) -> None:
        self.left = number
        self.steps: list[str] = []

    def __call__(self, step: str) -> None:
        self.steps.append(step)
        self.left -= 1
        if self.left == -1:
            raise Crash(step)


def two_tickets(rig: Rig, matrix: Capabilities) -> tuple[str, str]:
    """One with a card in its subject and in a message, and one that it can be merged into."""
    rig.desk.matrix = matrix
    subject = Surface("subject", SurfaceKind.SUBJECT, Text(f"charge {CARD}"))
    old = rig.desk.write_ticket(subject, rig.desk.message(f"card {CARD} cvc 123"))
    other = Surface("subject", SurfaceKind.SUBJECT, Text(f"refund {OTHER_CARD}"))
    return old, rig.desk.write_ticket(other, rig.desk.message("Thank you"))


def steps_of(rig: Rig, matrix: Capabilities, *, merged: bool) -> list[str]:
    old, new = two_tickets(rig, matrix)
    if merged:
        rig.desk.merge_into(old, new)
    rig.make_due(old)
    seen = CrashAt(-2)
    rig.run(seen)
    return seen.steps


def told_places(rig: Rig) -> dict[str, set[str]]:
    """Ticket -> the places of which a record of the audit chain says that they are gone."""
    told: dict[str, set[str]] = {}
    with rig.store.transaction() as tables:
        for row in tables.audit.rows(ACCOUNT):
            if row.record["type"] == "ticket.scanned":
                gone = {i for i, outcome in row.record["outcomes"].items() if outcome == "gone"}
                told.setdefault(row.record["ticket"], set()).update(gone)
    return told


def kinds_told(rig: Rig) -> set[str]:
    with rig.store.transaction() as tables:
        return {kind for row in tables.audit.rows(ACCOUNT) for kind in row.record.get("hits", ())}


def assert_recorded(rig: Rig, old: str, new: str, message: str, where: str) -> None:
    text = rig.desk.text_of(new)
    assert CARD not in text, where
    assert OTHER_CARD not in text, where
    told = told_places(rig)
    old_subject = f"ticket:{old}:Subject"
    of_old = {old_subject if place == "subject" else place for place in told.get(old, ())}
    assert of_old | told[new] == {message, "subject", old_subject}, where
    assert {"PAN", "CVV"} <= kinds_told(rig), where
    assert rig.due() == [], where
    assert rig.audit_holds(), where
    with rig.store.transaction() as tables:
        rows = tables.redactions.of_ticket(ACCOUNT, new)
        left = tables.redactions.of_ticket(ACCOUNT, old)
    assert {row.outcome for row in rows.values()} == {"gone"}, where
    if told.get(old) is None:
        # The look at the other ticket came first, and has a row of its own for each.
        names = {old_subject if i == "subject" else i for i in left}
        assert names <= set(rows), where


def test_a_crash_at_any_step_of_a_ticket_that_is_due_as_its_old_id_loses_no_record(rigs):
    steps = steps_of(rigs(), EDITING, merged=True)
    assert {"claimed", "planned", "written", "reread", "outcome"} <= set(steps)
    for number, step in enumerate(steps):
        rig = rigs()
        old, new = two_tickets(rig, EDITING)
        message = rig.desk.surfaces[old][1].id
        rig.desk.merge_into(old, new)
        rig.make_due(old)
        with suppress(Crash):
            rig.run(CrashAt(number))
        rig.run_until_done()
        where = f"crash {number} at {step!r}"
        assert_recorded(rig, old, new, message, where)
        assert set(told_places(rig)) == {new}, where
        with rig.store.transaction() as tables:
            assert tables.redactions.of_ticket(ACCOUNT, old) == {}, where


def test_a_ticket_that_is_merged_after_a_crash_at_any_step_loses_no_record(rigs):
    for number, step in enumerate(steps_of(rigs(), EDITING, merged=False)):
        rig = rigs()
        old, new = two_tickets(rig, EDITING)
        message = rig.desk.surfaces[old][1].id
        rig.make_due(old)
        with suppress(Crash):
            rig.run(CrashAt(number))
        rig.desk.merge_into(old, new)
        rig.make_due(new)
        rig.run_until_done()
        assert_recorded(rig, old, new, message, f"crash {number} at {step!r}")


@pytest.mark.parametrize("matrix", [REPOSTING, EDITING], ids=["repost", "edit"])
def test_a_ticket_that_is_merged_while_it_is_at_work_is_handed_over_by_the_next_look(rigs, matrix):
    for number, step in enumerate(steps_of(rigs(), matrix, merged=False)):
        rig = rigs()
        old, new = two_tickets(rig, matrix)
        message = rig.desk.surfaces[old][1].id
        rig.make_due(old)
        left = [number]

        def merge(_step, rig=rig, old=old, new=new, left=left):
            left[0] -= 1
            if left[0] == -1:
                rig.desk.merge_into(old, new)
                rig.make_due(new)

        rig.run(merge)
        if old in rig.desk.tickets:
            continue  # it went another way this time
        rig.run_until_done()
        assert_recorded(rig, old, new, message, f"merged {number} at {step!r}")
