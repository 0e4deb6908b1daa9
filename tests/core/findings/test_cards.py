from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from integration.core.findings.cards import (
    RULES,
    CardRecord,
    SurfaceRecord,
    observations,
    vanished,
)
from integration.core.findings.model import Observation, Seen


def seen_of(record: CardRecord) -> dict[str, Observation]:
    return {o.cause: o for o in observations("acme", record)}


def with_outcomes(record: CardRecord, *outcomes: str) -> CardRecord:
    surfaces = [
        replace(record.surfaces[0], id=f"message:{n}", outcome=outcome)
        for n, outcome in enumerate(outcomes)
    ]
    return replace(record, surfaces=tuple(surfaces))


def test_a_record_survives_json(record: CardRecord, message: SurfaceRecord, now: datetime) -> None:
    full = replace(
        record, unsure=(message,), not_scanned=(message,), held_until=now, waits_since=now
    )
    assert CardRecord.of(json.loads(json.dumps(full.facts()))) == full
    assert CardRecord.of(json.loads(json.dumps(record.facts()))) == record


def test_a_card_that_is_gone_needs_nobody(record: CardRecord) -> None:
    assert {cause: o.seen for cause, o in seen_of(record).items()} == dict.fromkeys(
        RULES, Seen.PASS
    )


@pytest.mark.parametrize("outcome", ["residual", "denied", "manual", "unverified"])
def test_what_is_not_gone_needs_a_person(record: CardRecord, outcome: str) -> None:
    observation = seen_of(with_outcomes(record, "gone", outcome))["card.not_removed"]
    assert observation.seen is Seen.FAIL
    assert observation.members == {f"message:1={outcome}"}


@pytest.mark.parametrize("outcome", ["pending", "planned"])
def test_what_is_not_settled_opens_and_closes_nothing(record: CardRecord, outcome: str) -> None:
    assert seen_of(with_outcomes(record, outcome))["card.not_removed"].seen is Seen.UNKNOWN


def test_what_waits_for_a_chat_is_told_once_that_is_longer_than_it_should_be(
    record: CardRecord, now: datetime
) -> None:
    waits = with_outcomes(record, "gone", "pending")
    assert seen_of(waits)["card.waiting"].seen is Seen.UNKNOWN
    told = seen_of(replace(waits, waits_since=now))["card.waiting"]
    assert (told.seen, told.members) == (Seen.FAIL, {"message:1=pending"})
    over = replace(with_outcomes(record, "gone"), waits_since=now)
    assert seen_of(over)["card.waiting"].seen is Seen.PASS


def test_a_record_of_an_earlier_version_does_not_say_since_when_it_waits(
    record: CardRecord,
) -> None:
    earlier = {name: value for name, value in record.facts().items() if name != "waits_since"}
    assert CardRecord.of(earlier) == record


@pytest.mark.parametrize("kind", ["CVV", "TRACK", "PIN"])
def test_authentication_data_is_told_although_it_is_gone(
    record: CardRecord, message: SurfaceRecord, kind: str
) -> None:
    found = replace(record, surfaces=(replace(message, kinds=("PAN", kind)),))
    assert found.sad
    assert seen_of(found)["card.sad"].seen is Seen.FAIL


def test_card_data_sent_out_is_told_although_it_is_gone(
    record: CardRecord, message: SurfaceRecord
) -> None:
    sent = replace(message, id="message:7", direction="outbound", role="agent")
    observation = seen_of(replace(record, surfaces=(message, sent)))["card.outbound"]
    assert observation.seen is Seen.FAIL
    assert observation.members == {"message:7=gone"}


def test_a_held_ticket_has_one_finding_with_the_deadline(record: CardRecord, now: datetime) -> None:
    until = now + timedelta(days=30)
    seen = seen_of(replace(with_outcomes(record, "manual"), held_until=until))
    assert seen["card.held"].seen is Seen.FAIL
    assert seen["card.held"].due == until
    assert seen["card.not_removed"].seen is Seen.UNKNOWN
    assert seen["card.sad"].due is None


def test_unsure_places_and_unread_files_are_told_by_id(record: CardRecord) -> None:
    unsure = SurfaceRecord("note:3", "note", kinds=("PAN",))
    file = SurfaceRecord("file:9", "file")
    seen = seen_of(replace(record, surfaces=(), unsure=(unsure,), not_scanned=(file,)))
    assert seen["card.unsure"].members == {"note:3"}
    assert seen["card.not_scanned"].members == {"file:9"}


@pytest.mark.parametrize(
    ("outcomes", "disposition"),
    [
        ([], "to_decide"),
        (["gone", "gone"], "removed"),
        (["gone", "manual"], "part_removed"),
        (["manual", "denied"], "not_removed"),
        (["manual", "manual"], "not_removed"),
        (["planned", "planned"], "watched"),
        (["pending"], "pending"),
        (["planned", "pending"], "not_removed"),
    ],
)
def test_the_disposition_follows_the_outcomes(
    record: CardRecord, outcomes: list[str], disposition: str
) -> None:
    assert with_outcomes(record, *outcomes).disposition == disposition


def test_a_hold_is_a_disposition_of_its_own(record: CardRecord, now: datetime) -> None:
    assert replace(record, held_until=now).disposition == "held"


def test_a_ticket_that_is_gone_is_seen_so_for_every_cause() -> None:
    seen = vanished("acme", "7")
    assert {o.cause for o in seen} == set(RULES)
    assert {o.seen for o in seen} == {Seen.VANISHED}
    assert {o.resource for o in seen} == {"ticket:7"}
