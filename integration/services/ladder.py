"""Walking down the ladder for one ticket: write, look, and only then delete."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from integration.core.capabilities import Method, Outcome
from integration.core.detection import mask
from integration.core.errors import (
    ChangedMeanwhile,
    Forbidden,
    NotFound,
    RetryableError,
    UnsupportedByHelpdesk,
)
from integration.core.masked_copy import MaskedCopy, compose, copies_of, files_of, stands_whole
from integration.core.models import TicketView
from integration.core.plan import IN_PLACE, Decision, Place, Scan, held_back, merge, scan
from integration.core.policy import Policy
from integration.core.ports import Clock, Connector, OnStep
from integration.core.rows import RedactionRow
from integration.core.surfaces import SurfaceKind, Text

COPIES = frozenset({SurfaceKind.HISTORY, SurfaceKind.MAIL_COPY})
"""Where a helpdesk may keep what an edit replaces: read again after every edit in place."""
FACTS = frozenset({SurfaceKind.SUBJECT})
"""Read together with the facts of the ticket: its status, department and tags."""
FRESH = timedelta(seconds=10)
"""How old those facts may be when a message is deleted; longer work looks at them again."""


def is_open(row: RedactionRow, place: Place) -> bool:
    """Whether its removal has not ended.

    Half a number shows no more once the other half is gone: it stays open until it is gone itself.
    """
    return row.outcome is None or (bool(place.split) and row.outcome != Outcome.GONE.value)


@dataclass(slots=True)
class Climb:
    """One ticket on the ladder: what was read, what was tried, what could not be done.

    `save` commits how far a surface has come, `may_write` raises when writes are stopped; both
    are called before and after every act, so that a crash at any point leaves a trail of ids.
    """

    connector: Connector
    view: TicketView
    policy: Policy
    clock: Clock
    rows: dict[str, RedactionRow]
    save: Callable[[Iterable[RedactionRow]], None]
    may_write: Callable[[], None]
    on_step: OnStep
    failed: dict[str, tuple[Outcome, str]] = field(default_factory=dict)
    """Surface id -> outcome and reason, where an attempt ended without a write."""
    tried: set[str] = field(default_factory=set)
    facts_at: datetime | None = None
    """When the facts of the ticket were read last; None when they have to be read in any case."""
    _last: tuple[TicketView, dict[str, Place], Scan] | None = None
    """The last scan, and what it was of."""

    def scan(self) -> Scan:
        """Look through what was read last; once, however often it is asked."""
        view, begun = self.view, self.begun
        if self._last is None or self._last[0] is not view or self._last[1] != begun:
            self._last = view, begun, scan(view, self.policy, begun)
        return self._last[2]

    @property
    def begun(self) -> dict[str, Place]:
        """Where a removal was begun that has not ended, and what is left of a split number."""
        places = {i: Place.from_json(row.place) for i, row in self.rows.items()}
        return {i: p for i, p in places.items() if is_open(self.rows[i], p)}

    def apply(self, decisions: list[Decision]) -> None:
        """Carry out the decisions, then read again every kind of surface that was touched."""
        self._advance(decisions, "planned")
        self.on_step("planned")
        self.tried |= {d.hit.surface.id for d in decisions}
        in_place = [d for d in decisions if d.method in IN_PLACE]
        reposted = [d for d in decisions if d.method is Method.REPOST]
        touched = {d.hit.surface.kind for d in decisions}
        # Where a hold can begin, it may have begun since the ticket was read and decided upon.
        self.facts_at = None if self._can_be_held else self.view.read_at
        for decision in in_place:
            self._rewrite(decision)
        self._delete(self._copied(reposted))
        self._delete([d for d in decisions if d.method is Method.DELETE])
        if in_place:
            touched |= COPIES
        self.read_again(frozenset(touched) | self.connector.capabilities().previews)

    def read_again(self, kinds: frozenset[SurfaceKind]) -> None:
        """Read these kinds of surface again: the only proof there is."""
        self.on_step("before reread")
        later = self.connector.fetch(self.view.ticket.id, only=kinds)
        if later.ticket.id != self.view.ticket.id:
            # The next look hands it over: nothing is stored under two ids.
            raise ChangedMeanwhile("the ticket was merged into another one")
        self.view = merge(self.view, later, kinds)
        if kinds & FACTS:
            self.facts_at = later.read_at
        self.on_step("reread")

    def _rewrite(self, decision: Decision) -> None:
        content = decision.hit.surface.content
        if not isinstance(content, Text):
            return
        masked = mask(
            content.text, decision.spans, media_type=content.media_type, locale=self.policy.locale
        )
        self._write(
            decision,
            "written",
            lambda: self.connector.rewrite(self.view, decision.hit.surface, masked),
        )

    def _copied(self, decisions: list[Decision]) -> list[Decision]:
        """Post the copies that are missing and keep the decisions whose copy stands whole."""
        if not decisions:
            return []
        copies = {d.hit.surface.id: self._compose(d) for d in decisions}
        missing = [d for d in decisions if self._needs_copy(copies[d.hit.surface.id])]
        for decision in missing:
            copy = copies[decision.hit.surface.id]
            self._write(decision, "copied", lambda copy=copy: self._post(copy))  # type: ignore[misc]
        if missing:
            kinds = frozenset({d.hit.surface.kind for d in decisions} | {SurfaceKind.NOTE})
            self.read_again(kinds | FACTS if self._can_be_held else kinds)
            self._check_unchanged(decisions)
        return [d for d in decisions if self._stands(copies[d.hit.surface.id])]

    def _compose(self, decision: Decision) -> MaskedCopy:
        surface = decision.hit.surface
        content = surface.content
        text, media_type = (
            (content.text, content.media_type) if isinstance(content, Text) else ("", "text/plain")
        )
        locale = self.policy.locale
        masked = mask(text, decision.spans, media_type=media_type, locale=locale)
        return compose(surface, masked, files=files_of(self.view, surface), locale=locale)

    def _post(self, copy: MaskedCopy) -> None:
        self.connector.post_note(self.view.ticket.id, copy.text, media_type=copy.media_type)

    def _needs_copy(self, copy: MaskedCopy) -> bool:
        """A copy is posted once, and once more for each time that the original was edited."""
        row = self.rows.get(copy.of)
        if row is not None and row.step == "changed":
            return not stands_whole(self.view, copy)
        return (row is None or row.step == "planned") and not copies_of(self.view, copy.of)

    def _check_unchanged(self, decisions: list[Decision]) -> None:
        """What is deleted must be what was copied: somebody may have edited it meanwhile."""
        changed = [
            d
            for d in decisions
            if (now := self.view.surface(d.hit.surface.id)) is not None
            and now.content != d.hit.surface.content
        ]
        if changed:
            self._advance(changed, "changed")
            raise ChangedMeanwhile("the text was edited while it was copied")

    def _stands(self, copy: MaskedCopy) -> bool:
        if copy.of in self.failed:
            return False
        if stands_whole(self.view, copy):
            return True
        if not copies_of(self.view, copy.of):
            # Posting it again could double it: the helpdesk may only be slow to show it.
            raise RetryableError("the posted copy cannot be seen yet", reason="copy_not_seen")
        self.failed[copy.of] = (Outcome.MANUAL, "copy_not_whole")
        return False

    def _delete(self, decisions: list[Decision]) -> None:
        for decision in decisions:
            if self.facts_at is None or self.clock.now() - self.facts_at > FRESH:
                self.read_again(FACTS)
            if self.view.surface(decision.hit.surface.id) is None:
                continue
            self._write(
                decision,
                "deleted",
                lambda d=decision: self.connector.delete(self.view, d.hit.surface),  # type: ignore[misc]
            )

    @property
    def _can_be_held(self) -> bool:
        return self.policy.hold.is_named

    def _write(self, decision: Decision, step: str, act: Callable[[], None]) -> None:
        """One irreversible act between two crash points; a refusal is an outcome, not a failure."""
        if held := held_back(decision.hit, self.view.ticket, self.policy):
            self.failed[decision.hit.surface.id] = held
            return
        self.may_write()
        self.on_step(f"before {step}")
        try:
            act()
        except Forbidden:
            self.failed[decision.hit.surface.id] = (Outcome.DENIED, "forbidden")
            return
        except UnsupportedByHelpdesk:
            self.failed[decision.hit.surface.id] = (Outcome.MANUAL, "unsupported")
            return
        except NotFound:
            return  # it went before we came: the next reading says what that means
        self.on_step(step)
        self._advance([decision], step)

    def _advance(self, decisions: list[Decision], step: str) -> None:
        rows = [self._row(d, step) for d in decisions]
        self.save(rows)
        self.rows |= {row.surface: row for row in rows}

    def _row(self, decision: Decision, step: str) -> RedactionRow:
        surface = decision.hit.surface
        earlier = self.rows.get(surface.id)
        if earlier is not None and earlier.outcome is None and step == "planned":
            return earlier  # after a crash: go on where it stopped
        fresh = RedactionRow(
            account="",
            ticket=self.view.ticket.id,
            surface=surface.id,
            method=str(decision.method),
            step=step,
            place=Place.of(surface, decision.hit.removable, decision.method).to_json(),
        )
        return replace(fresh, started=earlier.started) if earlier else fresh
