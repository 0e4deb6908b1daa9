"""A helpdesk in memory, for use cases: exact about what is stored, switchable in what it allows."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from integration.core.capabilities import Capabilities, Capability, Method
from integration.core.errors import ChangedMeanwhile, Forbidden, NotFound
from integration.core.models import (
    OUR_MARK,
    ChangePage,
    Snapshot,
    Ticket,
    TicketDraft,
    TicketRef,
    TicketStatus,
    TicketView,
)
from integration.core.surfaces import Direction, Role, Surface, SurfaceKind, Text

START = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
CARD = "4111 1111 1111 1111"
OTHER_CARD = "5555 5555 5555 4444"

REPOSTING = Capabilities(
    {
        SurfaceKind.SUBJECT: Capability((Method.EDIT,)),
        SurfaceKind.CUSTOM_FIELD: Capability((Method.EDIT,)),
        SurfaceKind.MESSAGE: Capability((Method.REPOST,)),
        SurfaceKind.NOTE: Capability((Method.REPOST,)),
        SurfaceKind.QUOTED: Capability((Method.REPOST,)),
        SurfaceKind.FILE_NAME: Capability((), why="desk.file_name", steps="desk.remove_file"),
    },
    standing_residue=("desk.residue.mailbox",),
)


class FakeClock:
    """Time that moves only when told, or a little at each look."""

    def __init__(self, start: datetime = START, step: float = 0.0) -> None:
        self.time = start
        self.step = timedelta(seconds=step)

    def now(self) -> datetime:
        self.time += self.step
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)

    def forward(self, **by: float) -> None:
        self.time += timedelta(**by)


@dataclass
class MemoryDesk:
    """Tickets as lists of surfaces; every write is recorded in `acts`."""

    clock: FakeClock = field(default_factory=FakeClock)
    matrix: Capabilities = REPOSTING
    delete_erases: bool = True
    deny: frozenset[str] = frozenset()
    """Acts that are refused: `rewrite`, `delete`, `post_note`."""
    note_limit: int | None = None
    """Characters after which this desk cuts a note."""
    keeps_old_subject: bool = False
    """Whether a rewritten subject leaves a history surface behind."""
    names: dict[str, str] = field(default_factory=dict)
    """Tag id -> name."""
    tickets: dict[str, Ticket] = field(default_factory=dict)
    surfaces: dict[str, list[Surface]] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    """Ticket id -> the ticket that it was merged into: asked for the one, it shows the other."""
    acts: list[tuple[str, ...]] = field(default_factory=list)
    calls: int = 0
    errors: list[Exception] = field(default_factory=list)
    """Raised one by one by the next calls."""
    ids: itertools.count[int] = field(default_factory=lambda: itertools.count(501))

    def write_ticket(self, *surfaces: Surface, **facts: object) -> str:
        ticket_id = f"t{next(self.ids)}"
        ticket = Ticket(ticket_id, code=f"#{ticket_id}", created=self.clock.time, mark="1")
        self.tickets[ticket_id] = replace(ticket, **facts)
        self.surfaces[ticket_id] = list(surfaces)
        return ticket_id

    def message(self, text: str, media_type: str = "text/plain", **facts: object) -> Surface:
        surface = Surface(
            id=f"message:{next(self.ids)}",
            kind=SurfaceKind.MESSAGE,
            content=Text(text, media_type),
            role=Role.REQUESTER,
            direction=Direction.INBOUND,
            created=self.clock.time,
            author_name="Kari Nordmann",
        )
        return replace(surface, **facts)

    def merge_into(self, ticket_id: str, other: str) -> None:
        """As in RT: what was written goes over as it is, the subject as a place of its own."""
        for surface in self.surfaces.pop(ticket_id):
            is_subject = surface.kind is SurfaceKind.SUBJECT
            name = f"ticket:{ticket_id}:Subject" if is_subject else surface.id
            self.surfaces[other].append(replace(surface, id=name))
        del self.tickets[ticket_id]
        self.merged[ticket_id] = other

    def text_of(self, ticket_id: str) -> str:
        return "\n".join(
            s.content.text for s in self.surfaces[ticket_id] if isinstance(s.content, Text)
        )

    def _call(self) -> None:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)

    # The connector port.

    def capabilities(self) -> Capabilities:
        return self.matrix

    def fetch(self, ticket_id: str, *, only: frozenset[SurfaceKind] | None = None) -> TicketView:
        self._call()
        ticket_id = self.merged.get(ticket_id, ticket_id)
        if ticket_id not in self.tickets:
            raise NotFound("no such ticket")
        kinds = frozenset(SurfaceKind) - {SurfaceKind.PREVIEW} if only is None else only
        found = [s for s in self.surfaces[ticket_id] if s.kind in kinds]
        return TicketView(self.tickets[ticket_id], tuple(found), self.clock.now())

    def rewrite(self, view: TicketView, surface: Surface, text: str) -> None:
        self._act("rewrite", surface.id)
        self._check_merged(view)
        place = self._place(view.ticket.id, surface)
        stored = self.surfaces[view.ticket.id][place]
        now = self.tickets[view.ticket.id].grounds
        if stored.content != surface.content or now != view.ticket.grounds:
            raise ChangedMeanwhile("changed")
        if self.keeps_old_subject and surface.kind is SurfaceKind.SUBJECT:
            old = replace(stored, id=f"history:{next(self.ids)}", kind=SurfaceKind.HISTORY)
            self.surfaces[view.ticket.id].append(old)
        content = replace(stored.content, text=text)
        self.surfaces[view.ticket.id][place] = replace(stored, content=content)

    def delete(self, view: TicketView, surface: Surface) -> None:
        self._act("delete", surface.id)
        self._check_merged(view)
        place = self._place(view.ticket.id, surface)
        if self.delete_erases:
            del self.surfaces[view.ticket.id][place]

    def post_note(self, ticket_id: str, text: str, *, media_type: str = "text/plain") -> None:
        self._act("post_note", ticket_id)
        note = Surface(
            id=f"message:{next(self.ids)}",
            kind=SurfaceKind.NOTE,
            content=Text(text[: self.note_limit], media_type),
            role=Role.AGENT,
            created=self.clock.time,
        )
        self.surfaces[self.merged.get(ticket_id, ticket_id)].append(note)

    def create_ticket(self, draft: TicketDraft) -> str:
        self._act("create_ticket", draft.marker)
        subject = Surface("subject", SurfaceKind.SUBJECT, Text(draft.subject))
        return self.write_ticket(
            subject, self.message(draft.body, draft.media_type), department=draft.department
        )

    def fresh(self, draft: TicketDraft) -> Ticket:
        return Ticket("", department=draft.department)

    def set_status(self, ticket_id: str, status: TicketStatus) -> None:
        self._act("set_status", ticket_id, status.value)
        ticket = self.tickets[ticket_id]
        self.tickets[ticket_id] = replace(ticket, status=status, vendor_status=status.value)

    def find_tickets(self, marker: str) -> tuple[str, ...]:
        self._call()
        return self._carrying(marker)

    def _carrying(self, marker: str) -> tuple[str, ...]:
        return tuple(
            ticket_id
            for ticket_id, surfaces in reversed(self.surfaces.items())
            if any(
                s.kind is SurfaceKind.SUBJECT
                and isinstance(s.content, Text)
                and marker in s.content.text
                for s in surfaces
            )
        )

    def changed(self, cursor: str | None, *, now: datetime) -> ChangePage:
        self._call()
        refs = tuple(TicketRef(t.id, t.mark) for t in self.tickets.values())
        return ChangePage(refs[int(cursor or 0) :], str(len(refs)), more=False)

    def history(self, cursor: str | None, *, since: datetime | None) -> ChangePage:
        self._call()
        start = int(cursor or 0)
        ours = set(self._carrying(OUR_MARK))
        refs = tuple(TicketRef(t.id, t.mark, ours=t.id in ours) for t in self.tickets.values())
        return ChangePage(refs[start : start + 10], str(start + 10), start + 10 < len(refs))

    def tag_names(self) -> dict[str, str]:
        self._call()
        return self.names

    def snapshot(self, *, now: datetime) -> Snapshot:
        self._call()
        return Snapshot(now)

    def close(self) -> None:
        return

    def _act(self, *act: str) -> None:
        self._call()
        self.acts.append(act)
        if act[0] in self.deny:
            raise Forbidden("not allowed")

    def _check_merged(self, view: TicketView) -> None:
        if view.ticket.id in self.merged:
            raise ChangedMeanwhile("merged")

    def _place(self, ticket_id: str, surface: Surface) -> int:
        ids = [s.id for s in self.surfaces[ticket_id]]
        if surface.id not in ids:
            raise NotFound("no such surface")
        return ids.index(surface.id)
