"""Deciding: which spans of which surfaces go, and by which rung of the ladder. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from integration.core.capabilities import Capabilities, Method, Outcome
from integration.core.detection import find
from integration.core.models import Ticket, TicketStatus, TicketView
from integration.core.policy import Policy
from integration.core.spans import Action, Span
from integration.core.surfaces import Blob, Direction, Role, Surface, SurfaceKind, Text

IN_PLACE = frozenset({Method.REDACT, Method.EDIT})


@dataclass(frozen=True, slots=True)
class Hit:
    """A surface in which something was found."""

    surface: Surface
    spans: tuple[Span, ...]

    @property
    def removable(self) -> tuple[Span, ...]:
        """What the policy wants gone."""
        return tuple(s for s in self.spans if s.action is Action.REDACT)

    @property
    def reported(self) -> tuple[Span, ...]:
        """What a person should look at: too unsure to be removed for good."""
        return tuple(s for s in self.spans if s.action is Action.REPORT)


@dataclass(frozen=True, slots=True)
class Scan:
    """What one reading of a ticket holds."""

    hits: tuple[Hit, ...]
    scanned: int
    """How many surfaces were read through."""
    not_scannable: tuple[Surface, ...]
    """Files and recordings: named and counted, never taken for clean."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do about one hit: a method, or why there is none and what that makes of it."""

    hit: Hit
    spans: tuple[Span, ...]
    """The spans that go now."""
    method: Method | None
    outcome: Outcome | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """What a record may say of a surface in which something was found: ids, slugs and a time.

    It is stored before the first write, so that the record is complete even when the process
    dies after the surface is gone.
    """

    id: str
    kind: str
    kinds: tuple[str, ...] = ()
    """Kinds of data found in it."""
    method: str = ""
    role: str = Role.UNKNOWN.value
    direction: str = Direction.INTERNAL.value
    channel: str = ""
    media: str = ""
    created: datetime | None = None

    @classmethod
    def of(cls, surface: Surface, hit: Hit | None = None, method: Method | None = None) -> Place:
        """The place that a surface is."""
        return cls(
            id=surface.id,
            kind=surface.kind.value,
            kinds=tuple(sorted({s.kind.value for s in hit.spans})) if hit else (),
            method=method.value if method else "",
            role=surface.role.value,
            direction=surface.direction.value,
            channel=surface.channel,
            media=surface.content.media_type,
            created=surface.created,
        )

    def to_json(self) -> dict[str, object]:
        """As stored."""
        created = self.created.isoformat() if self.created else None
        return asdict(self) | {"kinds": list(self.kinds), "created": created}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Place:
        """As read back."""
        created = datetime.fromisoformat(value["created"]) if value["created"] else None
        return cls(**{**value, "kinds": tuple(value["kinds"]), "created": created})


def scan(view: TicketView, policy: Policy) -> Scan:
    """Look through every surface that is text."""
    hits: list[Hit] = []
    blind: list[Surface] = []
    scanned = 0
    for surface in view.surfaces:
        if isinstance(surface.content, Blob):
            blind.append(surface)
            continue
        scanned += 1
        if spans := found_in(surface.content, policy):
            hits.append(Hit(surface, spans))
    return Scan(tuple(hits), scanned, tuple(blind))


def found_in(content: Text, policy: Policy) -> tuple[Span, ...]:
    """The spans of a text that the policy wants removed or reported."""
    wanted = (Action.REDACT, Action.REPORT)
    return tuple(s for s in find(content.text, content.media_type, policy) if s.action in wanted)


def decide(
    hits: Iterable[Hit], ticket: Ticket, policy: Policy, capabilities: Capabilities
) -> list[Decision]:
    """One decision for each hit that holds something to remove."""
    return [_decide(hit, ticket, policy, capabilities) for hit in hits if hit.removable]


def held_back(hit: Hit, ticket: Ticket, policy: Policy) -> tuple[Outcome, str] | None:
    """What makes that nothing may be written to this ticket now, and why; None when it may."""
    if not any(policy.enforces(ticket, span) for span in hit.removable):
        return Outcome.PLANNED, "monitor"
    if policy.hold.covers(ticket):
        return Outcome.MANUAL, "hold"
    if ticket.status is TicketStatus.LIVE:
        return Outcome.PENDING, "live"
    return None


def _decide(hit: Hit, ticket: Ticket, policy: Policy, capabilities: Capabilities) -> Decision:
    if held := held_back(hit, ticket, policy):
        return Decision(hit, (), None, *held)
    spans = tuple(s for s in hit.removable if policy.enforces(ticket, s))
    capability = capabilities.of(hit.surface.kind)
    if capability.strongest in (None, Method.RESTRICT):
        return Decision(hit, (), None, Outcome.MANUAL, capability.why)
    return Decision(hit, spans, capability.strongest)


def merge(earlier: TicketView, later: TicketView, reread: frozenset[SurfaceKind]) -> TicketView:
    """The ticket as known after reading only some kinds of surface again."""
    kept = tuple(s for s in earlier.surfaces if s.kind not in reread)
    return TicketView(
        ticket=later.ticket,
        surfaces=kept + tuple(s for s in later.surfaces if s.kind in reread),
        read_at=later.read_at,
        complete=earlier.complete and later.complete,
    )
