from __future__ import annotations

import itertools
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.findings.causes import CAUSES, Closing, closing, within
from integration.core.findings.lifecycle import TRANSITIONS, advance
from integration.core.findings.model import (
    Finding,
    Observation,
    Seen,
    Severity,
    State,
    fingerprint,
    lettered,
)

CHECK = "access.two_factor.agents"
START = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
LATER = START + timedelta(days=1)


def look(seen: Seen, *members: str, cause: str = CHECK, **facts: object) -> Observation:
    found = {"members": list(members), **facts}
    return Observation("acme", cause, "account", seen, Severity.HIGH, found)


def opened(*members: str, cause: str = CHECK, **facts: object) -> Finding:
    finding, _ = advance(None, look(Seen.FAIL, *members, cause=cause, **facts), now=START)
    assert finding is not None
    return finding


def kinds(intents: list) -> list[str]:
    return [intent.kind for intent in intents]


def test_a_failure_opens_one_ticket() -> None:
    finding, intents = advance(None, look(Seen.FAIL, "agent:1"), now=START)
    assert finding is not None
    assert (finding.state, finding.first_seen, finding.last_seen) == (State.OPEN, START, START)
    assert finding.due == START + timedelta(days=14)
    assert kinds(intents) == ["open"]
    assert intents[0].payload["fingerprint"] == finding.fingerprint


@pytest.mark.parametrize("seen", [s for s in Seen if s is not Seen.FAIL])
def test_nothing_but_a_failure_opens_a_finding(seen: Seen) -> None:
    assert advance(None, look(seen), now=START) == (None, [])


def test_the_same_failure_is_not_told_twice() -> None:
    finding, intents = advance(opened("agent:1"), look(Seen.FAIL, "agent:1"), now=LATER)
    assert finding is not None
    assert finding.last_seen == LATER
    assert intents == []


def test_a_change_of_members_is_told_as_a_note() -> None:
    finding, intents = advance(
        opened("agent:1", "agent:2"), look(Seen.FAIL, "agent:2", "agent:3"), now=LATER
    )
    assert finding is not None
    assert finding.members == {"agent:2", "agent:3"}
    assert kinds(intents) == ["note"]
    assert intents[0].payload["added"] == ["agent:3"]
    assert intents[0].payload["removed"] == ["agent:1"]


def test_a_change_of_other_facts_is_kept_and_not_told() -> None:
    finding, intents = advance(
        opened("agent:1", days=91), look(Seen.FAIL, "agent:1", days=92), now=LATER
    )
    assert finding is not None
    assert finding.facts["days"] == 92
    assert intents == []


def test_a_pass_resolves_and_closes() -> None:
    finding, intents = advance(opened("agent:1"), look(Seen.PASS), now=LATER)
    assert finding is not None
    assert finding.state is State.RESOLVED
    assert kinds(intents) == ["close"]
    assert intents[0].payload["note"] == "fixed"


def test_what_vanished_is_resolved_and_said_to_have_vanished() -> None:
    finding, intents = advance(opened("agent:1"), look(Seen.VANISHED), now=LATER)
    assert finding is not None
    assert finding.state is State.RESOLVED
    assert intents[0].payload["note"] == "vanished"


@pytest.mark.parametrize("seen", [Seen.UNKNOWN, Seen.ERROR])
def test_not_knowing_never_closes(seen: Seen) -> None:
    finding = opened("agent:1")
    assert advance(finding, look(seen), now=LATER) == (finding, [])


def test_a_regression_opens_the_same_ticket_again() -> None:
    resolved, _ = advance(opened("agent:1"), look(Seen.PASS), now=LATER)
    again, intents = advance(resolved, look(Seen.FAIL, "agent:1"), now=LATER + timedelta(days=3))
    assert again is not None
    assert (again.state, again.reopened) == (State.OPEN, 1)
    assert again.first_seen == START
    assert again.due == LATER + timedelta(days=17)
    assert kinds(intents) == ["reopen"]
    assert intents[0].payload["note"] == "again"


def test_a_ticket_closed_by_hand_too_early_is_opened_again() -> None:
    finding, intents = advance(opened("agent:1"), look(Seen.CLOSED_BY_HAND), now=LATER)
    assert finding is not None
    assert finding.state is State.OPEN
    assert kinds(intents) == ["reopen"]
    assert intents[0].payload["note"] == "too_early"


