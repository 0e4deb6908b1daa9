"""The words of findings about data in a ticket: what, what became of it, what is left.

A ticket that holds other data than that of a card is not called a card incident.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from integration.core.capabilities import Outcome
from integration.core.findings import wording
from integration.core.findings.cards import (
    LOOKED_AT,
    CardRecord,
    SurfaceRecord,
    is_about_cards,
)
from integration.core.findings.lifecycle import FOUND_AFTER, FOUND_AGAIN
from integration.core.findings.model import Finding
from integration.core.messages import catalogue, say
from integration.core.spans import CARD_DATA, NATIONAL_IDS, Kind
from integration.core.surfaces import Direction, Role

Section = tuple[str, list[str]]
"""The message key of a heading, and its lines."""

BREACH_WINDOW = timedelta(hours=72)
"""GDPR Art. 33(1)."""
PLACES = ("surfaces", "unsure", "not_scanned")
"""The facts that list places of a ticket."""
ASKS_FOR_BREACH = frozenset({"card.sad", "card.outbound"})
UNTOUCHED = frozenset({Outcome.MANUAL, Outcome.DENIED, Outcome.PLANNED})
"""Outcomes of places where nothing was changed, whatever was meant to be done."""
ADVICE: Mapping[str, frozenset[Kind]] = {
    "card": CARD_DATA,
    "national_id": frozenset(NATIONAL_IDS),
    "password": frozenset({Kind.PASSWORD}),
    "one_time_code": frozenset({Kind.ONE_TIME_CODE}),
    "personal": frozenset({Kind.IBAN, Kind.NO_KONTO, Kind.DOB}),
    "own_pattern": frozenset({Kind.OWN_PATTERN}),
}
"""What to do about data that a person decides on, and the kinds that it is said of."""


def subject(cause: str, facts: Mapping[str, Any], locale: str) -> str:
    """What the ticket is called. `facts` may be just `ticket`, `code` and `found`."""
    found = facts.get("found", ())
    kinds = wording.kinds(found, locale)
    key = _key(cause, "subject", found, locale)
    return say(key, locale, ticket=facts["code"] or facts["ticket"], kinds=kinds)


def kind_of(place: str, facts: Mapping[str, Any]) -> str:
    """What sort of place an id of the facts names; empty where they do not have it."""
    listed = (s for part in PLACES for s in facts.get(part, ()))
    return next((str(s["kind"]) for s in listed if s["id"] == place), "")


def _key(cause: str, part: str, found: Iterable[str], locale: str) -> str:
    """The key of a text, of a kind of its own where the data is not that of a card."""
    usual = f"finding.{cause}.{part}"
    other = f"finding.{cause}.personal.{part}"
    return usual if is_about_cards(found) or other not in catalogue(locale) else other


def sections(finding: Finding, locale: str) -> list[Section]:
    """The body of a decision ticket, part by part."""
    record = CardRecord.of(finding.facts)
    of_record = "record" if is_about_cards(finding.facts.get("found", ())) else "record_plain"
    parts = [
        ("happened", _happened(finding, record, locale)),
        ("done", [say(f"finding.disposition.{_disposition(finding, record)}", locale)]),
        ("left", _left(finding, record, locale)),
        ("todo", _todo(finding, record, locale)),
        (of_record, _record(finding, record, locale)),
    ]
    if finding.cause in ASKS_FOR_BREACH:
        parts.append(("breach", _breach(finding, record, locale)))
    return [(f"finding.section.{heading}", lines) for heading, lines in parts]


def _name(record: CardRecord) -> str:
    return record.code or record.ticket


def _places(finding: Finding, record: CardRecord) -> tuple[SurfaceRecord, ...]:
    """The places this finding is about."""
    listed: tuple[SurfaceRecord, ...] = getattr(record, LOOKED_AT.get(finding.cause, "surfaces"))
    wanted = {member.split("=")[0] for member in finding.members}
    return tuple(s for s in listed if s.id in wanted)


def _disposition(finding: Finding, record: CardRecord) -> str:
    return "to_decide" if finding.cause in LOOKED_AT else record.disposition


def _happened(finding: Finding, record: CardRecord, locale: str) -> list[str]:
    """One line; two where card data and other data wait for a decision, for they are not alike."""
    places = _places(finding, record)
    found = _found(places)
    groups = [found]
    if finding.cause == "card.unsure":
        cards = [kind for kind in found if kind in CARD_DATA]
        groups = [cards, [kind for kind in found if kind not in CARD_DATA]]
    return [
        say(
            _key(finding.cause, "happened", group, locale),
            locale,
            ticket=_name(record),
            kinds=wording.kinds(group, locale),
            count=len(places),
            since=wording.time(record.waits_since),
        )
        for group in groups
        if group or len(groups) == 1
    ]


def _found(places: Iterable[SurfaceRecord]) -> list[str]:
    return sorted({kind for place in places for kind in place.kinds})


def _left(finding: Finding, record: CardRecord, locale: str) -> list[str]:
    looked_at = _places(finding, record) if finding.cause in LOOKED_AT else record.left
    lines: list[str] = []
    for place in looked_at:
        lines.append(wording.place(place, locale))
        if place.steps:
            steps = _steps(place, record, locale)
            lines.append(say("finding.common.steps", locale, steps=steps))
    if finding.cause == "card.outbound":
        lines.append(say("finding.common.sent", locale))
    if not lines:
        lines.append(say("finding.common.nothing_left", locale))
    if record.residue:
        lines.append(say("finding.common.residue_head", locale))
    residue = [wording.declared(key, locale) for key in record.residue]
    return lines + [say("finding.common.residue", locale, residue=place) for place in residue]


def _steps(place: SurfaceRecord, record: CardRecord, locale: str) -> str:
    return wording.declared(
        place.steps, locale, ticket=_name(record), surface=place.id, url=record.url
    )


def _todo(finding: Finding, record: CardRecord, locale: str) -> list[str]:
    due = say("finding.common.due", locale, due=wording.time(finding.due))
    if finding.cause != "card.unsure":
        part = "todo_automatic" if _is_automatic(finding, record) else "todo"
        stands = finding.cause in ASKS_FOR_BREACH and record.left
        first = [say("finding.common.remove_first", locale)] if stands else []
        return [*first, say(f"finding.{finding.cause}.{part}", locale), due]
    found = frozenset(_found(_places(finding, record)))
    advice = [say(f"finding.advice.{name}", locale) for name, on in ADVICE.items() if on & found]
    return [*advice, say("finding.card.unsure.todo", locale), due]


def _is_automatic(finding: Finding, record: CardRecord) -> bool:
    """Whether nobody wrote what was sent out: the helpdesk answered by itself."""
    sent = {place.role for place in _places(finding, record)}
    return finding.cause == "card.outbound" and sent == {Role.SYSTEM}


def _record(finding: Finding, record: CardRecord, locale: str) -> list[str]:
    """The four things PCI DSS 12.10.7 asks, and who could read it for how long."""
    again = _found_again(finding)
    short = say(f"finding.disposition_short.{_disposition(finding, record)}", locale)
    found = _found(_places(finding, record)) if finding.cause in LOOKED_AT else record.kinds
    lines = [
        say("finding.record.ticket", locale, ticket=_name(record)),
        *([say("finding.record.url", locale, url=record.url)] if record.url else []),
        say("finding.record.found", locale, time=wording.time(record.found_at)),
        *([say("finding.record.found_again", locale, time=wording.time(again))] if again else []),
        say("finding.record.kinds", locale, kinds=wording.kinds(found, locale)),
        *([_sad(finding, record, locale)] if is_about_cards(found) else []),
        say("finding.record.disposition", locale, disposition=short),
    ]
    lines += [_source(place, locale) for place in _places(finding, record)]
    lines += [_readers(record, locale), *_exposure(finding, record, locale)]
    return lines + [_handled(place, locale) for place in record.surfaces]


def _sad(finding: Finding, record: CardRecord, locale: str) -> str:
    answer = "unknown" if finding.cause == "card.not_scanned" else "no"
    return say(f"finding.record.sad_{'yes' if record.sad else answer}", locale)


def _readers(record: CardRecord, locale: str) -> str:
    if record.readers is None:
        return say("finding.record.readers_unknown", locale)
    return say("finding.record.readers", locale, readers=record.readers)


def _exposure(finding: Finding, record: CardRecord, locale: str) -> list[str]:
    """How long it was readable; while it still is, until it was found and until the last look."""
    so_far = record.exposure_seconds
    still = record.left or record.unsure or record.not_scanned
    if not still or so_far is None:
        return [_readable("exposure", so_far, locale)]
    found_after = finding.facts.get(FOUND_AFTER, so_far)
    known = found_after is not None
    lines = [_readable("still_readable", found_after, locale)] if known else []
    return lines if found_after == so_far else [*lines, _readable("so_far", so_far, locale)]


def _readable(key: str, seconds: int | None, locale: str) -> str:
    return say(f"finding.record.{key}", locale, duration=wording.duration(seconds, locale))


def _source(place: SurfaceRecord, locale: str) -> str:
    facts = {
        "role": say(f"role.{place.role}", locale),
        "direction": say(f"direction.{place.direction}", locale),
        "place": wording.name_of(place, locale),
    }
    channel = f"channel.{place.channel}"
    if place.direction == Direction.INTERNAL or channel not in catalogue(locale):
        return say("finding.record.source_plain", locale, **facts)
    return say("finding.record.source", locale, channel=say(channel, locale), **facts)


def _handled(place: SurfaceRecord, locale: str) -> str:
    method = "none" if place.outcome in UNTOUCHED else place.method or "none"
    return say(
        "finding.record.handled",
        locale,
        place=wording.name_of(place, locale),
        method=say(f"method.{method}", locale),
        outcome=wording.outcome_of(place, locale),
    )


def _found_again(finding: Finding) -> datetime | None:
    """When it was found once more after a person had answered: the clocks run from there."""
    at = finding.facts.get(FOUND_AGAIN)
    return datetime.fromisoformat(at) if at else None


def _breach(finding: Finding, record: CardRecord, locale: str) -> list[str]:
    start = _found_again(finding) or finding.first_seen or record.found_at
    end = start + BREACH_WINDOW
    clock = {"start": wording.time(start), "end": wording.time(end)}
    return [
        say("finding.breach.clock", locale, **clock),
        say("finding.breach.acquirer", locale),
        say("finding.breach.document", locale),
    ]
