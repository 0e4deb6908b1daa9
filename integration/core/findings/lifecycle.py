"""The life of a finding as a table: (state, what was seen) -> the next state and what to tell.

An error never closes a finding; a ticket is updated, not repeated; a regression opens the same one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from integration.core.capabilities import Outcome
from integration.core.findings.causes import Closing, closing, within
from integration.core.findings.model import Finding, Observation, Seen, State, lettered


@dataclass(frozen=True, slots=True)
class OutboxIntent:
    """Something to tell the helpdesk about a finding: facts, the words come when it is sent."""

    account: str
    dedupe_key: str
    """Letters only. It stands in the text as its reference, so that it is never said twice."""
    kind: str
    """`open`, `note`, `close`, `reopen`."""
    payload: Mapping[str, Any] = field(default_factory=dict)
    """`fingerprint`; for all but `open` also `note` (which words), `at`, `added`, `removed`."""


FOUND_AGAIN = "found_again"
"""The fact that holds when something was found after a person had answered."""
FOUND_AFTER = "found_after_seconds"
"""The fact for how long the data had been readable when it was found; absent after one look."""
Step = Callable[[Finding, Observation, datetime], tuple[Finding, list[OutboxIntent]]]


def advance(
    finding: Finding | None, observation: Observation, *, now: datetime
) -> tuple[Finding | None, list[OutboxIntent]]:
    """What becomes of a finding after one look, and what the helpdesk is told. Pure."""
    if finding is None:
        return _open(observation, now) if observation.seen is Seen.FAIL else (None, [])
    step = TRANSITIONS[finding.state, observation.seen]
    return step(finding, observation, now)


def ask_again(finding: Finding, at: datetime) -> Finding:
    """The same finding, for whose ticket an answer came before what is new now: all clocks anew."""
    return replace(
        finding,
        facts={**finding.facts, FOUND_AGAIN: at.isoformat()},
        due=at + within(finding.cause, finding.severity),
        reopened=finding.reopened + 1,
    )


def _open(seen: Observation, now: datetime) -> tuple[Finding, list[OutboxIntent]]:
    finding = Finding(
        account=seen.account,
        fingerprint=seen.fingerprint,
        cause=seen.cause,
        resource=seen.resource,
        severity=seen.severity,
        facts=seen.facts,
        first_seen=now,
        last_seen=now,
        due=seen.due or now + within(seen.cause, seen.severity),
    )
    return finding, [_intent(finding, "open", now)]


def _still(
    finding: Finding, seen: Observation, now: datetime
) -> tuple[Finding, list[OutboxIntent]]:
    after = replace(
        finding,
        facts=_facts(finding, seen),
        severity=seen.severity,
        due=seen.due or finding.due,
        last_seen=now,
    )
    if after.members == finding.members:
        return after, []
    return after, [_intent(after, "note", now, note="changed", before=finding)]


def _fixed(
    finding: Finding, seen: Observation, now: datetime
) -> tuple[Finding, list[OutboxIntent]]:
    if closing(finding.cause) is Closing.ANSWER:
        return _stays(finding, seen, now)
    after = replace(finding, state=State.RESOLVED, last_seen=now)
    return after, [_intent(after, "close", now, note="fixed")]


def _vanished(
    finding: Finding, seen: Observation, now: datetime
) -> tuple[Finding, list[OutboxIntent]]:
    if closing(finding.cause) is Closing.ANSWER:
        return _stays(finding, seen, now)
    after = replace(finding, state=State.RESOLVED, last_seen=now)
    return after, [_intent(after, "close", now, note="vanished")]


def _closed_by_hand(
    finding: Finding, _seen: Observation, now: datetime
) -> tuple[Finding, list[OutboxIntent]]:
    if closing(finding.cause) is Closing.FACT:
        return finding, [_intent(finding, "reopen", now, note="too_early")]
    return replace(finding, state=State.RESOLVED, last_seen=now), []


def _regressed(
    finding: Finding, seen: Observation, now: datetime
) -> tuple[Finding, list[OutboxIntent]]:
    """Open the same ticket again, unless a person has answered for exactly this already."""
    answered = closing(finding.cause) is not Closing.FACT and seen.members <= finding.members
    if answered and not _expired(finding, now):
        return _stays(finding, seen, now)
    after = replace(
        finding,
        state=State.OPEN,
        facts={**_facts(finding, seen), FOUND_AGAIN: now.isoformat()},
        severity=seen.severity,
        last_seen=now,
        due=seen.due or now + within(seen.cause, seen.severity),
        reopened=finding.reopened + 1,
    )
    return after, [_intent(after, "reopen", now, note="again", before=finding)]


def _expired(finding: Finding, now: datetime) -> bool:
    """Whether the answer held only until a date that has come."""
    expires = finding.facts.get("expires")
    return expires is not None and datetime.fromisoformat(expires) <= now


def _stays(
    finding: Finding, _seen: Observation, _now: datetime
) -> tuple[Finding, list[OutboxIntent]]:
    return finding, []


TRANSITIONS: Mapping[tuple[State, Seen], Step] = {
    (State.OPEN, Seen.FAIL): _still,
    (State.OPEN, Seen.PASS): _fixed,
    (State.OPEN, Seen.UNKNOWN): _stays,
    (State.OPEN, Seen.ERROR): _stays,
    (State.OPEN, Seen.VANISHED): _vanished,
    (State.OPEN, Seen.CLOSED_BY_HAND): _closed_by_hand,
    (State.RESOLVED, Seen.FAIL): _regressed,
    (State.RESOLVED, Seen.PASS): _stays,
    (State.RESOLVED, Seen.UNKNOWN): _stays,
    (State.RESOLVED, Seen.ERROR): _stays,
    (State.RESOLVED, Seen.VANISHED): _stays,
    (State.RESOLVED, Seen.CLOSED_BY_HAND): _stays,
}


def _facts(finding: Finding, seen: Observation) -> Mapping[str, Any]:
    """The facts as seen now; a cause that waits for an answer keeps what it was asked about."""
    facts = _with_history(finding.facts, seen.facts)
    if closing(finding.cause) is not Closing.ANSWER:
        return facts
    surfaces = {s["id"]: s for s in finding.facts.get("surfaces", ())}
    surfaces |= {s["id"]: s for s in seen.facts.get("surfaces", ())}
    if not surfaces:
        return facts
    places = {member.split("=")[0]: member for member in sorted(finding.members)}
    places |= {member.split("=")[0]: member for member in sorted(seen.members)}
    kinds = {*finding.facts.get("kinds", ()), *seen.facts.get("kinds", ())}
    return {
        **facts,
        "surfaces": list(surfaces.values()),
        "members": sorted(places.values()),
        "kinds": sorted(kinds),
    }


def _with_history(before: Mapping[str, Any], now: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a later look cannot know stays: first and longest times, who could read, what went.

    How long it was readable until it was found is what the first look says, however many follow.
    """
    kept = {FOUND_AGAIN: before[FOUND_AGAIN]} if FOUND_AGAIN in before else {}
    if "found_at" not in before or "found_at" not in now:
        return {**now, **kept}
    listed = {s["id"] for s in now["surfaces"]}
    gone = [s for s in before["surfaces"] if s["outcome"] == Outcome.GONE and s["id"] not in listed]
    longest = {name: _most(before[name], now[name]) for name in ("exposure_seconds", "readers")}
    first = min(before, now, key=lambda look: datetime.fromisoformat(look["found_at"]))
    found = {
        "found_at": first["found_at"],
        FOUND_AFTER: first.get(FOUND_AFTER, first["exposure_seconds"]),
    }
    return {**now, **kept, **longest, **found, "surfaces": [*gone, *now["surfaces"]]}


def _most(*counts: int | None) -> int | None:
    return max((count for count in counts if count is not None), default=None)


def _intent(
    finding: Finding,
    kind: str,
    now: datetime,
    *,
    note: str | None = None,
    before: Finding | None = None,
) -> OutboxIntent:
    payload: dict[str, Any] = {"fingerprint": finding.fingerprint, "at": now.isoformat()}
    if note:
        payload["note"] = note
    if before:
        payload["added"] = sorted(finding.members - before.members)
        payload["removed"] = sorted(before.members - finding.members)
    return OutboxIntent(finding.account, _reference(finding, kind, now), kind, payload)


def _reference(finding: Finding, kind: str, now: datetime) -> str:
    """Unique per thing to say: what is said of a finding, at which time and of which members."""
    said = "\x1f".join((finding.fingerprint, kind, now.isoformat(), *sorted(finding.members)))
    return lettered(hashlib.sha256(said.encode()).hexdigest()[:16])
