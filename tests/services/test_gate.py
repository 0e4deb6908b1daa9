"""The last look at our own texts: none that looks like a card leaves, wherever it was to stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.access_desk import StaffedDesk, agent
from support.memory_desk import CARD

from integration.core.detection import contains_card
from integration.core.findings.journal_texts import render_day
from integration.core.findings.model import State
from integration.core.policy import Policy
from integration.core.rows import OutboxRow
from integration.services.access import check_access
from integration.services.gate import check
from integration.services.publish import publish

POLICY = Policy(findings_department="security")

COUNTS = dict.fromkeys(
    ("gone", "tickets_with_data", "planned", "left", "tickets", "surfaces", "not_scannable"), 0
)


def day(at):
    """The facts of a day's note, with a seal that is stored as it is but reads like a card."""
    head = {"seq": 1, "mac": f"{CARD.replace(' ', '')}f"}
    span = {"since": at, "until": at, "month": "2026-04", "exposure_ms": None}
    return {**COUNTS, **span, "due": [], "head": head}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("open", None),
        ("note", {"note": "changed", "added": ["agent:a1"]}),
        ("close", {"note": "fixed", "removed": ["agent:a1"]}),
        ("reopen", {"note": "again", "added": ["agent:a1"]}),
        ("journal", None),
    ],
    ids=["create", "note", "close", "reopen", "journal"],
)
def test_a_text_that_looks_like_a_card_is_not_sent(store, clock, kind, said):
    desk = StaffedDesk(clock, agents=[agent("a1")])

    def send():
        return publish("acme", desk, store, POLICY, clock)

    check_access("acme", desk, store, POLICY, clock)
    if kind != "open":
        send()
        at = clock.now().isoformat()
        with store.transaction() as tables:
            (found,) = tables.findings.list("acme")
            payload = {"fingerprint": found.fingerprint, "at": at, **said} if said else day(at)
            tables.outbox.put(OutboxRow("acme", "key", kind, payload, clock.now()))
    desk.agents = [agent("a1", name=f"Kari {CARD}")]
    assert send().refused == 1
    assert not any(contains_card(desk.text_of(ticket)) for ticket in desk.tickets)
    assert "post_note" not in {act[0] for act in desk.acts}
    with store.transaction() as tables:
        states = {f.cause: f.state for f in tables.findings.list("acme")}
        waiting = {row.kind for row in tables.outbox.waiting("acme")}
    assert states["account.text_refused"] is State.OPEN
    assert kind in waiting


@given(st.integers(1, 10**16), st.sampled_from([1, 7, 1000, 10**4]))
def test_a_list_of_tickets_is_never_taken_for_a_card(first, step):
    listed = [{"ticket": str(first + step * n), "documents": n} for n in range(20)]
    facts = {**day("2026-04-01T08:00:00+00:00"), "documents": listed, "documents_more": 3}
    facts["head"] = {"seq": 1, "mac": "abc"}
    # The text speaks of cards: an id that is one behind that word is refused by itself.
    if not any(contains_card(f"card {row['ticket']}") for row in listed):
        check(render_day(facts, "en"))
