"""The rate breaker: too many removals in an hour pause the account and ask a person."""

from __future__ import annotations

from datetime import datetime, timedelta

from integration.core.findings.account import breaker
from integration.core.policy import Policy
from integration.core.tables import Tables
from integration.services import pausing
from integration.services.findings import observe_account

WEEK = timedelta(days=7)
ANSWERED = "breaker"
"""Value: since when removals count, because a person has let the account go on."""
FLOOR = 30
"""A quiet account may always remove so many an hour: three times nearly nothing means nothing."""


def limit(tables: Tables, account: str, policy: Policy, *, now: datetime) -> int:
    """How many removals this account may make within an hour.

    The usual hour is the last week's mean; before there is one, only the fixed limit holds.
    """
    last_week = tables.redactions.removed_since(account, now - WEEK)
    usual_limit = round(policy.usual_factor * last_week / (WEEK / timedelta(hours=1)))
    row = tables.accounts.get(account)
    young = row is None or row.created is None or now - row.created < WEEK
    if young or last_week == 0:
        return policy.max_removals_per_hour
    return min(policy.max_removals_per_hour, max(FLOOR, usual_limit))


def trips(tables: Tables, account: str, policy: Policy, *, planned: int, now: datetime) -> bool:
    """Whether removing so many more now would be out of the usual."""
    removed = _removed(tables, account, now=now)
    return removed + planned > limit(tables, account, policy, now=now)


def pause(tables: Tables, account: str, policy: Policy, *, planned: int, now: datetime) -> None:
    """Stop every write of the account and ask the admin why there is so much."""
    removed = planned + _removed(tables, account, now=now)
    facts = breaker(removed=removed, limit=limit(tables, account, policy, now=now))
    pausing.pause(tables, account, pausing.BREAKER, now=now)
    observe_account(tables, account, "account.breaker", facts, now=now)


def count_anew(tables: Tables, account: str, *, now: datetime) -> None:
    """A person said to go on: what was removed until now is answered for."""
    tables.values.put(account, ANSWERED, {"since": now.isoformat()})


def _removed(tables: Tables, account: str, *, now: datetime) -> int:
    since = now - timedelta(hours=1)
    if answered := tables.values.get(account, ANSWERED):
        since = max(since, datetime.fromisoformat(answered["since"]))
    return tables.redactions.removed_since(account, since)
