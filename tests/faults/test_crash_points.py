"""The process may die at every named step: what was due still ends as exactly one redaction.

Each test first runs once to learn the steps, then once more for each of them with a crash there,
and lets other workers come after the lease has run out.
"""

from __future__ import annotations

from contextlib import suppress

import pytest
from support.memory_desk import CARD, OTHER_CARD, REPOSTING
from support.rig import Crash, Rig

from integration.core.capabilities import Capabilities, Capability, Method
from integration.core.surfaces import Surface, SurfaceKind, Text

HALVES = ("4111 1111", "1111 1111")


pytestmark = pytest.mark.exhaustive


class CrashAt:
    """Dies at the n-th step."""

    def __init__(self, number: int) -> None:
        self.left = number
        self.steps: list[str] = []

    def __call__(self, step: str) -> None:
        self.steps.append(step)
        if self.left == 0:
            raise Crash(step)
        self.left -= 1


def message_with_code(rig: Rig) -> str:
    return rig.desk.write_ticket(rig.desk.message(f"card {CARD} cvc 123"))


def subject_and_two_messages(rig: Rig) -> str:
    return rig.desk.write_ticket(
        Surface("subject", SurfaceKind.SUBJECT, Text(f"charge {CARD}")),
        rig.desk.message(f"card {CARD} cvc 123"),
        rig.desk.message(f"or {OTHER_CARD}"),
    )


def steps_of(rig: Rig, write) -> list[str]:
    rig.make_due(write(rig))
    seen = CrashAt(-1)
    rig.run(seen)
    return seen.steps


@pytest.mark.parametrize("write", [message_with_code, subject_and_two_messages])
def test_a_crash_at_any_step_loses_nothing_and_doubles_nothing(rigs, write):
    steps = steps_of(rigs(), write)
    assert {"claimed", "planned", "copied", "deleted", "reread", "outcome"} <= set(steps)
    for number, step in enumerate(steps):
        rig = rigs()
        ticket = write(rig)
        rig.make_due(ticket)
        with suppress(Crash):  # a slow machine may have learned one step too many
            rig.run(CrashAt(number))
        rig.run_until_done()
        assert_redacted_once(rig, ticket, f"crash {number} at {step!r}")


@pytest.mark.parametrize("write", [message_with_code, subject_and_two_messages])
def test_two_crashes_in_a_row_lose_nothing_and_double_nothing(rigs, write):
    steps = steps_of(rigs(), write)
    for number, step in enumerate(steps):
        rig = rigs()
        ticket = write(rig)
        rig.make_due(ticket)
        for later in (number, 2):
            try:
                rig.run(CrashAt(later))
            except Crash:
                rig.clock.forward(seconds=61)
        rig.run_until_done()
        assert_redacted_once(rig, ticket, f"crash {number} at {step!r}, then again")


def assert_redacted_once(rig: Rig, ticket: str, where: str) -> None:
    text = rig.desk.text_of(ticket)
    assert CARD not in text, where
    assert OTHER_CARD not in text, where
    deleted = [act for act in rig.desk.acts if act[0] == "delete"]
    assert len(deleted) == len(set(deleted)), where
    copies = [act for act in rig.desk.acts if act[0] == "post_note"]
    assert text.count("(deskwarden: copy of") == len(deleted) == len(copies), where
    assert rig.findings() == ["card.sad"], where
    assert rig.told() == ["open"], where
    assert rig.due() == [], where
    assert rig.audit_holds(), where
    with rig.store.transaction() as tables:
        rows = tables.redactions.of_ticket("acme", ticket)
    places = len(deleted) + ("charge" in text)  # and its subject
    assert [row.outcome for row in rows.values()] == ["gone"] * places, where


EDITING = Capabilities({SurfaceKind.MESSAGE: Capability((Method.EDIT,))})


@pytest.mark.parametrize("matrix", [REPOSTING, EDITING], ids=["repost", "edit"])
def test_a_crash_between_the_halves_of_a_split_number_leaves_neither(rigs, matrix):
    def split(rig: Rig) -> str:
        rig.desk.matrix = matrix
        halves = rig.desk.message(HALVES[0]), rig.desk.message(f"{HALVES[1]} call 555 0100 1234")
        return rig.desk.write_ticket(*halves)

    steps = steps_of(rigs(), split)
    for number, step in enumerate(steps):
        rig = rigs()
        ticket = split(rig)
        rig.make_due(ticket)
        with suppress(Crash):  # a slow machine may have learned one step too many
            rig.run(CrashAt(number))
        rig.run_until_done()
        where = f"crash {number} at {step!r}"
        assert not any(half in rig.desk.text_of(ticket) for half in HALVES), where
        assert rig.findings() == [], where
        with rig.store.transaction() as tables:
            rows = tables.redactions.of_ticket("acme", ticket)
        assert [row.outcome for row in rows.values()] == ["gone", "gone"], where
