"""What the policy says of each kind, in the product: removed, reported, counted, let be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.memory_desk import CARD

from integration.core.capabilities import Outcome
from integration.core.findings.journal_texts import render_day
from integration.core.findings.model import State
from integration.core.findings.texts import render
from integration.core.mode import Mode
from integration.core.policy import DEFAULT_ACTIONS, Policy
from integration.core.spans import Action, Kind
from integration.services import journal

ENFORCE = Policy(mode=Mode.ENFORCE)
FNR = "fødselsnummer 15108695088"
IBAN = "NO93 8601 1117 947"
PASSWORD = "password: Hunter2!"


@pytest.fixture
def look(desk, redactor, store):
    """Look at a ticket of one message; what was found, and the open findings by cause."""

    def make(text, policy=ENFORCE):
        ticket = desk.write_ticket(desk.message(text))
        result = redactor(policy).run(ticket)
        with store.transaction() as tables:
            found = tables.findings.list("acme", states=(State.OPEN,))
        return ticket, result, {f.cause: f for f in found if f.resource == f"ticket:{ticket}"}

    return make


@pytest.mark.parametrize("text", [FNR, PASSWORD], ids=["national id", "password"])
def test_a_national_id_and_a_password_are_reported_and_left(look, desk, text):
    ticket, result, found = look(text)
    assert list(found) == ["card.unsure"]
    assert result.outcomes == {}
    assert desk.acts == []
    assert text in desk.text_of(ticket)
    assert "card" not in render(found["card.unsure"], "en").subject


def test_a_ticket_with_both_has_one_finding(look):
    _, result, found = look(f"{FNR}\n{PASSWORD}")
    assert list(found) == ["card.unsure"]
    assert result.hits == {"NO_FNR": 1, "PASSWORD": 1}


def test_a_card_beside_a_password_is_removed_and_the_password_reported(look, desk):
    ticket, result, found = look(f"card {CARD}\n{PASSWORD}")
    assert set(result.outcomes.values()) == {Outcome.GONE}
    assert PASSWORD in desk.text_of(ticket)
    assert found["card.unsure"].facts["found"] == ["PASSWORD"]
    assert [place["kinds"] for place in found["card.unsure"].facts["surfaces"]] == [["PAN"]]


def test_an_account_number_is_counted_and_told_in_the_journal_only(look, store, clock):
    _, result, found = look(f"please pay to {IBAN}")
    assert found == {}
    assert (result.hits, result.counted) == ({}, {"IBAN": 1})
    clock.forward(days=1)
    assert journal.write("acme", store, clock)
    with store.transaction() as tables:
        (row,) = tables.outbox.waiting("acme")
    assert (row.payload["counted"], row.payload["tickets_with_data"]) == ({"IBAN": 1}, 0)
    for locale, words in (("en", "only counted: IBAN 1."), ("nb", "som bare telles: IBAN 1.")):
        assert words in render_day(row.payload, locale)


def test_a_ticket_that_was_read_twice_counts_once(desk, redactor, store, clock):
    ticket = desk.write_ticket(desk.message(f"please pay to {IBAN}"))
    for _ in range(2):
        redactor().run(ticket)
    with store.transaction() as tables:
        records = [row.record for row in tables.audit.rows("acme")]
    assert journal.count(records)["counted"] == {"IBAN": 1}


def test_a_date_that_belongs_to_no_card_is_neither_found_nor_counted(look):
    _, result, found = look("the offer is valid until 12/27")
    assert (found, result.hits, result.counted) == ({}, {}, {})


def test_what_a_policy_wants_removed_is_removed_whatever_it_is(look, desk):
    actions = {**DEFAULT_ACTIONS, Kind.NO_FNR: Action.REDACT, Kind.PASSWORD: Action.REDACT}
    ticket, result, found = look(f"{FNR}\n{PASSWORD}", replace(ENFORCE, actions=actions))
    assert set(result.outcomes.values()) == {Outcome.GONE}
    assert "[national id removed]" in desk.text_of(ticket)
    assert "[password removed]" in desk.text_of(ticket)
    assert found == {}
