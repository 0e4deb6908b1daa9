"""The rate breaker: removals from too many tickets in an hour pause the account and ask a person.

Tickets are counted, not texts: one card is one text in one helpdesk and six in another, which keeps
a copy of every mail.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from integration.core.findings.account import breaker
from integration.core.policy import Policy
from integration.core.tables import Tables
from integration.services import pausing
from integration.services.findings import observe_account

WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)
ANSWERED = "breaker"
"""Value: since when removals count, because a person has let the account go on."""
FLOOR = 30
"""Tickets that a quiet account may always change: three times nearly nothing means nothing."""


def limit(tables: Tables, account: str, policy: Policy, *, now: datetime) -> int:
    """From how many tickets something may be removed within an hour.

    The usual hour is the mean of the last week's hours in which anything was: nights and Sundays
    say nothing of a Monday morning. The hour that is judged is none of them. Before there is a
    week, only the fixed limit holds.
    """
    tickets, hours = tables.redactions.removed_in(account, now - WEEK, until=now - HOUR)
    row = tables.accounts.get(account)
    young = row is None or row.created is None or now - row.created < WEEK
    if young or hours == 0:
        return policy.max_tickets_per_hour
    usual_limit = round(policy.usual_factor * tickets / hours)
    return min(policy.max_tickets_per_hour, max(FLOOR, usual_limit))


def trips(tables: Tables, account: str, policy: Policy, *, ticket: str, now: datetime) -> bool:
    """Whether removing from this ticket, too, would be out of the usual."""
    return _changed(tables, account, ticket, now=now) > limit(tables, account, policy, now=now)


def pause(tables: Tables, account: str, policy: Policy, *, ticket: str, now: datetime) -> None:
    """Stop every write of the account and ask the admin why there is so much."""
    changed = _changed(tables, account, ticket, now=now)
    facts = breaker(tickets=changed, limit=limit(tables, account, policy, now=now))
    pausing.pause(tables, account, pausing.BREAKER, now=now)
    observe_account(tables, account, "account.breaker", facts, now=now)


def count_anew(tables: Tables, account: str, *, now: datetime) -> None:
    """A person said to go on: what was removed until now is answered for."""
    tables.values.put(account, ANSWERED, {"since": now.isoformat()})


def _changed(tables: Tables, account: str, ticket: str, *, now: datetime) -> int:
    """How many tickets this hour has with this one."""
    since = now - HOUR
    if answered := tables.values.get(account, ANSWERED):
        since = max(since, datetime.fromisoformat(answered["since"]))
    return 1 + tables.redactions.removed_in(account, since, besides=ticket).tickets
