"""The self-test on a scratch ticket: what this account really lets us do, and that it harms no one.

It plants a published test card, tries to rewrite and to delete, reads again, and compares status,
assignee, due time and messages before and after. What differs blocks enforce until it is explained.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from integration.core.capabilities import Method
from integration.core.detection import find, mask
from integration.core.errors import AuthExpired, DeskwardenError, PermanentError
from integration.core.models import Snapshot, TicketDraft, TicketStatus, TicketView
from integration.core.ports import Clock, Connector
from integration.core.surfaces import Direction, Surface, SurfaceKind, Text

TEST_CARD = "4111 1111 1111 1111"
"""Published by every processor for tests; no account stands behind it."""
NOTE = "deskwarden self-test: this note can be read back."
MESSAGE_KINDS = frozenset({SurfaceKind.MESSAGE, SurfaceKind.NOTE})


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What the self-test proved. `facts` goes into the account and into its capabilities."""

    facts: dict[str, Any]
    differences: tuple[str, ...] = ()
    """Message keys of what changed on the ticket without our doing; any of them blocks enforce."""
    ticket_id: str = ""
    steps: tuple[tuple[str, bool], ...] = field(default=())
    """Message key of each step and whether it did what it should."""

    @property
    def allows_enforce(self) -> bool:
        """Nothing happened on the ticket that we did not do."""
        return not self.differences


def draft(marker: str, department: str | None) -> TicketDraft:
    """The scratch ticket: a test card in its subject and in its first message."""
    return TicketDraft(
        subject=f"deskwarden self-test {TEST_CARD} {marker}",
        body=f"Self-test of deskwarden. Test card {TEST_CARD}, not a real one.",
        marker=marker,
        department=department,
    )


def run(connector: Connector, clock: Clock, *, marker: str, department: str | None) -> SelfTest:
    """Run it; the scratch ticket is closed at the end, cleaned as far as this account allows.

    Whatever breaks it off is raised with a note that names the ticket which then stands.
    """
    ticket_id = connector.create_ticket(draft(marker, department))
    try:
        test = _prove(connector, clock, ticket_id, marker)
        connector.set_status(ticket_id, TicketStatus.CLOSED)
    except BaseException as error:
        error.add_note(_left_behind(connector, ticket_id))
        raise
    return test


def _left_behind(connector: Connector, ticket_id: str) -> str:
    try:
        connector.set_status(ticket_id, TicketStatus.CLOSED)
    except DeskwardenError:
        return f"scratch ticket {ticket_id} could not be closed: close and delete it by hand"
    return f"scratch ticket {ticket_id} was closed; it holds a published test card, delete it"


def _prove(connector: Connector, clock: Clock, ticket_id: str, marker: str) -> SelfTest:
    before = connector.fetch(ticket_id)
    facts: dict[str, Any] = {"tested_at": clock.now().isoformat()}
    steps = [("selftest.reads_back", _dirty(before) != frozenset())]
    facts["edit_subject"] = _try_rewrite(connector, before, SurfaceKind.SUBJECT)
    steps.append(("selftest.subject", facts["edit_subject"]))
    facts["edit_message"] = _try_rewrite(connector, before, *MESSAGE_KINDS)
    facts["delete_erases"] = not facts["edit_message"] and _try_delete(connector, before)
    if facts["edit_message"]:
        steps.append(("selftest.edit_message", True))
    else:
        steps.append(("selftest.delete_erases", facts["delete_erases"]))
    facts["posts_notes"] = _try_note(connector, ticket_id)
    steps.append(("selftest.note", facts["posts_notes"]))
    facts["finds_own"] = _is_found(connector, ticket_id, marker)
    after = connector.fetch(ticket_id)
    facts["left_on_scratch"] = sorted({kind.value for kind in _dirty_kinds(after)})
    differences = tuple(dict.fromkeys(on_arrival(before) + compare(before, after)))
    return SelfTest(facts, differences, ticket_id, tuple(steps))


def _first(view: TicketView, kinds: Iterable[SurfaceKind]) -> Surface | None:
    wanted = set(kinds)
    dirty = _dirty(view)
    return next((s for s in view.surfaces if s.kind in wanted and s.id in dirty), None)


