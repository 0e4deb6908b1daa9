"""A number in two messages: both are cleaned, and neither counts as gone while half of it stands.

The rest of such a number shows no more once the other half is gone.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.memory_desk import CARD, REPOSTING

from integration.core.capabilities import Capabilities, Capability, Method, Outcome
from integration.core.errors import Forbidden
from integration.core.findings.model import State
from integration.core.mode import Mode
from integration.core.policy import Policy
from integration.core.surfaces import SurfaceKind, Text

HALF, OTHER_HALF = "4111 1111", "1111 1111"
EDITING = Capabilities({**REPOSTING.by_kind, SurfaceKind.MESSAGE: Capability((Method.EDIT,))})


@pytest.fixture(params=[REPOSTING, EDITING], ids=["repost", "edit"])
def matrix(request, desk):
    desk.matrix = request.param
    return request.param


def said(desk, clock, *texts):
    messages = []
    for text in texts:
        messages.append(desk.message(text))
        clock.forward(minutes=2)
    return messages


def open_findings(store):
    with store.transaction() as tables:
        return sorted(f.cause for f in tables.findings.list("acme", states=(State.OPEN,)))


def refuse_the_second(desk, monkeypatch, second):
    """This desk refuses every write to one message."""

    def refusing(act):
        def write(view, surface, *args):
            if surface.id == second.id:
                raise Forbidden("not allowed")
            act(view, surface, *args)

        return write

    for name in ("rewrite", "delete"):
        monkeypatch.setattr(desk, name, refusing(getattr(desk, name)))


def test_both_halves_are_cleaned_and_read_back(desk, clock, redactor, store, matrix):
    first, second = said(desk, clock, f"my card is {HALF}", f"{OTHER_HALF} thanks")
    ticket = desk.write_ticket(first, second)
    result = redactor().run(ticket)
    assert result.outcomes == {first.id: Outcome.GONE, second.id: Outcome.GONE}
    text = desk.text_of(ticket)
    assert HALF not in text
    assert OTHER_HALF not in text
    assert "my card is [card visa ****]" in text
    assert "[card visa ****] thanks" in text
    assert redactor().run(ticket).outcomes == {}
    assert open_findings(store) == []


def test_the_code_in_the_next_message_goes_with_the_card(desk, clock, redactor, store, matrix):
    first, second = said(desk, clock, CARD, "12/27 123")
    ticket = desk.write_ticket(first, second)
    result = redactor().run(ticket)
    assert result.outcomes == {first.id: Outcome.GONE, second.id: Outcome.GONE}
    assert result.hits == {"PAN": 1, "EXPIRY": 1, "CVV": 1}
    assert "12/27" not in desk.text_of(ticket)
    assert open_findings(store) == ["card.sad"]


def test_a_code_that_comes_after_its_card_was_masked_is_removed(desk, clock, redactor):
    desk.matrix = EDITING
    first, second = said(desk, clock, CARD, "12/27 123")
    ticket = desk.write_ticket(first)
    redactor().run(ticket)
    desk.surfaces[ticket].append(second)
    assert redactor().run(ticket).outcomes == {second.id: Outcome.GONE}
    assert desk.text_of(ticket).endswith("[expiry removed] [security code removed]")


def test_half_a_number_that_is_refused_is_not_called_gone(
    desk, clock, redactor, store, matrix, monkeypatch
):
    first, second = said(desk, clock, HALF, OTHER_HALF)
    ticket = desk.write_ticket(first, second)
    refuse_the_second(desk, monkeypatch, second)
    for _ in range(2):
        result = redactor().run(ticket)
        assert result.outcomes[second.id] is Outcome.DENIED
        assert open_findings(store) == ["card.not_removed"]


def test_half_a_number_is_removed_once_it_is_no_longer_refused(
    desk, clock, redactor, store, matrix, monkeypatch
):
    first, second = said(desk, clock, HALF, OTHER_HALF)
    ticket = desk.write_ticket(first, second)
    with monkeypatch.context() as refusing:
        refuse_the_second(desk, refusing, second)
        redactor().run(ticket)
    assert redactor().run(ticket).outcomes == {second.id: Outcome.GONE}
    assert OTHER_HALF not in desk.text_of(ticket)
    assert open_findings(store) == []


def test_half_a_number_that_a_person_edited_is_left_to_a_person(
    desk, clock, redactor, store, monkeypatch
):
    first, second = said(desk, clock, HALF, OTHER_HALF)
    ticket = desk.write_ticket(first, second)
    desk.matrix = EDITING
    with monkeypatch.context() as refusing:
        refuse_the_second(desk, refusing, second)
        redactor().run(ticket)
    edit(desk, ticket, second, f"Sorry, my order is {OTHER_HALF}")
    result = redactor().run(ticket)
    assert result.outcomes == {second.id: Outcome.MANUAL}
    assert result.reasons == {second.id: "split"}
    assert open_findings(store) == ["card.not_removed"]
    edit(desk, ticket, second, "Sorry")
    assert redactor().run(ticket).outcomes == {second.id: Outcome.GONE}
    assert open_findings(store) == []


def edit(desk, ticket, surface, text):
    place = [s.id for s in desk.surfaces[ticket]].index(surface.id)
    stored = desk.surfaces[ticket][place]
    desk.surfaces[ticket][place] = replace(stored, content=Text(text))


def test_while_we_only_watch_both_places_are_planned(desk, clock, redactor):
    first, second = said(desk, clock, HALF, OTHER_HALF)
    ticket = desk.write_ticket(first, second)
    for _ in range(2):
        result = redactor(Policy(mode=Mode.MONITOR)).run(ticket)
        assert result.outcomes == {first.id: Outcome.PLANNED, second.id: Outcome.PLANNED}
    assert desk.acts == []


def test_short_numbers_that_belong_to_nothing_are_left_alone(desk, clock, redactor):
    ticket = desk.write_ticket(*said(desk, clock, "my order is 4111 1111", "and 1111 1111 too"))
    assert redactor().run(ticket).outcomes == {}
    assert desk.acts == []


def test_nothing_that_is_stored_holds_a_digit_of_the_number(desk, clock, redactor, store):
    ticket = desk.write_ticket(*said(desk, clock, HALF, OTHER_HALF))
    redactor().run(ticket)
    with store.transaction() as tables:
        rows = tables.redactions.of_ticket("acme", ticket)
    stored = [part for row in rows.values() for part in row.place["split"]]
    assert len(stored) == 2
    assert not any(map(str.isdigit, "".join(stored)))
