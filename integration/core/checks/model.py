"""What a check is: a pure function over a snapshot, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from integration.core.findings.model import Severity
from integration.core.models import Snapshot
from integration.core.policy import Policy


class Status(StrEnum):
    """What a check answers. Unknown is never a pass."""

    PASS = "pass"  # noqa: S105  # a verdict, not a password
    FAIL = "fail"
    UNKNOWN = "unknown"
    """The helpdesk could tell, but hides it from this key, or tells nothing about this one."""
    NOT_SUPPORTED = "not_supported"
    """This helpdesk cannot tell at all."""
    ERROR = "error"
    """Reading it failed this time."""


@dataclass(frozen=True, slots=True)
class Result:
    """The answer of one check about one resource."""

    check: str
    status: Status
    resource: str
    """`agent:ID`, `api_key:ID` or `account`."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Ids, slugs and counts that decided it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check function says of one resource; `run` adds the check's name."""

    status: Status
    resource: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Metadata:
    """A check's entry in the TOML beside it."""

    id: str
    severity: Severity
    needs: tuple[str, ...]
    """Facts of the snapshot without which it cannot be answered (`Snapshot.readable`)."""
    texts: Mapping[str, Mapping[str, str]]
    """`title`, `why`, `fix` -> locale -> text. The title states the good condition."""
    params: Mapping[str, Any] = field(default_factory=dict)

    def say(self, what: str, locale: str) -> str:
        """One of its texts in a locale; English where there is no such locale."""
        by_locale = self.texts[what]
        return by_locale.get(locale, by_locale["en"])


@dataclass(frozen=True, slots=True)
class Look:
    """All that a check function may look at."""

    snapshot: Snapshot
    policy: Policy
    params: Mapping[str, Any]
    now: datetime


CheckFunction = Callable[[Look], Iterator[Verdict]]
