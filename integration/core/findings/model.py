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
    """A check id (`access.two_factor.admins`) or one of `findings.causes.CAUSES`."""
    resource: str
    """`ticket:ID`, `account`, ... what it is about."""
    severity: Severity
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Ids, slugs, counts, times: what the texts are filled with. Never text, never digits.
    `members` names what it is about in detail: a note is written only when they change."""
    state: State = State.OPEN
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    due: datetime | None = None
    ticket_id: str | None = None
    """The decision ticket in the helpdesk, once it stands."""
    reopened: int = 0

    @property
    def members(self) -> frozenset[str]:
        """What it is about in detail: `agent:ID`, `message:502=manual`."""
        return members(self.facts)


class Seen(StrEnum):
    """What a look at a cause found."""

    FAIL = "fail"
    PASS = "pass"  # noqa: S105  # a verdict, not a password
    UNKNOWN = "unknown"
    """It could not be told, or it is not settled yet: opens nothing, closes nothing."""
    ERROR = "error"
    """Looking failed: opens nothing, closes nothing."""
    VANISHED = "vanished"
    """What it was about is no longer there."""
    CLOSED_BY_HAND = "closed_by_hand"
    """A person closed the decision ticket."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One look at one cause: the input of the lifecycle."""

    account: str
    cause: str
    resource: str
    seen: Seen
    severity: Severity
    facts: Mapping[str, Any] = field(default_factory=dict)
    due: datetime | None = None
    """A deadline of its own (a hold, a date); else the usual time for this cause."""

    @property
    def fingerprint(self) -> str:
        """The identity of the finding that it is about."""
        return fingerprint(self.account, self.cause, self.resource)

    @property
    def members(self) -> frozenset[str]:
        """What it is about in detail."""
        return members(self.facts)


def members(facts: Mapping[str, Any]) -> frozenset[str]:
    """The `members` of the facts of a finding."""
    return frozenset(facts.get("members", ()))


_LETTERS = str.maketrans("0123456789", "ghijklmnop")
_DIGITS = str.maketrans("ghijklmnop", "0123456789")


def lettered(hexadecimal: str) -> str:
    """Hex digits as letters (0-9 become g-p), so that no part can be taken for a card number.

    >>> lettered("4111beef")
    'khhhbeef'
    """
    return hexadecimal.translate(_LETTERS)


def unlettered(text: str) -> str:
    """The hex digits that were written as letters.

    >>> unlettered("khhhbeef")
    '4111beef'
    """
    return text.translate(_DIGITS)


def fingerprint(account: str, cause: str, resource: str) -> str:
    """The identity of a finding: 16 letters over account, cause and resource.

    >>> fingerprint("acme", "card.sad", "ticket:1") == fingerprint("acme", "card.sad", "ticket:1")
    True
    """
    text = "\x1f".join(("v1", account, cause, resource))
    return lettered(hashlib.sha256(text.encode()).hexdigest()[:16])
