"""Data of a card, or other data that the policy names, in one ticket: the record, the findings.

The record answers what PCI DSS 12.10.7 asks after data was found where it should not be: what
became of it, whether authentication data was with it, where it came from, who could read it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from integration.core import subjects
from integration.core.capabilities import Outcome
from integration.core.findings.causes import CAUSES
from integration.core.findings.model import Observation, Seen, Severity
from integration.core.policy import SAD
from integration.core.spans import CARD_DATA, Kind

UNSETTLED: Mapping[str, str] = {Outcome.PENDING: "pending", Outcome.PLANNED: "watched"}
"""The platform finishes later, or we only watch: nothing for a person to remove yet. And what the
disposition of a ticket is called in which nothing else was found."""
LOOKED_AT = {"card.unsure": "unsure", "card.not_scanned": "not_scanned"}
"""Causes whose places are not those where something was to be removed."""
SHORT_LIVED = frozenset({Kind.ONE_TIME_CODE})
"""Worth nothing a few minutes later: what is left is the habit of asking for it."""


@dataclass(frozen=True, slots=True)
class SurfaceRecord:
    """One place in a ticket, as a record names it: slugs and an id, never its name or text."""

    id: str
    kind: str
    """A `SurfaceKind`."""
    outcome: str = ""
    """An `Outcome`; empty where nothing was to be removed."""
    method: str = ""
    """The `Method` that was used; empty where none was."""
    role: str = "unknown"
    direction: str = "internal"
    channel: str = ""
    media: str = ""
    kinds: tuple[str, ...] = ()
    """Kinds of data found in it."""
    why: str = ""
    """Why it is not gone: a reason slug, or the message key of a capability."""
    steps: str = ""
    """Message key of what a person does (`Capability.steps`)."""


@dataclass(frozen=True, slots=True)
class CardRecord:
    """What was found in one ticket and what became of it. JSON through `facts`."""

    ticket: str
    found_at: datetime
    code: str = ""
    url: str = ""
    department: str = ""
    surfaces: tuple[SurfaceRecord, ...] = ()
    """Where there was something to remove, with its outcome."""
    unsure: tuple[SurfaceRecord, ...] = ()
    """Where a person should look: too unsure to be removed for good."""
    not_scanned: tuple[SurfaceRecord, ...] = ()
    """Files that could not be read and that a person should look at."""
    readers: int | None = None
    """How many agents could read it; None: not known."""
    exposure_seconds: int | None = None
    """From written to verified gone, or to `found_at` while it is not gone."""
    residue: tuple[str, ...] = ()
    """Message keys of copies that stay where no API reaches."""
    held_until: datetime | None = None
    """The ticket is under a hold: nothing is deleted until then."""
    waits_since: datetime | None = None
    """Since when it waits for a chat or call to end, once that is longer than it should be."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of data found, over all places."""
        return tuple(sorted({k for s in (*self.surfaces, *self.unsure) for k in s.kinds}))

    @property
    def sad(self) -> bool:
        """Whether sensitive authentication data was found (PCI DSS 3.3.1)."""
        return any(holds_sad(s) for s in self.surfaces)

    @property
    def left(self) -> tuple[SurfaceRecord, ...]:
        """The places that still hold it, or may."""
        return tuple(s for s in self.surfaces if s.outcome != Outcome.GONE)

    @property
    def disposition(self) -> str:
        """What was decided about the data (PCI DSS 12.10.7): a slug."""
        if self.held_until is not None:
            return "held"
        if not self.surfaces:
            return "to_decide"
        if not self.left:
            return "removed"
        if len(self.left) < len(self.surfaces):
            return "part_removed"
        outcomes = {s.outcome for s in self.left}
        return UNSETTLED.get(outcomes.pop(), "not_removed") if len(outcomes) == 1 else "not_removed"

    def facts(self) -> dict[str, Any]:
        """As JSON values; `members` is added per cause."""
        values = asdict(self) | {"kinds": list(self.kinds)}
        values["found_at"] = self.found_at.isoformat()
        for name in ("held_until", "waits_since"):
            values[name] = at.isoformat() if (at := getattr(self, name)) else None
        return values

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> CardRecord:
        """Read back from the facts of a finding."""
        return cls(
            ticket=facts["ticket"],
            found_at=datetime.fromisoformat(facts["found_at"]),
            code=facts["code"],
            url=facts["url"],
            department=facts["department"],
            surfaces=_surfaces(facts["surfaces"]),
            unsure=_surfaces(facts["unsure"]),
            not_scanned=_surfaces(facts["not_scanned"]),
            readers=facts["readers"],
            exposure_seconds=facts["exposure_seconds"],
            residue=tuple(facts["residue"]),
            held_until=_time(facts["held_until"]),
            waits_since=_time(facts.get("waits_since")),
        )