def _try_rewrite(connector: Connector, view: TicketView, *kinds: SurfaceKind) -> bool:
    surface = _first(view, kinds)
    if surface is None or not isinstance(surface.content, Text):
        return False
    if connector.capabilities().of(surface.kind).strongest not in (Method.REDACT, Method.EDIT):
        return False
    content = surface.content
    spans = find(content.text, content.media_type)
    try:
        connector.rewrite(view, surface, mask(content.text, spans, media_type=content.media_type))
    except PermanentError:
        return False
    return _is_clean(connector, view.ticket.id, surface)


def _try_delete(connector: Connector, view: TicketView) -> bool:
    """Whether deleting a message erases it: a 200 is not asked, the next reading is."""
    surface = _first(view, MESSAGE_KINDS)
    if surface is None:
        return False
    try:
        connector.delete(view, surface)
    except PermanentError:
        return False
    return _is_clean(connector, view.ticket.id, surface)


def _try_note(connector: Connector, ticket_id: str) -> bool:
    """Whether an internal note can be written and read back: a masked copy is one."""
    try:
        connector.post_note(ticket_id, NOTE)
    except PermanentError as error:
        if isinstance(error, AuthExpired):
            raise
        return False
    return any(_is_our_note(s) for s in connector.fetch(ticket_id).surfaces)


def _is_found(connector: Connector, ticket_id: str, marker: str) -> bool:
    """Whether our own ticket is found by its marker; an index may need longer than this test.

    LiveAgent's connector learns here, on a ticket that is known to stand, how it may search.
    """
    try:
        return ticket_id in connector.find_tickets(marker)
    except PermanentError as error:
        if isinstance(error, AuthExpired):
            raise
        return False


def _is_our_note(surface: Surface) -> bool:
    return (
        surface.kind is SurfaceKind.NOTE
        and isinstance(surface.content, Text)
        and NOTE in surface.content.text
    )


def _is_clean(connector: Connector, ticket_id: str, surface: Surface) -> bool:
    return surface.id not in _dirty(connector.fetch(ticket_id))


def _dirty(view: TicketView) -> frozenset[str]:
    return frozenset(
        s.id
        for s in view.surfaces
        if isinstance(s.content, Text) and find(s.content.text, s.content.media_type)
    )


def _dirty_kinds(view: TicketView) -> frozenset[SurfaceKind]:
    dirty = _dirty(view)
    return frozenset(s.kind for s in view.surfaces if s.id in dirty)


def missing_bot(snapshot: Snapshot) -> tuple[str, ...]:
    """Whether the agent in whose name we write is none of the account's active agents."""
    known = any(a.is_our_bot and a.active is not False for a in snapshot.agents)
    return () if known or "agents" not in snapshot.readable else ("selftest.bot",)


def compare(before: TicketView, after: TicketView) -> tuple[str, ...]:
    """What is different on the ticket that the self-test did not do, as message keys."""
    facts: list[tuple[str, object, object]] = [
        ("selftest.status", before.ticket.vendor_status, after.ticket.vendor_status),
        ("selftest.assignee", before.ticket.assignee, after.ticket.assignee),
        ("selftest.due", before.ticket.due, after.ticket.due),
        ("selftest.outbox", _outbound(before), _outbound(after)),
    ]
    found = [key for key, old, new in facts if old != new]
    ours = {s.id for s in after.surfaces if _is_our_note(s)}
    if _written(after) - _written(before) - ours:
        found.append("selftest.rule_made")
    return tuple(found)


def on_arrival(view: TicketView) -> tuple[str, ...]:
    """What rules had done to the scratch ticket by the time it was first read."""
    facts: list[tuple[str, bool]] = [
        ("selftest.assignee", view.ticket.assignee is not None),
        ("selftest.due", view.ticket.due is not None),
        ("selftest.outbox", _outbound(view) > 0),
        ("selftest.rule_made", len(_written(view)) > 1),
    ]
    return tuple(key for key, happened in facts if happened)


def _outbound(view: TicketView) -> int:
    kinds = {SurfaceKind.MESSAGE, SurfaceKind.MAIL_COPY}
    return sum(1 for s in view.surfaces if s.kind in kinds and s.direction is Direction.OUTBOUND)


def _written(view: TicketView) -> frozenset[str]:
    return frozenset(s.id for s in view.surfaces if s.kind in MESSAGE_KINDS)
