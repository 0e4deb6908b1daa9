"""Findings about an account as a whole: the facts that their texts are filled with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from integration.core.findings.causes import CAUSES
from integration.core.findings.model import Observation, Seen


def observe(
    account: str,
    cause: str,
    facts: Mapping[str, Any] | None = None,
    *,
    seen: Seen = Seen.FAIL,
    resource: str = "account",
    due: datetime | None = None,
) -> Observation:
    """One look at an account-wide cause; `facts` of a failure are what its function here makes."""
    return Observation(account, cause, resource, seen, CAUSES[cause].severity, facts or {}, due)


def residue(keys: Sequence[str], *, owner: str, expires: datetime) -> dict[str, Any]:
    """`residue.standing`: copies no API can read, by message key, and who answers for them.

    `owner` is a name, a role or an agent's id; empty for nobody yet.
    """
    return {
        "residue": list(keys),
        "owner": owner,
        "expires": expires.isoformat(),
        "members": sorted(keys),
    }


def breaker(*, tickets: int, limit: int) -> dict[str, Any]:
    """`account.breaker`: from so many tickets within an hour, of so many at most."""
    return {"tickets": tickets, "limit": limit}


def monitor_ends(
    *, begun: datetime, until: datetime, tickets: int, surfaces: int
) -> dict[str, Any]:
    """`account.monitor_ends`: when, and in how many tickets and places data was left alone.

    Each time of watching is a member: an answer to one says nothing of the next.
    """
    return {
        "until": until.isoformat(),
        "tickets": tickets,
        "surfaces": surfaces,
        "members": [watched_time(begun, until)],
    }


def watched_time(begun: datetime, until: datetime) -> str:
    """A time of watching as a member of its question (an interval of ISO 8601)."""
    return f"{begun.isoformat()}/{until.isoformat()}"


def hold_tags(tags: Sequence[str]) -> dict[str, Any]:
    """`account.hold_tags`: names in the policy's hold that no tag of the helpdesk has."""
    return {"tags": list(tags), "members": list(tags)}


def parked(subjects: Mapping[str, str]) -> dict[str, Any]:
    """`due.parked`: subject (`ticket:ID`) -> the reason slug of its last failure."""
    return {"subjects": dict(sorted(subjects.items())), "members": sorted(subjects)}


def text_refused(*, reference: str) -> dict[str, Any]:
    """`account.text_refused` (resource: `outbox:REFERENCE`): a text of ours that was not sent."""
    return {"reference": reference}
