"""The sample ticket: admins say in the helpdesk whether finds are right, by replying to it.

It lists places and links. Replies are read once a day, and when the result is asked for.
"""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import dataclass, field, replace

from integration.core.errors import NotFound
from integration.core.findings import sample_texts
from integration.core.findings.model import fingerprint
from integration.core.findings.sample_texts import Row, row_id
from integration.core.findings.texts import marker
from integration.core.models import TicketStatus, TicketView
from integration.core.policy import Policy
from integration.core.ports import Clock, Connector
from integration.core.rows import VerdictRow
from integration.core.surfaces import Direction, Role, SurfaceKind, Text
from integration.core.tables import Store
from integration.core.text import decode
from integration.services.evaluate import ASKED, Evaluation, Question
from integration.services.our_tickets import OurTickets

STATE = "eval.tickets"
"""Value: the ids of the sample tickets, and the rows that stand in them."""
MOST = 50
"""Finds in one ticket: more would not be answered."""
_REPLIES = frozenset({SurfaceKind.NOTE, SurfaceKind.MESSAGE})


@dataclass(slots=True)
class _Collector:
    """Takes note of the finds instead of asking about them."""

    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Row id -> code and URL of its ticket."""

    def ask(self, question: Question) -> str | None:
        """Asked later, in the ticket."""
        if len(self.links) >= MOST:
            return None
        self.links[row_id(question.row)] = (question.ticket.code, question.ticket.url)
        return ASKED


def offer(
    account: str,
    connector: Connector,
    store: Store,
    policy: Policy,
    clock: Clock,
    *,
    size: int,
    rng: random.Random,
) -> tuple[str, int]:
    """Draw a sample and list its finds in a ticket of ours; its id and how many are in it.

    Finds that were answered, or stand in such a ticket, are not listed again. With none left
    there is no ticket, and the id is empty.
    """
    found = _Collector()
    Evaluation(account, connector, store, policy, clock, found.ask, asks_clean=False).run(size, rng)
    with store.transaction() as tables:
        state = tables.values.get(account, STATE) or {"tickets": [], "rows": []}
        waiting = {row_id(row): row for row in tables.verdicts.list(account) if _waits(row)}
    listed = [
        Row(row, *found.links.get(name, ("", "")))
        for name, row in sorted(waiting.items())
        if name not in state["rows"]
    ]
    if not listed:
        return "", 0
    ticket_id = _ticket(account, connector, policy, listed)
    state["tickets"].append(ticket_id)
    state["rows"] += [row_id(row.verdict) for row in listed]
    with store.transaction() as tables:
        tables.values.put(account, STATE, state)
    return ticket_id, len(listed)


def _ticket(account: str, connector: Connector, policy: Policy, rows: list[Row]) -> str:
    """The ticket that lists these rows; the one that stands, where a crash left one behind."""
    ours = OurTickets(connector, policy.findings_department)
    mark = marker(fingerprint(account, STATE, row_id(rows[0].verdict)))
    standing = ours.found(mark)
    if standing is not None:
        return standing.ticket.id
    return ours.create(sample_texts.render(rows, policy.locale), mark)


def read_answers(account: str, connector: Connector, store: Store) -> int:
    """Take what agents have answered in the sample tickets; how many rows.

    Without a row that waits nothing is read. A ticket with an answer is closed once no row waits.
    """
    with store.transaction() as tables:
        waiting = {row_id(row): row for row in tables.verdicts.list(account) if _waits(row)}
        tickets = (tables.values.get(account, STATE) or {}).get("tickets", []) if waiting else []
    answered: dict[str, str] = {}
    read: list[TicketView] = []
    for ticket_id in tickets:
        with suppress(NotFound):
            read.append(connector.fetch(ticket_id))
            answered |= {name: said for name, said in _said(read[-1]) if name in waiting}
    with store.transaction() as tables:
        for name, said in answered.items():
            tables.verdicts.save(replace(waiting[name], verdict=said))
    if answered and len(answered) == len(waiting):
        _close(connector, read)
    return len(answered)


def _close(connector: Connector, views: list[TicketView]) -> None:
    for view in views:
        if view.ticket.status is TicketStatus.OPEN:
            connector.set_status(view.ticket.id, TicketStatus.CLOSED)


def _said(view: TicketView) -> list[tuple[str, str]]:
    """What agents wrote, in the order of the ticket: the last answer to a row counts."""
    return [
        answer
        for surface in view.surfaces
        if surface.kind in _REPLIES
        and surface.role is Role.AGENT
        and surface.direction is not Direction.INBOUND
        and isinstance(surface.content, Text)
        for answer in sample_texts.answers(
            decode(surface.content.text, surface.content.media_type).text
        )
    ]


def _waits(row: VerdictRow) -> bool:
    return row.verdict == ASKED
