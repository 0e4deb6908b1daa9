"""The access-control run: snapshot, checks, results, findings and what is told, in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from integration.core.checks.model import Result, Status
from integration.core.checks.run import failed_reading, run
from integration.core.errors import AuthExpired, PermanentError
from integration.core.findings.grouping import observations
from integration.core.findings.texts import People, people_of
from integration.core.models import Snapshot
from integration.core.policy import Policy
from integration.core.ports import Clock, Connector
from integration.core.rows import RecordType
from integration.core.tables import Store
from integration.services import answers, readers
from integration.services.accounts import observe_residue
from integration.services.findings import observe


@dataclass(frozen=True, slots=True)
class AccessReport:
    """What one run found."""

    results: Mapping[str, int]
    """Status -> how many results have it."""
    people: People = field(default_factory=dict, repr=False)
    """What agents and keys are called, for who asked for the run: it is not stored."""


def check_access(
    account: str, connector: Connector, store: Store, policy: Policy, clock: Clock
) -> AccessReport:
    """Check who has access and how, and bring the findings and decision tickets up to date.

    Whether people have closed decision tickets is made due with it, and read by rows of their own.
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
        answers.make_due(tables, account, now=now)
    return AccessReport(counts, people_of(snapshot) if snapshot else {})


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
