"""A ticket that was merged: its work goes on under the id of the ticket that it is part of now.

So one ticket is under one lease, and what earlier looks have begun in it is found by the next.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from integration.core import subjects
from integration.core.errors import LeaseLost
from integration.core.models import Priority, TicketView
from integration.core.plan import Place
from integration.core.rows import Claim, RecordType
from integration.core.surfaces import SurfaceKind
from integration.core.tables import Tables
from integration.services.findings import observe_vanished


def hand_over(
    tables: Tables,
    account: str,
    ticket: str,
    view: TicketView,
    claim: Claim | None,
    *,
    source: str,
    now: datetime,
) -> None:
    """Make the ticket due that `view` shows, with all that was begun; this one has no more to do.

    Raises LeaseLost.
    """
    into = view.ticket.id

    def finish() -> None:
        if claim is not None and not tables.due.finish(claim):
            raise LeaseLost("another worker has taken the ticket over")

    def make_due() -> None:
        priority = claim.priority if claim else Priority.LIVE
        due_at = claim.first_due if claim else now
        tables.due.upsert(account, subjects.of_ticket(into), due_at=due_at, priority=priority)

    # In the one order of all writers: see `services.due`.
    for _, act in sorted({ticket: finish, into: make_due}.items()):
        act()
    _move(tables, account, ticket, view)
    tables.waiting.end(account, ticket)
    tables.swept.gone(account, ticket)
    observe_vanished(tables, account, ticket, now=now)
    said = {"type": RecordType.MERGED, "ticket": ticket, "into": into, "source": source}
    tables.audit.append(account, said, at=now)


def _move(tables: Tables, account: str, ticket: str, view: TicketView) -> None:
    """What was removed is told by the look at the other ticket, as if it had removed it.

    What a look at that one has begun anew is told by its own row.
    """
    taken = tables.redactions.of_ticket(account, view.ticket.id)
    for row in tables.redactions.of_ticket(account, ticket).values():
        place = Place.from_json(row.place)
        name = _subject_of(ticket, view) if place.kind == SurfaceKind.SUBJECT else row.surface
        if name not in taken:
            there = replace(place, id=name).to_json()
            tables.redactions.move(row, ticket=view.ticket.id, surface=name, place=there)


def _subject_of(ticket: str, view: TicketView) -> str:
    """What the subject of a merged ticket is called in the other, which has a subject too."""
    subjects_there = (s.id for s in view.surfaces if s.kind is SurfaceKind.SUBJECT)
    named = (name for name in subjects_there if ticket in name.split(":"))
    return next(named, f"{SurfaceKind.SUBJECT}:{ticket}")