def test_a_question_is_answered_by_closing_its_ticket() -> None:
    finding, intents = advance(
        opened("message:1=gone", cause="card.sad"),
        look(Seen.CLOSED_BY_HAND, cause="card.sad"),
        now=LATER,
    )
    assert finding is not None
    assert finding.state is State.RESOLVED
    assert intents == []


@pytest.mark.parametrize("seen", [Seen.PASS, Seen.VANISHED])
def test_a_question_stays_open_although_the_data_is_gone(seen: Seen) -> None:
    finding = opened("message:1=gone", cause="card.sad")
    assert advance(finding, look(seen, cause="card.sad"), now=LATER) == (finding, [])


def test_an_answered_question_is_asked_again_only_for_something_new() -> None:
    asked = opened("message:1", cause="card.unsure")
    answered, _ = advance(asked, look(Seen.CLOSED_BY_HAND, cause="card.unsure"), now=LATER)
    same = advance(answered, look(Seen.FAIL, "message:1", cause="card.unsure"), now=LATER)
    assert same == (answered, [])
    new, intents = advance(
        answered, look(Seen.FAIL, "message:1", "message:2", cause="card.unsure"), now=LATER
    )
    assert new is not None
    assert new.state is State.OPEN
    assert intents[0].payload["added"] == ["message:2"]


def test_a_question_keeps_the_places_it_was_asked_about() -> None:
    first = {"surfaces": [{"id": "message:1", "outcome": "manual"}], "kinds": ["CVV"]}
    second = {"surfaces": [{"id": "message:2", "outcome": "gone"}], "kinds": ["PAN"]}
    asked = opened("message:1=manual", cause="card.sad", **first)
    seen = look(Seen.FAIL, "message:2=gone", cause="card.sad", **second)
    finding, intents = advance(asked, seen, now=LATER)
    assert finding is not None
    assert [s["id"] for s in finding.facts["surfaces"]] == ["message:1", "message:2"]
    assert finding.facts["kinds"] == ["CVV", "PAN"]
    assert finding.members == {"message:1=manual", "message:2=gone"}
    assert intents[0].payload["added"] == ["message:2=gone"]


def test_a_question_takes_the_newest_outcome_of_a_place() -> None:
    facts = {"surfaces": [{"id": "message:1"}], "kinds": ["CVV"]}
    asked = opened("message:1=manual", cause="card.sad", **facts)
    seen = look(Seen.FAIL, "message:1=gone", cause="card.sad", **facts)
    finding, _ = advance(asked, seen, now=LATER)
    assert finding is not None
    assert finding.members == {"message:1=gone"}


def test_a_question_without_places_takes_the_facts_as_they_are() -> None:
    asked = opened("residue.mailbox", cause="residue.standing", expires="a")
    seen = look(Seen.FAIL, "residue.mailbox", cause="residue.standing", expires="b")
    finding, _ = advance(asked, seen, now=LATER)
    assert finding is not None
    assert finding.facts["expires"] == "b"


def test_an_answer_that_has_expired_is_asked_for_again() -> None:
    asked = opened("mailbox", cause="residue.standing", expires=LATER.isoformat())
    answered, _ = advance(asked, look(Seen.CLOSED_BY_HAND, cause="residue.standing"), now=START)
    seen = look(Seen.FAIL, "mailbox", cause="residue.standing", expires="2027-01-01T00:00:00+00:00")
    before = LATER - timedelta(seconds=1)
    assert advance(answered, seen, now=before) == (answered, [])
    again, intents = advance(answered, seen, now=LATER)
    assert again is not None
    assert again.state is State.OPEN
    assert kinds(intents) == ["reopen"]


def test_a_deadline_of_its_own_is_taken() -> None:
    held = Observation(
        "acme", "card.held", "ticket:1", Seen.FAIL, Severity.HIGH, {}, LATER + timedelta(days=9)
    )
    finding, _ = advance(None, held, now=START)
    assert finding is not None
    assert finding.due == LATER + timedelta(days=9)


def test_every_state_answers_every_look() -> None:
    assert set(TRANSITIONS) == set(itertools.product(State, Seen))


def test_every_cause_says_who_closes_it_and_by_when() -> None:
    for name, cause in CAUSES.items():
        assert closing(name) is cause.closing
        assert within(name, Severity.LOW) == cause.within
    assert closing(CHECK) is Closing.FACT


