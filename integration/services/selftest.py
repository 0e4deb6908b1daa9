"""The self-test on a scratch ticket: what this account really lets us do, and that it harms no one.

It plants a published test card, tries to rewrite and to delete, writes a note while the ticket is
open and one while it is closed, and reads again each time. Status, assignee, department, due time,
tags, messages and mails are compared: with what was asked for, and before and after. What differs
blocks enforce until it is explained; what cannot be read waits for a person (`services.proved`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from integration.core.capabilities import Method
from integration.core.detection import find, mask
from integration.core.errors import AuthExpired, DeskwardenError, PermanentError
from integration.core.models import Snapshot, Ticket, TicketDraft, TicketStatus, TicketView
from integration.core.ports import Clock, Connector
from integration.core.surfaces import Direction, Surface, SurfaceKind, Text
from integration.services.proved import CODE, MAIL_BY_HAND

TEST_CARD = "4111 1111 1111 1111"
"""Published by every processor for tests; no account stands behind it."""
NOTE = "deskwarden self-test: this note can be read back."
MESSAGE_KINDS = frozenset({SurfaceKind.MESSAGE, SurfaceKind.NOTE})
KEPT: Mapping[str, Callable[[Ticket], object]] = {
    "selftest.status": lambda ticket: ticket.vendor_status,
    "selftest.assignee": lambda ticket: ticket.assignee,
    "selftest.department": lambda ticket: ticket.department,
    "selftest.due": lambda ticket: ticket.due,
    "selftest.tags": lambda ticket: ticket.tags,
}
"""What nobody but us may change on the scratch ticket, by the message key that says it was."""


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
    def is_quiet(self) -> bool:
        """Nothing that we can read happened to the ticket without our doing."""
        return not self.differences

    @property
    def mail_by_hand(self) -> str:
        """Message key: where a person looks for mails about the ticket; "" where we have read."""
        return str(self.facts[MAIL_BY_HAND])

    @property
    def ticket_code(self) -> str:
        """What people call the ticket in the helpdesk."""
        return str(self.facts[CODE])


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
    scratch = draft(marker, department)
    ticket_id = connector.create_ticket(scratch)
    try:
        return _prove(connector, clock, ticket_id, scratch)
    except BaseException as error:
        error.add_note(_left_behind(connector, ticket_id))
        raise


def _left_behind(connector: Connector, ticket_id: str) -> str:
    try:
        connector.set_status(ticket_id, TicketStatus.CLOSED)
    except DeskwardenError:
        return f"scratch ticket {ticket_id} could not be closed: close and delete it by hand"
    return f"scratch ticket {ticket_id} was closed; it holds a published test card, delete it"


def _prove(connector: Connector, clock: Clock, ticket_id: str, scratch: TicketDraft) -> SelfTest:
    before = connector.fetch(ticket_id)
    facts: dict[str, Any] = {
        "tested_at": clock.now().isoformat(),
        CODE: before.ticket.code or ticket_id,
        MAIL_BY_HAND: connector.capabilities().mail_by_hand,
    }
    steps = [("selftest.reads_back", _dirty(before) != frozenset())]
    facts["edit_subject"] = _try_rewrite(connector, before, SurfaceKind.SUBJECT)
    steps.append(("selftest.subject", facts["edit_subject"]))
    facts["edit_message"] = _try_rewrite(connector, before, *MESSAGE_KINDS)
    facts["delete_erases"] = not facts["edit_message"] and _try_delete(connector, before)
    if facts["edit_message"]:
        steps.append(("selftest.edit_message", True))
    else:
        steps.append(("selftest.delete_erases", facts["delete_erases"]))
    facts["finds_own"] = _is_found(connector, ticket_id, scratch.marker)
    after = _with_note(connector, ticket_id)
    facts["posts_notes"] = bool(_our_notes(after))
    steps.append(("selftest.note", facts["posts_notes"]))
    if previews := connector.capabilities().previews:
        shown = connector.fetch(ticket_id, only=previews)
        facts["preview_follows"] = facts["delete_erases"] and not _dirty(shown)
        steps.append(("selftest.preview_follows", facts["preview_follows"]))
    connector.set_status(ticket_id, TicketStatus.CLOSED)
    closed = connector.fetch(ticket_id)
    noted = _with_note(connector, ticket_id)
    steps.append(("selftest.note_when_closed", _stays_closed(closed, noted)))
    if noted.ticket.status is not TicketStatus.CLOSED:
        connector.set_status(ticket_id, TicketStatus.CLOSED)
    facts["left_on_scratch"] = sorted({kind.value for kind in _dirty_kinds(noted)})
    found = (
        *on_arrival(connector.fresh(scratch), before),
        *compare(before, after),
        *when_closed(after, closed, noted),
    )
    return SelfTest(facts, tuple(dict.fromkeys(found)), ticket_id, tuple(steps))


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


def _with_note(connector: Connector, ticket_id: str) -> TicketView:
    """The ticket after an internal note, as a masked copy is one; as it was where that fails."""
    try:
        connector.post_note(ticket_id, NOTE)
    except PermanentError as error:
        if isinstance(error, AuthExpired):
            raise
    return connector.fetch(ticket_id)


def _stays_closed(closed: TicketView, noted: TicketView) -> bool:
    """Whether another note stands on the ticket, and it is as closed as before."""
    is_written = len(_our_notes(noted)) > len(_our_notes(closed))
    return is_written and _are_closed(closed, noted)


def _are_closed(*views: TicketView) -> bool:
    return all(view.ticket.status is TicketStatus.CLOSED for view in views)


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


def _our_notes(view: TicketView) -> frozenset[str]:
    return frozenset(
        s.id
        for s in view.surfaces
        if s.kind is SurfaceKind.NOTE and isinstance(s.content, Text) and NOTE in s.content.text
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


def on_arrival(fresh: Ticket, view: TicketView) -> tuple[str, ...]:
    """What was done to the scratch ticket by the time it was first read, as message keys."""
    asked = fresh if fresh.department else replace(fresh, department=view.ticket.department)
    done = {
        "selftest.outbox": _mails(view) > 0,
        "selftest.rule_made": len(_written(view)) > 1,
    }
    return (*_changed(asked, view.ticket), *(key for key, happened in done.items() if happened))


def compare(before: TicketView, after: TicketView) -> tuple[str, ...]:
    """What is different on the ticket that the self-test did not do, as message keys."""
    found = _changed(before.ticket, after.ticket) + _mailed(before, after)
    is_others = _written(after) - _written(before) - _our_notes(after)
    return (*found, "selftest.rule_made") if is_others else found


def when_closed(before: TicketView, closed: TicketView, noted: TicketView) -> tuple[str, ...]:
    """What happened without our doing as we closed the ticket, and as we wrote into it then.

    To close it sets the status, ends the due time and may leave a line of the helpdesk's own.
    """
    asked = replace(before.ticket, vendor_status=closed.ticket.vendor_status, due=closed.ticket.due)
    found = _changed(asked, closed.ticket) + _mailed(before, closed) + compare(closed, noted)
    return found if _are_closed(closed, noted) else (*found, "selftest.reopened")


def _changed(before: Ticket, after: Ticket) -> tuple[str, ...]:
    return tuple(key for key, fact in KEPT.items() if fact(before) != fact(after))


def _mailed(before: TicketView, after: TicketView) -> tuple[str, ...]:
    return ("selftest.outbox",) if _mails(before) != _mails(after) else ()


def _mails(view: TicketView) -> int:
    """How many mails about the ticket can be read: answers, and copies of what went to anyone."""
    return sum(
        1
        for s in view.surfaces
        if s.kind is SurfaceKind.MAIL_COPY
        or (s.kind is SurfaceKind.MESSAGE and s.direction is Direction.OUTBOUND)
    )


def _written(view: TicketView) -> frozenset[str]:
    return frozenset(s.id for s in view.surfaces if s.kind in MESSAGE_KINDS)
