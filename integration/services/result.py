"""What became of one ticket: outcomes as the last reading shows them, and the record of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from integration.core.capabilities import Outcome, worst
from integration.core.file_kinds import kind_of
from integration.core.masked_copy import copies_of
from integration.core.plan import FILE, Decision, Place, Scan
from integration.core.policy import Policy
from integration.core.rows import Claim, RecordType
from integration.core.spans import CARD_DATA, NOT_OPENED
from integration.core.together.remembered import is_doubtful
from integration.services.findings import TicketLook
from integration.services.ladder import Climb


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one ticket: ids, counts and times."""

    account: str
    ticket: str
    code: str = ""
    """How people call the ticket, where they do not call it by its id."""
    scanned: int = 0
    not_scannable: int = 0
    unread: Mapping[str, int] | None = None
    """The same by what sort of file it is (`core.file_kinds`)."""
    hits: Mapping[str, int] | None = None
    counted: Mapping[str, int] | None = None
    """How much there is of each kind that the policy only counts."""
    outcomes: Mapping[str, Outcome] | None = None
    reasons: Mapping[str, str] | None = None
    verified_at: datetime | None = None
    exposure_ms: int | None = None
    """Created to verified gone, of the surface that was readable longest."""
    merged_into: str = ""
    """The ticket that the helpdesk showed instead: the work was handed over to it."""
    received_ms: int | None = None
    """Due to verified gone: our own part."""

    @property
    def outcome(self) -> Outcome:
        """The worst of its surfaces."""
        return worst(list((self.outcomes or {}).values()))


def look_at(climb: Climb, first: Scan, decided: Mapping[str, Decision]) -> TicketLook:
    """The outcome of every place that was dirty, as the last reading shows it, and why.

    What an earlier worker had begun belongs to it too: after a crash the surface may be gone, and
    only the row that was stored before the write still knows what was in it.
    """
    places = dict(climb.begun)
    places |= {i: Place.of(d.hit.surface, d.hit.removable, d.method) for i, d in decided.items()}
    last = climb.scan()
    dirty = {h.surface.id for h in last.hits if h.removable}
    unread = {s.id: last.unread.get(s.id, NOT_OPENED) for s in last.not_scannable}
    ends = {i: _outcome(place, climb, decided.get(i), dirty) for i, place in places.items()}
    ends |= {
        i: (Outcome.UNVERIFIED, why)
        for i, why in unread.items()
        if i in places and why != FILE and ends[i][0] is Outcome.GONE
    }
    return TicketLook(
        view=climb.view,
        first=first,
        rows=climb.rows,
        places=places,
        outcomes={i: outcome for i, (outcome, _) in ends.items()},
        reasons={i: why for i, (_, why) in ends.items() if why},
    )


def _outcome(
    place: Place, climb: Climb, decision: Decision | None, dirty: set[str]
) -> tuple[Outcome, str]:
    surface = place.id
    now = climb.view.surface(surface)
    if surface not in dirty and now is not None and is_doubtful(now, place.split):
        return Outcome.MANUAL, "split"
    if surface not in dirty:
        return (Outcome.GONE, "") if climb.view.complete else (Outcome.UNVERIFIED, "incomplete")
    outcome, why = Outcome.RESIDUAL, "still_readable"
    if surface in climb.failed:
        outcome, why = climb.failed[surface]
    elif decision is not None and decision.outcome is not None:
        outcome, why = decision.outcome, decision.why
    if why == "hold" and copies_of(climb.view, surface):
        # The hold began when the masked copy stood already: whoever looks there finds both.
        why = "hold_copied"
    return outcome, why


def conclude(account: str, look: TicketLook, claim: Claim | None) -> Result:
    """What a look comes to, in counts and times."""
    now = look.view.read_at
    gone = [p for i, p in look.places.items() if look.outcomes[i] is Outcome.GONE]
    return Result(
        account=account,
        ticket=look.view.ticket.id,
        code=look.view.ticket.code,
        scanned=look.first.scanned,
        not_scannable=len(look.first.not_scannable),
        unread=Counter(kind_of(surface).value for surface in look.first.not_scannable),
        hits=look.hits,
        counted=look.first.counted,
        outcomes=look.outcomes,
        reasons=look.reasons,
        verified_at=now,
        exposure_ms=max((_ms(p.created, now) for p in gone if p.created), default=None),
        received_ms=_ms(claim.first_due, now) if claim and gone else None,
    )


def card_data_found(look: TicketLook) -> bool | None:
    """Whether a ticket holds card data or held it until we removed it; None: read in part only.

    Without what was removed, our own write would make a clean ticket of it at the next look.
    """
    gone = [r.place for r in look.rows.values() if r.outcome == Outcome.GONE]
    kinds = {*look.hits, *(kind for place in gone for kind in Place.from_json(place).kinds)}
    if kinds & CARD_DATA:
        return True
    return False if look.view.complete else None


def audit_record(
    result: Result, policy: Policy, claim: Claim | None, *, source: str = ""
) -> dict[str, object]:
    """The record of one scan, as the journal and the evidence read it: ids, counts and times."""
    return {
        "type": RecordType.SCANNED,
        "ticket": result.ticket,
        "code": result.code,
        "surfaces": result.scanned,
        "not_scannable": result.not_scannable,
        "unread": dict(sorted((result.unread or {}).items())),
        "hits": dict(result.hits or {}),
        "counted": dict(result.counted or {}),
        "outcome": result.outcome.value,
        "outcomes": {i: o.value for i, o in (result.outcomes or {}).items()},
        "exposure_ms": result.exposure_ms,
        "received_ms": result.received_ms,
        "mode": policy.mode.value,
        "source": source or asked_by(claim),
    }


def asked_by(claim: Claim | None) -> str:
    """Who asked for a look, as its record names it."""
    return claim.priority.name.lower() if claim else "command"


def _ms(start: datetime, end: datetime) -> int:
    return max(0, round((end - start).total_seconds() * 1000))
