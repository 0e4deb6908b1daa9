"""The sample ticket: admins say in the helpdesk whether finds are right, by replying to it.

It lists places and links. Replies are read once a day, and when the result is asked for.
"""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from integration.core import subjects
from integration.core.errors import Forbidden, NotFound, UnsupportedByHelpdesk
from integration.core.findings import sample_texts
from integration.core.findings.model import fingerprint
from integration.core.findings.sample_texts import Row, row_id
from integration.core.findings.texts import marker
from integration.core.models import Priority, TicketStatus, TicketView
from integration.core.policy import Policy
from integration.core.ports import Clock, Connector
from integration.core.rows import Json, VerdictRow
from integration.core.surfaces import Direction, Role, SurfaceKind, Text
from integration.core.tables import Store, Tables
from integration.core.text import decode
from integration.services.evaluate import ASKED, Evaluation, Question
from integration.services.our_tickets import OurTickets

STATE = "eval.tickets"
"""Value: the ids of the sample tickets, the rows that stand in them, those of one that was begun,
and the tickets that are answered and have to be closed."""
MOST = 50
"""Finds in one ticket: more would not be answered."""
_REPLIES = frozenset({SurfaceKind.NOTE, SurfaceKind.MESSAGE})


@dataclass(slots=True)
class _Collector:
    """Takes note of the finds instead of asking about them."""

    room: int
    """How many more fit in the ticket."""
    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Row id -> code and URL of its ticket."""

    def ask(self, question: Question) -> str | None:
        """Asked later, in the ticket."""
        if len(self.links) >= self.room:
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
    there is no ticket, and the id is empty. A ticket that a crash left half made comes first.
    """
    with store.transaction() as tables:
        begun = _begun(tables, account)
        found = _Collector(MOST - len(_unlisted(tables, account)))
    if not begun:
        ask = found.ask
        Evaluation(account, connector, store, policy, clock, ask, asks_clean=False).run(size, rng)
        with store.transaction() as tables:
            begun = _begin(tables, account)
    if not begun:
        return "", 0
    listed = [Row(row, *found.links.get(name, ("", ""))) for name, row in begun.items()]
    ticket_id = _ticket(account, connector, policy, listed)
    with store.transaction() as tables:
        state = _state(tables, account)
        state["tickets"].append(ticket_id)
        state["rows"] += begun
        tables.values.put(account, STATE, state | {"begun": []})
    return ticket_id, len(listed)


def _state(tables: Tables, account: str) -> Json:
    empty: Json = {"tickets": [], "rows": [], "begun": [], "closing": []}
    return empty | (tables.values.get(account, STATE) or {})


def _unlisted(tables: Tables, account: str) -> list[str]:
    """The rows that were put aside for a ticket and stand in none yet."""
    return sorted(_waiting(tables, account).keys() - set(_state(tables, account)["rows"]))


def _begin(tables: Tables, account: str) -> dict[str, VerdictRow]:
    """Write down which rows a ticket will list, before it is made.

    After a crash it is found, or made, with these rows: none counts as listed that is not.
    """
    state = _state(tables, account)
    begun = list(_begun(tables, account)) or _unlisted(tables, account)[:MOST]
    tables.values.put(account, STATE, state | {"begun": begun})
    return _begun(tables, account)


def _begun(tables: Tables, account: str) -> dict[str, VerdictRow]:
    waiting = _waiting(tables, account)
    return {n: waiting[n] for n in _state(tables, account)["begun"] if n in waiting}


def _ticket(account: str, connector: Connector, policy: Policy, rows: list[Row]) -> str:
    """The ticket that lists these rows; the one that stands, where a crash left one behind."""
    ours = OurTickets(connector, policy.findings_department)
    names = ",".join(row_id(row.verdict) for row in rows)
    mark = marker(fingerprint(account, STATE, names))
    standing = ours.found(mark)
    if standing is not None:
        return standing.ticket.id
    return ours.create(sample_texts.render(rows, policy.locale), mark)


def make_due(tables: Tables, account: str, *, now: datetime) -> None:
    """Ask for a reading of the sample tickets, where a row waits for its answer, or one is open."""
    waits = _waiting(tables, account) or _state(tables, account)["closing"]
    if waits and not tables.due.known(account, (subjects.SAMPLE,)):
        tables.due.upsert(account, subjects.SAMPLE, due_at=now, priority=Priority.SNAPSHOT)


def read_answers(account: str, connector: Connector, store: Store) -> int:
    """Take what agents have answered in the sample tickets; how many rows.

    Without a row that waits no answer is read. The tickets are closed once no row waits.
    """
    with store.transaction() as tables:
        waiting = _waiting(tables, account)
        tickets = _state(tables, account)["tickets"] if waiting else []
    answered: dict[str, str] = {}
    read: list[str] = []
    for ticket_id in tickets:
        with suppress(NotFound):
            view = connector.fetch(ticket_id)
            read.append(ticket_id)
            answered |= {name: said for name, said in _said(view) if name in waiting}
    with store.transaction() as tables:
        for name, said in answered.items():
            tables.verdicts.save(replace(waiting[name], verdict=said))
        if answered and len(answered) == len(waiting):
            tables.values.put(account, STATE, _state(tables, account) | {"closing": read})
    _close(account, connector, store)
    return len(answered)


def _close(account: str, connector: Connector, store: Store) -> None:
    """Close what is answered, now or after an earlier reading in which that failed.

    Where we may not, it stays open for a person.
    """
    with store.transaction() as tables:
        closing = _state(tables, account)["closing"]
    for ticket_id in closing:
        with suppress(NotFound, Forbidden, UnsupportedByHelpdesk):
            if connector.fetch(ticket_id).ticket.status is TicketStatus.OPEN:
                connector.set_status(ticket_id, TicketStatus.CLOSED)
    if closing:
        with store.transaction() as tables:
            tables.values.put(account, STATE, _state(tables, account) | {"closing": []})


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


def _waiting(tables: Tables, account: str) -> dict[str, VerdictRow]:
    """The rows without an answer, by what they are called."""
    rows = tables.verdicts.list(account)
    return {row_id(row): row for row in rows if row.verdict == ASKED}
