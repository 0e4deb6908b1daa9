"""Deciding: which spans of which surfaces go, and by which rung of the ladder. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from integration.core.capabilities import Capabilities, Method, Outcome
from integration.core.models import Ticket, TicketStatus, TicketView
from integration.core.policy import Policy
from integration.core.spans import REASONS_UNREAD, Action, Span
from integration.core.surfaces import Blob, Direction, Role, Surface, SurfaceKind, Text
from integration.core.text import holds_files
from integration.core.together.remembered import remember
from integration.core.together.ticket import look_through

IN_PLACE = frozenset({Method.REDACT, Method.EDIT})


@dataclass(frozen=True, slots=True)
class DirtySurface:
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


FILE = "file"
"""Why something was not scanned: it is a file, or a mail that holds files."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What one reading of a ticket holds."""

    hits: tuple[DirtySurface, ...]
    scanned: int
    """How many surfaces were read through."""
    not_scannable: tuple[Surface, ...]
    """Files, recordings, texts not read to their end: named and counted, never taken for clean."""
    counted: Mapping[str, int] = field(default_factory=dict)
    """How much there is of each kind that the policy only counts."""
    unread: Mapping[str, str] = field(default_factory=dict)
    """Why a text was not read to its end, by surface id; `FILE` where it holds files."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do about one hit: a method, or why there is none and what that makes of it."""

    hit: DirtySurface
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
    split: tuple[str, ...] = ()
    """What only shows together with another message (`core.together.remembered`)."""

    @classmethod
    def of(
        cls, surface: Surface, spans: Iterable[Span] = (), method: Method | None = None
    ) -> Place:
        """The place that a surface is, and what was found in it."""
        found = tuple(spans)
        return cls(
            id=surface.id,
            kind=surface.kind.value,
            kinds=tuple(sorted({s.kind.value for s in found})),
            method=method.value if method else "",
            role=surface.role.value,
            direction=surface.direction.value,
            channel=surface.channel,
            media=surface.content.media_type,
            created=surface.created,
            split=remember(surface, found),
        )

    def to_json(self) -> dict[str, object]:
        """As stored."""
        created = self.created.isoformat() if self.created else None
        lists = {"kinds": list(self.kinds), "split": list(self.split)}
        return {f.name: getattr(self, f.name) for f in fields(self)} | lists | {"created": created}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Place:
        """As read back."""
        created = datetime.fromisoformat(value["created"]) if value["created"] else None
        lists = {name: tuple(value.get(name, ())) for name in ("kinds", "split")}
        return cls(**{**value, **lists, "created": created})


def scan(view: TicketView, policy: Policy, begun: Mapping[str, Place] | None = None) -> Scan:
    """Look through every surface that is text, and through messages that belong together.

    `begun`: places that are not known to be clean. A part of a number that was split over messages
    is found there though the other part is gone.
    """
    texts = [surface for surface in view.surfaces if isinstance(surface.content, Text)]
    found = look_through(texts, policy, {name: p.split for name, p in (begun or {}).items()})
    unread = {s.id: why for s in texts if (why := _unread_why(s, found[s.id]))}
    return Scan(
        hits=tuple(
            DirtySurface(surface, wanted)
            for surface in texts
            if (wanted := _acted_on(found[surface.id]))
        ),
        scanned=len(texts) - sum(why != FILE for why in unread.values()),
        not_scannable=(
            *(s for s in view.surfaces if isinstance(s.content, Blob)),
            *(s for s in texts if s.id in unread),
        ),
        counted=Counter(
            span.kind.value
            for spans in found.values()
            for span in spans
            if span.action is Action.COUNT
        ),
        unread=unread,
    )


def _unread_why(surface: Surface, spans: Iterable[Span]) -> str | None:
    why = next(filter(None, (span.unread_why for span in spans)), None)
    return why or (FILE if _holds_files(surface.content) else None)


def _holds_files(content: Text | Blob) -> bool:
    return isinstance(content, Text) and holds_files(content.text, content.media_type)


def _acted_on(spans: Iterable[Span]) -> tuple[Span, ...]:
    """What is to be removed or looked at; a text that was not read is told of as such."""
    wanted = (Action.REDACT, Action.REPORT)
    return tuple(s for s in spans if s.action in wanted and REASONS_UNREAD.isdisjoint(s.why))


def decide(
    hits: Iterable[DirtySurface], ticket: Ticket, policy: Policy, capabilities: Capabilities
) -> list[Decision]:
    """One decision for each hit that holds something to remove."""
    return [_decide(hit, ticket, policy, capabilities) for hit in hits if hit.removable]


def held_back(hit: DirtySurface, ticket: Ticket, policy: Policy) -> tuple[Outcome, str] | None:
    """What makes that nothing may be written to this ticket now, and why; None when it may."""
    if not any(policy.enforces(ticket, span) for span in hit.removable):
        return Outcome.PLANNED, "monitor"
    if policy.hold.covers(ticket):
        return Outcome.MANUAL, "hold"
    if ticket.status is TicketStatus.LIVE:
        return Outcome.PENDING, "live"
    return None


def _decide(
    hit: DirtySurface, ticket: Ticket, policy: Policy, capabilities: Capabilities
) -> Decision:
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
