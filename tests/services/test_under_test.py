"""While a self-test runs, its scratch ticket is not touched by the workers of the account."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.memory_desk import CARD

from integration.core.capabilities import Outcome
from integration.core.errors import RetryableError
from integration.core.mode import Mode
from integration.core.policy import Policy
from integration.core.surfaces import Surface, SurfaceKind, Text
from integration.services import accounts, under_test
from integration.services.handback import PATIENT

ENFORCE = Policy(mode=Mode.ENFORCE)
MARK = under_test.mark_of("acme", "khhhbeefkhhhbeef")


@pytest.fixture
def scratch(desk):
    """A ticket with this mark in its subject, and a card in its message."""

    def write(mark=MARK):
        subject = Surface("subject", SurfaceKind.SUBJECT, Text(f"deskwarden self-test {mark}"))
        return desk.write_ticket(subject, desk.message(f"card {CARD}"))

    return write


def test_a_worker_leaves_it_until_the_test_is_over(desk, redactor, store, clock, scratch):
    ticket = scratch()
    with under_test.announced(store, "acme", MARK, clock):
        with pytest.raises(RetryableError) as caught:
            redactor(ENFORCE).run(ticket)
        assert caught.value.reason in PATIENT
        assert desk.acts == []
    assert redactor(ENFORCE).run(ticket).outcome is Outcome.GONE
    assert CARD not in desk.text_of(ticket)


def test_no_other_ticket_can_pass_for_it(desk, redactor, store, clock, scratch):
    other = scratch("[DW-selftest-acme-khhhbeefkhhhbeeg]")
    with under_test.announced(store, "acme", MARK, clock):
        redactor(ENFORCE).run(other)
    assert CARD not in desk.text_of(other)


def test_a_test_that_was_killed_holds_its_ticket_for_a_quarter_of_an_hour(
    desk, redactor, store, clock, scratch
):
    ticket = scratch()
    announced = under_test.announced(store, "acme", MARK, clock)
    announced.__enter__()
    clock.forward(minutes=16)
    redactor(ENFORCE).run(ticket)
    assert CARD not in desk.text_of(ticket)


def test_each_test_has_a_mark_of_its_own(desk, store, clock, monkeypatch):
    marks = []
    prove = accounts.prove

    def seen(*args, mark):
        marks.append(mark)
        with store.transaction() as tables:
            running = tables.values.get("acme", under_test.NAME)
        assert running["mark"] == mark
        return prove(*args, mark=mark)

    monkeypatch.setattr(accounts, "prove", seen)
    with store.transaction() as tables:
        row = tables.accounts.get("acme")
    desk.probe, desk.close = dict, lambda: None
    for _ in range(2):
        accounts.connect(store, clock, replace(row), ENFORCE, lambda *_: desk)
    assert len(set(marks)) == 2
    with store.transaction() as tables:
        assert not tables.values.get("acme", under_test.NAME)
