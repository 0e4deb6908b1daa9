"""Giving a claimed row back after a failure: later, or set aside for a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from integration.core.errors import AuthExpired, DeskwardenError, RateLimited, RetryableError
from integration.core.rows import Claim
from integration.core.tables import Tables
from integration.services.findings import observe_parked

MAX_ATTEMPTS = 8
ATTEMPTS: Mapping[str, int] = {"server_error": 20, "broken_answer": 20}
"""A helpdesk that fails may fail for this ticket only, or for all for an afternoon: some hours."""
MOST_LOST = 2 * MAX_ATTEMPTS
"""A row that so many workers in a row took and never gave back may be what kills them."""
PATIENT = frozenset(
    {"rate_limited", "unavailable", "timeout", "no_connection"}
    | {"paused", "breaker", "store_unavailable", "self_test"}
)
"""Reasons that lie outside the ticket: they are waited for, not counted against it."""
OF_THIS_HOST = frozenset({"sealed_with_other_key", "config"})
"""Reasons that lie in the keys or settings of this host: another may do the work meanwhile."""
HOST_PATIENCE = timedelta(hours=1)
"""Of trying: then no host can do it."""
PATIENCE = timedelta(days=3)
"""Of trying: a pause, or an outage of ours, uses up none of it."""
FIRST_WAIT = 2.0
LONGEST_WAIT = 900.0


class Handback(StrEnum):
    """What became of a claim."""

    DONE = "done"
    RETRIED = "retried"
    PARKED = "parked"
    PUT_BACK = "put_back"
    """Not begun: the time of the run was over."""


def backoff(attempts: int, retry_after: float | None) -> float:
    """Seconds until the next attempt: doubling, capped, never sooner than the helpdesk asked.

    >>> [backoff(n, None) for n in (1, 2, 3, 20)]
    [2.0, 4.0, 8.0, 900.0]
    >>> backoff(1, 30.0)
    30.0
    """
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(attempts - 1, 20))
    return max(wait, retry_after or 0.0)


def is_spent(claim: Claim, error: DeskwardenError, *, now: datetime) -> bool:
    """Whether trying again has no sense without a person."""
    if isinstance(error, AuthExpired):
        return False  # the account is paused; the row waits for the new key
    if error.reason in OF_THIS_HOST:
        return now - claim.tried_since > HOST_PATIENCE
    if not isinstance(error, RetryableError):
        return True
    if error.reason in PATIENT:
        return now - claim.tried_since > PATIENCE
    return claim.attempts >= ATTEMPTS.get(error.reason, MAX_ATTEMPTS)


def hand_back(tables: Tables, claim: Claim, error: DeskwardenError, *, now: datetime) -> Handback:
    """Release the row until later, or park it with a finding that says so."""
    if not is_spent(claim, error, now=now):
        # A spent budget says when there is more; waiting longer each time would only add delay.
        attempts = 1 if isinstance(error, RateLimited) else claim.attempts
        wait = backoff(attempts, getattr(error, "retry_after", None))
        tables.due.retry(claim, due_at=now + timedelta(seconds=wait), reason=error.reason)
        return Handback.RETRIED
    if tables.due.park(claim, reason=error.reason):
        observe_parked(tables, claim.account, now=now)
    return Handback.PARKED
