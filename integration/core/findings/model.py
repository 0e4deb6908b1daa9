"""A finding: one cause that needs a person. Identity is place and cause, never content or time."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How soon it must be dealt with."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class State(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause in one account, with what a record of response actions must say (PCI 12.10.7)."""

    account: str
    fingerprint: str
    cause: str
    """A check id (`access.two_factor.admins`) or a card-data cause (`card.sad`, `card.outbound`,
    `card.not_removed`, `card.unsure`, `residue.standing`, `account.breaker` ...)."""
    resource: str
    """`ticket:ID`, `account`, ... what it is about."""
    severity: Severity
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Ids, slugs, counts, times: what the texts are filled with. Never text, never digits."""
    state: State = State.OPEN
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    due: datetime | None = None
    ticket_id: str | None = None
    """The decision ticket in the helpdesk, once it stands."""
    reopened: int = 0


def fingerprint(account: str, cause: str, resource: str) -> str:
    """The identity of a finding: 16 hex digits over account, cause and resource.

    >>> fingerprint("acme", "card.sad", "ticket:1") == fingerprint("acme", "card.sad", "ticket:1")
    True
    """
    text = "\x1f".join(("v1", account, cause, resource))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
