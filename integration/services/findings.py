"""Turning what was seen into findings and what is told about them, within one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from integration.core import subjects
from integration.core.capabilities import Capabilities, Outcome
from integration.core.findings import account as account_causes
from integration.core.findings.cards import CardRecord, SurfaceRecord, observations, vanished
from integration.core.findings.lifecycle import advance
from integration.core.findings.model import Finding, Observation, Seen
from integration.core.masked_copy import copies_of
from integration.core.models import Priority, TicketView
from integration.core.plan import FILE, Place, Scan
from integration.core.policy import Policy
from integration.core.rows import OutboxRow, RedactionRow
from integration.core.surfaces import SurfaceKind
from integration.core.tables import Tables


def observe(tables: Tables, seen: Iterable[Observation], *, now: datetime) -> None:
    """Move each finding one step and queue what the helpdesk is told; make the outbox due."""
    for observation in seen:
        account = observation.account
        finding = tables.findings.get(account, observation.fingerprint)
        after, intents = advance(finding, observation, now=now)
        if after is not None:
            tables.findings.save(after)
        for intent in intents:
            row = OutboxRow(account, intent.dedupe_key, intent.kind, intent.payload, now)
            tables.outbox.put(row)
        if intents:
            tables.due.upsert(account, subjects.OUTBOX, due_at=now, priority=Priority.FINDING)


def observe_account(
    tables: Tables,
    account: str,
    cause: str,
    facts: Mapping[str, object] | None = None,
    *,
    now: datetime,
    seen: Seen = Seen.FAIL,
    due: datetime | None = None,
) -> None:
    """One look at a cause that concerns the account as a whole."""
    observe(tables, [account_causes.observe(account, cause, facts, seen=seen, due=due)], now=now)


def observe_parked(tables: Tables, account: str, *, now: datetime) -> None:
    """What is set aside for a person in this account: a finding while there is any."""
    parked = {row["subject"]: row["parked"] for row in tables.due.rows(account, parked=True)}
    facts = account_causes.parked(parked)
    seen = Seen.FAIL if parked else Seen.PASS
    observe_account(tables, account, "due.parked", facts, now=now, seen=seen)


@dataclass(frozen=True, slots=True)
class TicketLook:
    """One complete look at a ticket: what was found where, and what became of it."""

    view: TicketView
    """As read last."""
    first: Scan
    """As read first."""
    rows: Mapping[str, RedactionRow]
    places: Mapping[str, Place]
    """By surface id: what was to be removed, by this worker or by one that died before it."""
    outcomes: Mapping[str, Outcome]
    reasons: Mapping[str, str]

    @property
    def hits(self) -> dict[str, int]:
        """How many of each kind were found."""
        counts = Counter(s.kind.value for h in self.first.hits for s in h.spans)
        seen = {h.surface.id for h in self.first.hits}
        counts.update(kind for i, p in self.places.items() if i not in seen for kind in p.kinds)
        return dict(counts)


def ticket_record(
    look: TicketLook,
    policy: Policy,
    capabilities: Capabilities,
    *,
    readers: int | None = None,
    waits_since: datetime | None = None,
) -> CardRecord:
    """The record of one look at a ticket, as its findings tell it.

    `waits_since`: the first look that found it waiting for a chat to end, where it does.
    """
    ticket = look.view.ticket
    # A file beside card data, removed since or not, is looked at by a person; all others are
    # counted in the journal. A text that could not be read to its end is always looked at.
    beside = look.places or look.rows
    whys = [(s, look.first.unread.get(s.id, FILE)) for s in look.first.not_scannable]
    blind = [(Place.of(s), why) for s, why in whys if beside or why != FILE]
    waits_long = waits_since and look.view.read_at - waits_since >= timedelta(
        hours=policy.chat_hours
    )
    held = policy.hold.covers(ticket) and bool(look.places)
    return CardRecord(
        ticket=ticket.id,
        found_at=look.view.read_at,
        code=ticket.code,
        url=ticket.url,
        department=ticket.department or "",
        surfaces=tuple(
            _surface(p, look.reasons.get(i, ""), capabilities, look.outcomes[i])
            for i, p in look.places.items()
        ),
        unsure=tuple(_surface(p, "unsure", capabilities) for p in _reported(look)),
        not_scanned=tuple(_surface(p, why, capabilities) for p, why in blind),
        readers=readers,
        exposure_seconds=_exposure(look.places.values(), look.view.read_at),
        residue=capabilities.standing_residue,
        held_until=look.view.read_at + timedelta(days=policy.hold_days) if held else None,
        waits_since=waits_since if waits_long else None,
    )


def _reported(look: TicketLook) -> list[Place]:
    """Where a person should look. A masked copy of ours was written by who wrote the original."""
    authors = {
        copy.id: Place.from_json(row.place)
        for of, row in look.rows.items()
        if row.place
        for copy in copies_of(look.view, of)
    }
    hits = (h for h in look.first.hits if h.reported)
    return [_where_it_stands(look, Place.of(h.surface, h.reported), authors) for h in hits]


def _where_it_stands(look: TicketLook, place: Place, authors: Mapping[str, Place]) -> Place:
    if author := authors.get(place.id):
        return replace(place, role=author.role, direction=author.direction, channel=author.channel)
    if look.outcomes.get(place.id) is Outcome.GONE:
        for copy in copies_of(look.view, place.id):
            return replace(place, id=copy.id, kind=copy.kind.value)
    return place


def observe_ticket(
    tables: Tables, account: str, record: CardRecord, *, known: bool, now: datetime, complete: bool
) -> None:
    """What one look at a ticket says about each card cause; part of a ticket proves nothing.

    `known`: whether the ticket has findings.
    """
    if not (known or record.surfaces or record.unsure or record.not_scanned):
        return
    before = tables.findings.of(account, subjects.of_ticket(record.ticket)) if known else {}
    seen = observations(account, record)
    if not complete:
        seen = [replace(o, seen=Seen.UNKNOWN) if o.seen is Seen.PASS else o for o in seen]
    observe(tables, _kept_deadline(before, seen), now=now)


def observe_vanished(tables: Tables, account: str, ticket: str, *, now: datetime) -> None:
    """The ticket is no longer there."""
    observe(tables, vanished(account, ticket), now=now)


def _kept_deadline(
    known: Mapping[str, Finding], seen: Iterable[Observation]
) -> Iterable[Observation]:
    """A hold's deadline runs from the first look, however often the ticket is looked at."""
    for observation in seen:
        finding = known.get(observation.fingerprint)
        if finding is None or finding.due is None or observation.due is None:
            yield observation
        else:
            yield replace(observation, due=finding.due)


def _surface(
    place: Place, why: str, capabilities: Capabilities, outcome: Outcome | None = None
) -> SurfaceRecord:
    return SurfaceRecord(
        id=place.id,
        kind=place.kind,
        outcome=outcome.value if outcome else "",
        method=place.method,
        role=place.role,
        direction=place.direction,
        channel=place.channel,
        media=place.media,
        kinds=place.kinds,
        why=why,
        steps=capabilities.of(SurfaceKind(place.kind)).steps,
    )


def _exposure(places: Iterable[Place], read_at: datetime) -> int | None:
    ages = [(read_at - p.created).total_seconds() for p in places if p.created]
    return max(0, round(max(ages))) if ages else None
