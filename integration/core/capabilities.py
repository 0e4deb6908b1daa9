"""What a connector can do to each kind of surface, and what became of it.

The engine takes the strongest method and always re-reads: a 200 is never proof.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from integration.core.surfaces import SurfaceKind


class Method(StrEnum):
    """The ladder, strongest first."""

    REDACT = "redact"
    """A substring is taken out for good, with every copy this connector can see."""
    EDIT = "edit"
    """New content is written in place."""
    REPOST = "repost"
    """A masked copy is posted, read back whole, then the original is deleted."""
    DELETE = "delete"
    RESTRICT = "restrict"
    """Fewer people can read it; it is still there."""


class Outcome(StrEnum):
    """What became of one surface. A ticket is as good as its worst surface."""

    GONE = "gone"
    """No place that this connector can read holds it, as read at a stated time."""
    PENDING = "pending"
    """The platform finishes later; a re-check is due."""
    PLANNED = "planned"
    """Monitor mode: nothing was written."""
    RESIDUAL = "residual"
    """A copy that we can read, or know by id, remains."""
    DENIED = "denied"
    """The helpdesk refused the write."""
    MANUAL = "manual"
    """Only a person can remove it."""
    UNVERIFIED = "unverified"
    """It may be gone, but the re-read failed."""


WORST_FIRST: tuple[Outcome, ...] = (
    Outcome.UNVERIFIED,
    Outcome.MANUAL,
    Outcome.DENIED,
    Outcome.RESIDUAL,
    Outcome.PLANNED,
    Outcome.PENDING,
    Outcome.GONE,
)


def worst(outcomes: list[Outcome]) -> Outcome:
    """The outcome of a ticket whose surfaces ended as given; `gone` for none.

    >>> worst([Outcome.GONE, Outcome.MANUAL])
    <Outcome.MANUAL: 'manual'>
    """
    return min(outcomes, key=WORST_FIRST.index, default=Outcome.GONE)


@dataclass(frozen=True, slots=True)
class Capability:
    """What can be done to one kind of surface, strongest method first, and what then stays."""

    methods: tuple[Method, ...] = ()
    why: str = ""
    """Message key: why nothing stronger is possible; shown in the matrix and in findings."""
    steps: str = ""
    """Message key: what a person does where no method is left."""
    residue: tuple[str, ...] = ()
    """Message keys of copies that stay behind after the strongest method."""

    @property
    def strongest(self) -> Method | None:
        """The first rung of the ladder that is possible here."""
        return self.methods[0] if self.methods else None


class WhyNot(StrEnum):
    """Why something is not read; its words are `matrix.why_not.*`."""

    NO_RIGHT = "no_right"
    """Our key could be given the right."""
    NO_API = "no_api"
    NOT_YET = "not_yet"
    """The helpdesk would give it; this connector does not ask."""


class NotRead(NamedTuple):
    """Something that a helpdesk keeps and we do not look through: silence about it is no pass."""

    what: str
    """Message key."""
    why: WhyNot


@dataclass(frozen=True, slots=True)
class Capabilities:
    """The matrix of one account: kind of surface -> capability, and its standing residue."""

    by_kind: Mapping[SurfaceKind, Capability] = field(default_factory=dict)
    standing_residue: tuple[str, ...] = ()
    """Message keys of copies that no API can read and that every ticket leaves."""
    not_read: tuple[NotRead, ...] = ()
    mail_by_hand: str = ""
    """Message key: where a person sees which mails went out about `{ticket}`, and what to change
    when one did; "" where they are among the surfaces (`MAIL_COPY`)."""

    @property
    def previews(self) -> frozenset[SurfaceKind]:
        """The preview, where it is one that can be read: it is asked for only after a write."""
        return frozenset({SurfaceKind.PREVIEW} & self.by_kind.keys())

    def of(self, kind: SurfaceKind) -> Capability:
        """What can be done to this kind; nothing when it was not declared."""
        return self.by_kind.get(kind, Capability())
