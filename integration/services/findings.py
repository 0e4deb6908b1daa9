"""Turning what was seen into findings and what is told about them, within one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from integration.core.capabilities import Capabilities, Outcome
from integration.core.findings import account as account_causes
from integration.core.findings.cards import CardRecord, SurfaceRecord, observations, vanished
from integration.core.findings.lifecycle import advance
from integration.core.findings.model import Observation, Seen
from integration.core.models import Priority, TicketView
from integration.core.plan import Decision, Hit, Scan
from integration.core.policy import Policy
from integration.core.ports import OutboxRow, Tables
from integration.core.surfaces import Surface

OUTBOX = "outbox"
"""Subject of the due row that sends what waits in the outbox."""


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
            tables.due.upsert(account, OUTBOX, due_at=now, priority=Priority.FINDING)


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


def ticket_record(
    view: TicketView,
    first: Scan,
    decided: Mapping[str, Decision],
    outcomes: Mapping[str, Outcome],
    reasons: Mapping[str, str],
    *,
    policy: Policy,
    capabilities: Capabilities,
) -> CardRecord:
    """The record of one look at a ticket, as its findings tell it."""
    places = [
        _place(d.hit.surface, d.hit, outcomes[i], reasons.get(i, ""), d, capabilities)
        for i, d in decided.items()
    ]
    unsure = [
        _place(h.surface, h, None, "unsure", None, capabilities) for h in first.hits if h.reported
    ]
    # A file beside card data is looked at by a person; all others are counted in the journal.
    blind = first.not_scannable if decided else ()
    held = policy.hold.covers(view.ticket) and bool(decided)
    return CardRecord(
        ticket=view.ticket.id,
        found_at=view.read_at,
        code=view.ticket.code,
        url=view.ticket.url,
        department=view.ticket.department or "",
        surfaces=tuple(places),
        unsure=tuple(unsure),
        not_scanned=tuple(_place(s, None, None, "file", None, capabilities) for s in blind),
        exposure_seconds=_exposure([d.hit.surface for d in decided.values()], view.read_at),
        residue=capabilities.standing_residue,
        held_until=view.read_at + timedelta(days=policy.hold_days) if held else None,
    )


def observe_ticket(tables: Tables, account: str, record: CardRecord, *, now: datetime) -> None:
    """What one complete look at a ticket says about each card cause."""
    observe(tables, _kept_deadline(tables, observations(account, record)), now=now)


def observe_vanished(tables: Tables, account: str, ticket: str, *, now: datetime) -> None:
    """The ticket is no longer there."""
    observe(tables, vanished(account, ticket), now=now)


def _kept_deadline(tables: Tables, seen: Sequence[Observation]) -> Iterable[Observation]:
    """A hold's deadline runs from the first look, however often the ticket is looked at."""
    for observation in seen:
        finding = tables.findings.get(observation.account, observation.fingerprint)
        if finding is None or finding.due is None or observation.due is None:
            yield observation
        else:
            yield _with_due(observation, finding.due)


def _with_due(observation: Observation, due: datetime) -> Observation:
    return Observation(
        observation.account,
        observation.cause,
        observation.resource,
        observation.seen,
        observation.severity,
        observation.facts,
        due,
    )


def _place(
    surface: Surface,
    hit: Hit | None,
    outcome: Outcome | None,
    why: str,
    decision: Decision | None,
    capabilities: Capabilities,
) -> SurfaceRecord:
    return SurfaceRecord(
        id=surface.id,
        kind=surface.kind.value,
        outcome=outcome.value if outcome else "",
        method=decision.method.value if decision and decision.method else "",
        role=surface.role.value,
        direction=surface.direction.value,
        channel=surface.channel,
        media=surface.content.media_type,
        kinds=tuple(sorted({s.kind.value for s in hit.spans})) if hit else (),
        why=why,
        steps=capabilities.of(surface.kind).steps,
    )


def _exposure(surfaces: Iterable[Surface], read_at: datetime) -> int | None:
    ages = [(read_at - s.created).total_seconds() for s in surfaces if s.created]
    return max(0, round(max(ages))) if ages else None