def test_identity_is_place_and_cause() -> None:
    assert fingerprint("a", "b", "c") != fingerprint("a", "b", "d")
    assert fingerprint("a", "b", "c") != fingerprint("ab", "", "c")


@given(st.text(alphabet="0123456789abcdef"))
def test_lettered_hex_holds_no_digit_and_loses_nothing(digits: str) -> None:
    letters = lettered(digits)
    assert not any(c.isdigit() for c in letters)
    assert letters.translate(str.maketrans("ghijklmnop", "0123456789")) == digits


looks = st.builds(
    look,
    st.sampled_from(Seen),
    st.sampled_from(["agent:1", "agent:2"]),
    cause=st.sampled_from([CHECK, "card.sad", "card.unsure"]),
)


@given(st.lists(looks, max_size=12))
def test_any_history_of_looks_keeps_the_laws(history: list[Observation]) -> None:
    """One finding is opened at most once, never reopened while open, nothing is said twice."""
    known: dict[str, Finding] = {}
    said: list[str] = []
    told: dict[str, list[str]] = {}
    for hour, seen in enumerate(history):
        before = known.get(seen.fingerprint)
        after, intents = advance(before, seen, now=START + timedelta(hours=hour))
        said += [intent.dedupe_key for intent in intents]
        told.setdefault(seen.fingerprint, []).extend(kinds(intents))
        if seen.seen in (Seen.UNKNOWN, Seen.ERROR):
            assert after == before
        if after is not None:
            known[seen.fingerprint] = after
    assert len(said) == len(set(said))
    for sequence in told.values():
        assert sequence.count("open") <= 1
        assert sequence[:1] in ([], ["open"])


def seen_at(at: datetime, *surfaces: dict, **facts: object) -> dict:
    """Facts of one look at a ticket."""
    listed = list(surfaces)
    members = [f"{surface['id']}={surface['outcome']}" for surface in listed]
    return {"found_at": at.isoformat(), "surfaces": listed, "members": members, **facts}


@pytest.mark.parametrize("cause", ["card.sad", "card.not_removed", "card.unsure"])
def test_a_later_look_takes_nothing_from_the_record_of_the_first(cause: str) -> None:
    gone, stuck = ({"id": f"message:{n}", "outcome": o} for n, o in ((1, "gone"), (2, "manual")))
    first = seen_at(START, gone, stuck, exposure_seconds=259_200, readers=8)
    later = seen_at(LATER, stuck, exposure_seconds=None, readers=None)
    finding = Finding("acme", "f" * 16, cause, "ticket:1", Severity.HIGH, first)
    observation = Observation("acme", cause, "ticket:1", Seen.FAIL, Severity.HIGH, later)
    after, _ = advance(finding, observation, now=LATER)
    assert after is not None
    assert after.facts["found_at"] == START.isoformat()
    assert (after.facts["exposure_seconds"], after.facts["readers"]) == (259_200, 8)
    assert after.facts["surfaces"] == [gone, stuck]


@pytest.mark.parametrize("looks", [[1, 63], [1, 63, 125]])
def test_how_long_it_was_readable_when_it_was_found_stays_as_the_first_look_saw_it(
    looks: list[int],
) -> None:
    finding = None
    for age in looks:
        at = START + timedelta(seconds=age)
        stuck = {"id": "message:1", "outcome": "manual"}
        facts = seen_at(at, stuck, exposure_seconds=age, readers=8)
        observation = Observation("acme", "card.held", "ticket:1", Seen.FAIL, Severity.HIGH, facts)
        finding, _ = advance(finding, observation, now=at)
    assert finding is not None
    assert finding.facts["found_after_seconds"] == 1
    assert finding.facts["exposure_seconds"] == looks[-1]


def test_what_comes_back_after_an_answer_is_counted_from_then() -> None:
    finding = opened("message:1=gone", cause="card.sad")
    answered, _ = advance(finding, look(Seen.CLOSED_BY_HAND, cause="card.sad"), now=START)
    more = look(Seen.FAIL, "message:2=gone", cause="card.sad")
    again, _ = advance(answered, more, now=LATER)
    assert again is not None
    assert again.facts["found_again"] == LATER.isoformat()
    still, _ = advance(again, more, now=LATER + timedelta(hours=1))
    assert still is not None
    assert still.facts["found_again"] == LATER.isoformat()
