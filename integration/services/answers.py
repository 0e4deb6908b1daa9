"""Whether people have closed decision tickets: each of them is read by a due row of its own.

So neither a spent request budget nor a ticket that cannot be read keeps the others from being read.
"""

from __future__ import annotations

from datetime import datetime

from integration.core import subjects
from integration.core.errors import NotFound
from integration.core.findings.model import Finding, Observation, Seen, State
from integration.core.findings.texts import is_marked, marker
from integration.core.models import Priority, TicketStatus
from integration.core.ports import Clock, Connector
from integration.core.surfaces import SurfaceKind
from integration.core.tables import Store, Tables
from integration.services.due import make_all_due
from integration.services.findings import observe

CLOSED = frozenset({TicketStatus.CLOSED, TicketStatus.DELETED, TicketStatus.SPAM})
_SUBJECT = frozenset({SurfaceKind.SUBJECT})
"""All that is read: the subject bears the mark, and with it comes the status as it is now."""


def make_due(tables: Tables, account: str, *, now: datetime) -> None:
    """Ask for a reading of every decision ticket; one that is set aside waits for a person."""
    found = tables.findings.list(account, states=(State.OPEN,))
    asked = {subjects.of_answer(f.fingerprint) for f in found if f.ticket_id}
    aside = {row["subject"] for row in tables.due.rows(account, parked=True)}
    make_all_due(tables, account, asked - aside, Priority.SNAPSHOT, now=now)


def read(account: str, connector: Connector, store: Store, clock: Clock, fingerprint: str) -> bool:
    """Look whether a person has closed the decision ticket of a finding, and what that means.

    One about which something waits to be told is left for the next time.
    """
    with store.transaction() as tables:
        finding = _asked(tables, account, fingerprint)
    if finding is None or not _is_closed(connector, finding):
        return False
    with store.transaction() as tables:
        if _asked(tables, account, fingerprint) != finding:
            return False  # it was seen anew meanwhile: the answer may be older than that
        observe(tables, [_closed_by_hand(finding)], now=clock.now())
    return True


def _asked(tables: Tables, account: str, fingerprint: str) -> Finding | None:
    """The finding, while its ticket stands and says all there is to say."""
    finding = tables.findings.get(account, fingerprint)
    if finding is None or finding.state is not State.OPEN or not finding.ticket_id:
        return None
    told = {row.payload.get("fingerprint") for row in tables.outbox.waiting(account)}
    return None if fingerprint in told else finding


def _is_closed(connector: Connector, finding: Finding) -> bool:
    try:
        view = connector.fetch(finding.ticket_id or "", only=_SUBJECT)
    except NotFound:
        return True
    return view.ticket.status in CLOSED and is_marked(view, marker(finding.fingerprint))


def _closed_by_hand(finding: Finding) -> Observation:
    return Observation(
        finding.account,
        finding.cause,
        finding.resource,
        Seen.CLOSED_BY_HAND,
        finding.severity,
        finding.facts,
    )
