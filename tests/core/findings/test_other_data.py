"""Data that is not a card's: told for what it is, never as a card incident."""

from __future__ import annotations

from dataclasses import replace

import pytest

from integration.core.findings.cards import CardRecord, SurfaceRecord, observations
from integration.core.findings.lifecycle import advance
from integration.core.findings.model import Finding, Seen, Severity
from integration.core.findings.texts import SUBJECT_FACTS, render, subject_of
from integration.core.masks import LOCALES
from integration.core.messages import say
from integration.core.spans import CARD_DATA, Kind

ADVICE = {
    Kind.NO_FNR: "is it needed in this ticket?",
    Kind.US_SSN: "is it needed in this ticket?",
    Kind.PASSWORD: "Have it changed first",
    Kind.ONE_TIME_CODE: "nobody should",
    Kind.IBAN: "remove by hand what is not needed",
    Kind.DOB: "remove by hand what is not needed",
    Kind.PAN: "If it is real, remove it by hand",
}


def finding(record: CardRecord, cause: str) -> Finding:
    seen = next(o for o in observations("acme", record) if o.cause == cause)
    made, _ = advance(None, replace(seen, seen=Seen.FAIL), now=record.found_at)
    assert made is not None
    return made


def reported(record: CardRecord, *kinds: Kind) -> CardRecord:
    place = SurfaceRecord("note:3", "note", kinds=tuple(kinds), why="unsure")
    return replace(record, surfaces=(), unsure=(place,))


def with_kinds(record: CardRecord, *kinds: Kind, **facts: str) -> CardRecord:
    return replace(record, surfaces=(replace(record.surfaces[0], kinds=kinds, **facts),))


@pytest.mark.parametrize("kind", [k for k in Kind if k not in CARD_DATA])
@pytest.mark.parametrize("locale", LOCALES)
def test_data_that_is_no_card_is_named_and_is_no_card_incident(
    record: CardRecord, kind: Kind, locale: str
) -> None:
    text = render(finding(reported(record, kind), "card.unsure"), locale)
    assert say(f"kind.{kind}", locale) in text.subject
    for said in (text.subject, text.body):
        for word in ("card", "kort", "PCI", "72", "Sensiti"):
            assert word not in said.replace("kortere", "")


@pytest.mark.parametrize("kind", sorted(ADVICE))
def test_each_kind_has_its_advice(record: CardRecord, kind: Kind) -> None:
    assert ADVICE[kind] in render(finding(reported(record, kind), "card.unsure"), "en").body


@pytest.mark.parametrize("kind", list(Kind))
def test_no_kind_is_left_without_advice(record: CardRecord, kind: Kind) -> None:
    body = render(finding(reported(record, kind), "card.unsure"), "en").body
    todo = body.partition("What to do\n")[2].partition("\n\n")[0]
    assert len(todo.splitlines()) == 3  # the advice, when to close the ticket, by when


def test_a_card_and_a_password_are_told_apart_in_one_ticket(record: CardRecord) -> None:
    text = render(finding(reported(record, Kind.PAN, Kind.PASSWORD), "card.unsure"), "en")
    assert text.subject == "Possible card data in ticket OGE-KXVGJ-459"
    assert "It may be: card number." in text.body
    assert "seems to hold: password. By your policy" in text.body
    assert "Record of the response (PCI DSS 12.10.7)" in text.body
    assert "Have it changed first" in text.body


def test_what_was_removed_beside_it_is_not_said_of_what_is_reported(record: CardRecord) -> None:
    place = SurfaceRecord("note:3", "note", kinds=("PASSWORD",), why="unsure")
    text = render(finding(replace(record, unsure=(place,)), "card.unsure"), "en")
    assert "- Kinds of data: password\n" in text.body


@pytest.mark.parametrize(
    ("kinds", "severity"),
    [
        ([Kind.ONE_TIME_CODE], Severity.LOW),
        ([Kind.ONE_TIME_CODE, Kind.PASSWORD], Severity.MEDIUM),
        ([Kind.NO_FNR], Severity.MEDIUM),
        ([Kind.PAN], Severity.MEDIUM),
    ],
    ids=["code", "code and password", "national id", "card"],
)
def test_how_grave_it_is_follows_from_what_it_is(record, kinds, severity) -> None:
    assert finding(reported(record, *kinds), "card.unsure").severity is severity


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("cause", ["card.not_removed", "card.held"])
def test_other_data_that_stays_is_told_by_its_name(
    record: CardRecord, cause: str, locale: str
) -> None:
    stuck = with_kinds(record, Kind.NO_FNR, outcome="manual")
    if cause == "card.held":
        stuck = replace(stuck, held_until=record.found_at)
    found = finding(stuck, cause)
    text = render(found, locale)
    assert say("kind.NO_FNR", locale) in text.subject
    assert "PCI" not in text.body
    assert found.severity is Severity.HIGH


def test_other_data_that_was_sent_out_is_no_question_about_a_card(record: CardRecord) -> None:
    sent = with_kinds(record, Kind.NO_FNR, direction="outbound")
    seen = {o.cause: o.seen for o in observations("acme", sent)}
    assert Seen.FAIL not in seen.values()


def test_the_subject_needs_only_a_few_of_the_facts(record: CardRecord) -> None:
    found = finding(reported(record, Kind.NO_FNR), "card.unsure")
    few = {name: found.facts[name] for name in SUBJECT_FACTS}
    assert subject_of("card.unsure", few, "en") == render(found, "en").subject
    bare = {"ticket": "7", "code": ""}
    assert subject_of("card.unsure", bare, "en") == "Possible card data in ticket 7"
