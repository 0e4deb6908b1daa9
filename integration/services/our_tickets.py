"""Our own tickets in a helpdesk: each made once, each text posted once, all of it looked through.

A ticket is known by its marker, a note by its reference, so what already stands is not written
again, whoever wrote it. Every text passes the card detector before it is sent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from integration.core.errors import NotFound
from integration.core.findings.texts import TicketText, is_marked
from integration.core.models import TicketDraft, TicketStatus, TicketView
from integration.core.ports import Connector, OnStep
from integration.core.surfaces import Text
from integration.services import gate

GONE = frozenset({TicketStatus.DELETED, TicketStatus.SPAM})


@dataclass(frozen=True, slots=True)
class OurTickets:
    """The tickets that we write, and nobody else's. Raises `gate.TextRefused` for a card number."""

    connector: Connector
    department: str | None
    """Where new ones are made; None: where the account makes them."""
    may_write: Callable[[], None] = lambda: None
    """Asked before each write; raises when another worker is at it."""
    on_step: OnStep = lambda _step: None

    def create(self, text: TicketText, mark: str) -> str:
        """Make a ticket; its id."""
        subject = f"{text.subject} {mark}"
        gate.check(f"{subject}\n{text.body}")
        self._before("create")
        draft = TicketDraft(subject, text.body, mark, self.department)
        ticket_id = self.connector.create_ticket(draft)
        self.on_step("created")
        return ticket_id

    def found(self, mark: str) -> TicketView | None:
        """The one with a marker, wherever it was made; None when there is none."""
        self.on_step("before look")
        views = (self.view(found, mark) for found in self.connector.find_tickets(mark))
        return next((view for view in views if view is not None), None)

    def view(self, ticket_id: str | None, mark: str) -> TicketView | None:
        """One as it stands; None when there is none, it is not ours, or it was thrown away."""
        try:
            view = self.connector.fetch(ticket_id) if ticket_id else None
        except NotFound:
            return None
        ours = view is not None and is_marked(view, mark) and view.ticket.status not in GONE
        return view if ours else None

    def post(self, view: TicketView, text: str, reference: str) -> None:
        """Post a note that holds its `reference`, unless that stands there already."""
        texts = (s.content.text for s in view.surfaces if isinstance(s.content, Text))
        if any(reference in text for text in texts):
            return
        gate.check(text)
        self._before("note")
        self.connector.post_note(view.ticket.id, text)
        self.on_step("noted")

    def set_status(self, view: TicketView, status: TicketStatus) -> None:
        """Open or close one that is not so."""
        if view.ticket.status is status:
            return
        self._before("status")
        self.connector.set_status(view.ticket.id, status)
        self.on_step("status")

    def _before(self, write: str) -> None:
        self.may_write()
        self.on_step(f"before {write}")
