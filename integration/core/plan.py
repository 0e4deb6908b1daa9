"""Deciding: which spans of which surfaces go, and by which rung of the ladder. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from integration.core.capabilities import Capabilities, Method, Outcome
from integration.core.detection import find
from integration.core.models import Ticket, TicketStatus, TicketView
from integration.core.policy import Policy
from integration.core.spans import Action, Span
from integration.core.surfaces import Blob, Surface, SurfaceKind, Text

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


def _decide(hit: Hit, ticket: Ticket, policy: Policy, capabilities: Capabilities) -> Decision:
    spans = tuple(s for s in hit.removable if policy.enforces(ticket, s))
    if not spans:
        return Decision(hit, (), None, Outcome.PLANNED, "monitor")
    if policy.hold.covers(ticket):
        return Decision(hit, (), None, Outcome.MANUAL, "hold")
    if ticket.status is TicketStatus.LIVE:
        return Decision(hit, (), None, Outcome.PENDING, "live")
    capability = capabilities.of(hit.surface.kind)
    if capability.strongest in (None, Method.RESTRICT):
        return Decision(hit, (), None, Outcome.MANUAL, capability.why)
    return Decision(hit, spans, capability.strongest)


def still_dirty(view: TicketView, policy: Policy, ids: Iterable[str]) -> frozenset[str]:
    """Which of these surfaces still hold something to remove, as read in `view`."""
    wanted = set(ids)
    return frozenset(
        hit.surface.id
        for hit in scan(view, policy).hits
        if hit.surface.id in wanted and hit.removable
    )


def merge(earlier: TicketView, later: TicketView, reread: frozenset[SurfaceKind]) -> TicketView:
    """The ticket as known after reading only some kinds of surface again."""
    kept = tuple(s for s in earlier.surfaces if s.kind not in reread)
    return TicketView(
        ticket=later.ticket,
        surfaces=kept + tuple(s for s in later.surfaces if s.kind in reread),
        read_at=later.read_at,
        complete=earlier.complete and later.complete,
    )


def count_kinds(hits: Iterable[Hit]) -> Mapping[str, int]:
    """How many spans of each kind: for records."""
    counts: dict[str, int] = {}
    for hit in hits:
        for span in hit.spans:
            counts[span.kind.value] = counts.get(span.kind.value, 0) + 1
    return counts
