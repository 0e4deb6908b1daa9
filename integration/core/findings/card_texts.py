"""The words of findings about card data in a ticket: what, what became of it, what is left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from integration.core.findings import wording
from integration.core.findings.cards import CardRecord, SurfaceRecord
from integration.core.findings.model import Finding
from integration.core.messages import catalogue, say

Section = tuple[str, list[str]]
"""The message key of a heading, and its lines."""

BREACH_WINDOW = timedelta(hours=72)
"""GDPR Art. 33(1)."""
ASKS_FOR_BREACH = frozenset({"card.sad", "card.outbound"})
LOOKED_AT = {"card.unsure": "unsure", "card.not_scanned": "not_scanned"}
"""Causes whose places are not those where something was to be removed."""


def subject(facts: Mapping[str, Any]) -> Mapping[str, str]:
    """What fills the subject."""
    return {"ticket": facts["code"] or facts["ticket"]}


def sections(finding: Finding, locale: str) -> list[Section]:
    """The body of a decision ticket, part by part."""
    record = CardRecord.of(finding.facts)
    parts = [
        ("happened", [_happened(finding, record, locale)]),
        ("done", [say(f"finding.disposition.{_disposition(finding, record)}", locale)]),
        ("left", _left(finding, record, locale)),
        ("todo", _todo(finding, locale)),
        ("record", _record(finding, record, locale)),
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


def _happened(finding: Finding, record: CardRecord, locale: str) -> str:
    places = _places(finding, record)
    found = sorted({kind for place in places for kind in place.kinds})
    return say(
        f"finding.{finding.cause}.happened",
        locale,
        ticket=_name(record),
        kinds=wording.kinds(found, locale),
        count=len(places),
    )


def _left(finding: Finding, record: CardRecord, locale: str) -> list[str]:
    looked_at = _places(finding, record) if finding.cause in LOOKED_AT else record.left
    lines: list[str] = []
    for place in looked_at:
        lines.append(wording.place(place, locale))
        if place.steps:
            steps = _steps(place, record, locale)
            lines.append(say("finding.common.steps", locale, steps=steps))
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


def _todo(finding: Finding, locale: str) -> list[str]:
    due = say("finding.common.due", locale, due=wording.time(finding.due))
    return [say(f"finding.{finding.cause}.todo", locale), due]


def _record(finding: Finding, record: CardRecord, locale: str) -> list[str]:
    """The four things PCI DSS 12.10.7 asks, and who could read it for how long."""
    short = say(f"finding.disposition_short.{_disposition(finding, record)}", locale)
    lines = [
        say("finding.record.ticket", locale, ticket=_name(record)),
        *([say("finding.record.url", locale, url=record.url)] if record.url else []),
        say("finding.record.found", locale, time=wording.time(record.found_at)),
        say("finding.record.kinds", locale, kinds=wording.kinds(record.kinds, locale)),
        say("finding.record.sad_yes" if record.sad else "finding.record.sad_no", locale),
        say("finding.record.disposition", locale, disposition=short),
    ]
    lines += [_source(place, locale) for place in _places(finding, record)]
    lines += [_readers(record, locale), _exposure(record, locale)]
    return lines + [_handled(place, locale) for place in record.surfaces]


def _readers(record: CardRecord, locale: str) -> str:
    if record.readers is None:
        return say("finding.record.readers_unknown", locale)
    return say("finding.record.readers", locale, readers=record.readers)


def _exposure(record: CardRecord, locale: str) -> str:
    readable = wording.duration(record.exposure_seconds, locale)
    return say("finding.record.exposure", locale, duration=readable)


def _source(place: SurfaceRecord, locale: str) -> str:
    facts = {
        "role": say(f"role.{place.role}", locale),
        "direction": say(f"direction.{place.direction}", locale),
        "kind": say(f"surface.{place.kind}", locale),
        "id": place.id,
    }
    channel = f"channel.{place.channel}"
    if channel not in catalogue(locale):
        return say("finding.record.source_plain", locale, **facts)
    return say("finding.record.source", locale, channel=say(channel, locale), **facts)


def _handled(place: SurfaceRecord, locale: str) -> str:
    return say(
        "finding.record.handled",
        locale,
        kind=say(f"surface.{place.kind}", locale),
        id=place.id,
        method=say(f"method.{place.method or 'none'}", locale),
        outcome=say(f"outcome.{place.outcome}", locale),
    )


def _breach(finding: Finding, record: CardRecord, locale: str) -> list[str]:
    start = finding.first_seen or record.found_at
    end = start + BREACH_WINDOW
    clock = {"start": wording.time(start), "end": wording.time(end)}
    return [
        say("finding.breach.clock", locale, **clock),
        say("finding.breach.document", locale),
    ]