def _time(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None


def _surfaces(rows: Iterable[Mapping[str, Any]]) -> tuple[SurfaceRecord, ...]:
    return tuple(SurfaceRecord(**{**row, "kinds": tuple(row["kinds"])}) for row in rows)


def holds_sad(surface: SurfaceRecord) -> bool:
    """Whether sensitive authentication data was found in this place."""
    return any(kind in SAD for kind in surface.kinds)


def is_about_cards(kinds: Iterable[str]) -> bool:
    """Whether card data is among it. Where no kind is known it has to be taken for that."""
    known = frozenset(kinds)
    return not known or bool(known & CARD_DATA)


Places = tuple[SurfaceRecord, ...]


def _sad(record: CardRecord) -> tuple[Seen, Places]:
    return _if_any(tuple(s for s in record.surfaces if holds_sad(s)))


def _outbound(record: CardRecord) -> tuple[Seen, Places]:
    sent = (s for s in record.surfaces if s.direction == "outbound")
    return _if_any(tuple(s for s in sent if is_about_cards(s.kinds)))


def _not_removed(record: CardRecord) -> tuple[Seen, Places]:
    if record.held_until is not None:
        return Seen.UNKNOWN, ()  # the finding about the hold names the same places
    stuck = tuple(s for s in record.left if s.outcome not in UNSETTLED)
    if stuck:
        return Seen.FAIL, stuck
    return (Seen.UNKNOWN if record.left else Seen.PASS), ()


def _unsure(record: CardRecord) -> tuple[Seen, Places]:
    return _if_any(record.unsure)


def _held(record: CardRecord) -> tuple[Seen, Places]:
    return _if_any(record.left if record.held_until is not None else ())


def _waiting(record: CardRecord) -> tuple[Seen, Places]:
    waits = tuple(s for s in record.surfaces if s.outcome == Outcome.PENDING)
    if waits and record.waits_since is None:
        return Seen.UNKNOWN, ()  # most chats end within the hour
    return _if_any(waits)


def _not_scanned(record: CardRecord) -> tuple[Seen, Places]:
    return _if_any(record.not_scanned)


def _if_any(places: Places) -> tuple[Seen, Places]:
    return (Seen.FAIL if places else Seen.PASS), places


RULES: Mapping[str, Callable[[CardRecord], tuple[Seen, Places]]] = {
    "card.sad": _sad,
    "card.outbound": _outbound,
    "card.not_removed": _not_removed,
    "card.unsure": _unsure,
    "card.held": _held,
    "card.waiting": _waiting,
    "card.not_scanned": _not_scanned,
}


def observations(account: str, record: CardRecord) -> list[Observation]:
    """One observation per card cause, from one complete look at a ticket."""
    facts = record.facts()
    return [_observe(account, cause, record, facts, *rule(record)) for cause, rule in RULES.items()]


def _observe(
    account: str,
    cause: str,
    record: CardRecord,
    facts: Mapping[str, Any],
    seen: Seen,
    places: Places,
) -> Observation:
    members = sorted(f"{s.id}={s.outcome}" if s.outcome else s.id for s in places)
    found = sorted({kind for place in places for kind in place.kinds})
    return Observation(
        account=account,
        cause=cause,
        resource=subjects.of_ticket(record.ticket),
        seen=seen,
        severity=_severity(cause, found),
        facts={**facts, "members": members, "found": found},
        due=record.held_until if cause == "card.held" else None,
    )


def _severity(cause: str, found: list[str]) -> Severity:
    usual = CAUSES[cause].severity
    if found and SHORT_LIVED.issuperset(found):
        return Severity.LOW
    if usual is Severity.CRITICAL and not is_about_cards(found):
        return Severity.HIGH
    return usual


def vanished(account: str, ticket: str) -> list[Observation]:
    """What to observe when the ticket itself is no longer there."""
    resource = subjects.of_ticket(ticket)
    return [
        Observation(account, cause, resource, Seen.VANISHED, CAUSES[cause].severity)
        for cause in RULES
    ]
