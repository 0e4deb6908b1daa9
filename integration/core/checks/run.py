"""Running every check over one snapshot. What cannot be read is never a pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from integration.core.checks import access, keys
from integration.core.checks.catalogue import METADATA
from integration.core.checks.model import CheckFunction, Look, Metadata, Result, Status
from integration.core.models import Snapshot
from integration.core.policy import Policy

CHECKS: Mapping[str, CheckFunction] = {**access.CHECKS, **keys.CHECKS}
"""Check id -> its function. Its texts, needs and limits are in `METADATA`."""


def run(snapshot: Snapshot, policy: Policy, now: datetime) -> list[Result]:
    """The answers of all checks, in the order of the table."""
    return [
        result
        for check, function in CHECKS.items()
        for result in _run(METADATA[check], function, snapshot, policy, now)
    ]


def failed_reading(reason: str) -> list[Result]:
    """The answers when the snapshot itself could not be taken: an error for every check."""
    return [Result(check, Status.ERROR, "account", {"reason": reason}) for check in CHECKS]


def _run(
    check: Metadata, function: CheckFunction, snapshot: Snapshot, policy: Policy, now: datetime
) -> Iterator[Result]:
    if obstacle := _obstacle(check, snapshot):
        yield obstacle
        return
    for verdict in function(Look(snapshot, policy, check.params, now)):
        yield Result(check.id, verdict.status, verdict.resource, verdict.facts)


def _obstacle(check: Metadata, snapshot: Snapshot) -> Result | None:
    """Why it cannot be answered at all: the platform, a failed call, or our key."""
    for fact in check.needs:
        if fact in snapshot.errors:
            facts = {"fact": fact, "reason": snapshot.errors[fact]}
            return Result(check.id, Status.ERROR, "account", facts)
        if fact in snapshot.readable:
            continue
        status = Status.UNKNOWN if fact in snapshot.supported else Status.NOT_SUPPORTED
        return Result(check.id, status, "account", {"fact": fact})
    return None
