"""The access-control run: snapshot, checks, results, findings and what is told, in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from integration.core.checks.model import Result, Status
from integration.core.checks.run import failed_reading, run
from integration.core.errors import AuthExpired, NotFound, PermanentError
from integration.core.findings.grouping import observations
from integration.core.findings.model import Finding, Observation, Seen, State
from integration.core.findings.texts import People, is_marked, marker, people_of
from integration.core.models import Snapshot, TicketStatus
from integration.core.policy import Policy
from integration.core.ports import Clock, Connector
from integration.core.rows import RecordType
from integration.core.tables import Store
from integration.services import readers
from integration.services.accounts import observe_residue
from integration.services.findings import observe

CLOSED = frozenset({TicketStatus.CLOSED, TicketStatus.DELETED, TicketStatus.SPAM})


@dataclass(frozen=True, slots=True)
class AccessReport:
    """What one run found."""

    results: Mapping[str, int]
    """Status -> how many results have it."""
    closed_by_hand: int = 0
    """Decision tickets that people closed: answered, or opened again where the cause remains."""
    people: People = field(default_factory=dict, repr=False)
    """What agents and keys are called, for who asked for the run: it is not stored."""


def check_access(
    account: str, connector: Connector, store: Store, policy: Policy, clock: Clock
) -> AccessReport:
    """Check who has access and how, and bring the findings and decision tickets up to date.

    A snapshot that is refused for good is an `error` of every check. Raises RetryableError and
    AuthExpired: then nothing is recorded and the run is made again.
    """
    snapshot, results = _look(connector, policy, clock)
    capabilities = connector.capabilities()
    now = clock.now()
    with store.transaction() as tables:
        known = {f.fingerprint: f for f in tables.findings.list(account)}
        rows = [
            {
                "check": r.check,
                "status": r.status.value,
                "resource": r.resource,
                "facts": dict(r.facts),
            }
            for r in results
        ]
        tables.results.replace(account, rows, at=now)
        if snapshot is not None:
            readers.remember(tables, account, snapshot)
        observe(tables, observations(account, results, known), now=now)
        if tables.accounts.get(account):
            observe_residue(tables, account, capabilities, policy, now=now)
        counts = {s.value: sum(r.status is s for r in results) for s in Status}
        tables.audit.append(account, {"type": RecordType.ACCESS_CHECKED, "results": counts}, at=now)
    closed = read_answers(account, connector, store, clock)
    return AccessReport(counts, closed, people_of(snapshot) if snapshot else {})


def _look(
    connector: Connector, policy: Policy, clock: Clock
) -> tuple[Snapshot | None, list[Result]]:
    now = clock.now()
    try:
        snapshot = connector.snapshot(now=now)
    except AuthExpired:
        raise
    except PermanentError as error:
        return None, failed_reading(error.reason)
    return snapshot, run(snapshot, policy, now)


def read_answers(account: str, connector: Connector, store: Store, clock: Clock) -> int:
    """Look which decision tickets a person has closed; how many there were.

    Tickets about which something waits to be told are left for the next time.
    """
    with store.transaction() as tables:
        told = {row.payload.get("fingerprint") for row in tables.outbox.waiting(account)}
        standing = [
            f
            for f in tables.findings.list(account, states=(State.OPEN,))
            if f.ticket_id and f.fingerprint not in told
        ]
    closed = [f for f in standing if _is_closed(connector, f)]
    with store.transaction() as tables:
        observe(tables, [_closed_by_hand(f) for f in closed], now=clock.now())
    return len(closed)


def _is_closed(connector: Connector, finding: Finding) -> bool:
    try:
        view = connector.fetch(finding.ticket_id or "")
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
