"""Tickets that wait for a chat or call to end: when they are looked at again, and what is news."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from integration.core.capabilities import Outcome
from integration.core.models import Priority
from integration.core.rows import Claim, WaitingRow
from integration.core.tables import Tables
from integration.services.result import Result

SOONEST = timedelta(minutes=1)
LATEST = timedelta(minutes=10)
"""The longest that its end may go unnoticed where the helpdesk tells nothing of it."""
PART = 4
"""It is looked at again after this part of the time that it has waited."""
UNASKED = frozenset({Priority.RECHECK, Priority.RECONCILE})
"""Looks that nobody has asked for: they come again and again as long as it waits."""


def look_again(since: datetime, now: datetime) -> timedelta:
    """After how long it is looked at again, if nothing wakes it before.

    >>> start = datetime(2026, 3, 1)
    >>> [str(look_again(start, start + timedelta(minutes=m))) for m in (0, 20, 600)]
    ['0:01:00', '0:05:00', '0:10:00']
    """
    return min(LATEST, max(SOONEST, (now - since) / PART))


def places(result: Result) -> int:
    """In how many places something waits."""
    return list((result.outcomes or {}).values()).count(Outcome.PENDING)


def is_news(said: Mapping[str, Any], before: WaitingRow | None, claim: Claim | None) -> bool:
    """Whether a look is to be recorded: one that nobody asked for and that finds the same is not.

    `before`: how it waited until now, or None.
    """
    if before is None or claim is None or claim.priority not in UNASKED:
        return True
    return _of_the_ticket(said) != _of_the_ticket(before.said)


def _of_the_ticket(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name != "source"}


def remember(
    tables: Tables,
    result: Result,
    said: Mapping[str, Any],
    before: WaitingRow | None,
    *,
    since: datetime,
) -> None:
    """That it waits and since when, or that it does no more."""
    if waits := places(result):
        row = WaitingRow(result.account, result.ticket, since, waits, dict(said))
        tables.waiting.save(row)
    elif before is not None:
        tables.waiting.end(result.account, result.ticket)
