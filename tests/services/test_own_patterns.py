"""An account's own patterns from a ticket to its findings; a text too slow for them is told."""

from __future__ import annotations

import itertools
from dataclasses import replace

from support.memory_desk import CARD

from integration.core.capabilities import Outcome
from integration.core.findings.texts import render
from integration.core.mode import Mode
from integration.core.patterns import OwnPattern, OwnPatterns
from integration.core.policy import Policy
from integration.core.spans import Action
from integration.core.surfaces import SurfaceKind

STAFF = OwnPattern("staff-number", r"\bEMP[0-9]{6}\b", match=("EMP123456",))


def policy(pattern=STAFF, *, step=0.0):
    own = OwnPatterns((pattern,), itertools.count(step=step).__next__)
    return Policy(mode=Mode.ENFORCE, patterns=own)


def findings(store):
    with store.transaction() as tables:
        return {f.cause: f for f in tables.findings.list("acme") if f.state == "open"}


def audit(store):
    with store.transaction() as tables:
        return [row.record for row in tables.audit.rows("acme")][-1]


def test_what_is_to_be_reported_becomes_a_finding_and_stays(desk, redactor, store):
    ticket = desk.write_ticket(desk.message("I am EMP123456"))
    redactor(policy()).run(ticket)
    assert "EMP123456" in desk.text_of(ticket)
    assert findings(store).keys() == {"card.unsure"}


def test_what_is_to_be_redacted_is_removed_and_proved(desk, redactor, store):
    message = desk.message("I am EMP123456")
    ticket = desk.write_ticket(message)
    result = redactor(policy(replace(STAFF, action=Action.REDACT))).run(ticket)
    assert result.outcomes == {message.id: Outcome.GONE}
    assert "[sensitive data removed]" in desk.text_of(ticket)
    assert "EMP123456" not in desk.text_of(ticket)


def test_a_text_that_is_too_slow_is_not_scanned_and_becomes_a_finding(desk, redactor, store):
    ticket = desk.write_ticket(desk.message("x " * 10_000))
    result = redactor(policy(step=1)).run(ticket)
    assert (result.scanned, result.not_scannable) == (0, 1)
    assert findings(store).keys() == {"card.not_scanned"}
    assert (audit(store)["surfaces"], audit(store)["not_scannable"]) == (0, 1)


def test_the_finding_says_in_both_languages_that_a_text_was_too_slow(desk, redactor, store):
    redactor(policy(step=1)).run(desk.write_ticket(desk.message("x " * 10_000)))
    finding = findings(store)["card.not_scanned"]
    assert "too slow for your own patterns" in render(finding, "en").body
    assert "egne mønstre" in render(finding, "nb").body


def test_once_the_text_is_read_to_its_end_the_finding_is_settled(desk, redactor, store):
    ticket = desk.write_ticket(desk.message("x " * 10_000))
    redactor(policy(step=1)).run(ticket)
    redactor(policy()).run(ticket)
    assert findings(store) == {}


def test_a_place_that_was_cleaned_but_not_read_to_its_end_is_not_called_gone(desk, redactor, store):
    text = f"card {CARD} " + "x " * 10_000
    ticket = desk.write_ticket(desk.message(text, kind=SurfaceKind.SUBJECT, id="subject"))
    result = redactor(policy(step=1)).run(ticket)
    assert CARD not in desk.text_of(ticket)
    assert result.outcomes["subject"] is Outcome.UNVERIFIED
    assert result.reasons["subject"] == "too-slow"
