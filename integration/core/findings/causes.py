"""The causes that are not checks: how grave, how soon, and who may close the ticket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from integration.core.findings.model import Severity


class Closing(StrEnum):
    """What ends a finding."""

    FACT = "fact"
    """Only the fact: a ticket that is closed by hand while it still holds is opened again."""
    ANSWER = "answer"
    """Only a person: the fact may be over, but a question waits (is it a breach?)."""
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Cause:
    """How findings of one cause are treated."""

    severity: Severity
    closing: Closing
    within: timedelta
    """How long a person has, from the first look that found it."""


CAUSES: Mapping[str, Cause] = {
    # 72 hours: GDPR Art. 33(1), from when the controller became aware.
    "card.sad": Cause(Severity.CRITICAL, Closing.ANSWER, timedelta(hours=72)),
    "card.outbound": Cause(Severity.CRITICAL, Closing.ANSWER, timedelta(hours=72)),
    "card.not_removed": Cause(Severity.CRITICAL, Closing.FACT, timedelta(days=1)),
    "card.unsure": Cause(Severity.MEDIUM, Closing.EITHER, timedelta(days=7)),
    "card.held": Cause(Severity.HIGH, Closing.FACT, timedelta(days=30)),
    "card.waiting": Cause(Severity.HIGH, Closing.FACT, timedelta(days=1)),
    "card.not_scanned": Cause(Severity.MEDIUM, Closing.EITHER, timedelta(days=7)),
    "residue.standing": Cause(Severity.HIGH, Closing.ANSWER, timedelta(days=30)),
    "account.breaker": Cause(Severity.CRITICAL, Closing.FACT, timedelta(hours=4)),
    "account.auth_expired": Cause(Severity.CRITICAL, Closing.FACT, timedelta(hours=4)),
    "account.monitor_ends": Cause(Severity.MEDIUM, Closing.EITHER, timedelta(days=7)),
    "account.hold_tags": Cause(Severity.HIGH, Closing.FACT, timedelta(days=1)),
    "account.text_refused": Cause(Severity.HIGH, Closing.FACT, timedelta(days=1)),
    "due.parked": Cause(Severity.HIGH, Closing.FACT, timedelta(days=1)),
}

CHECK_WITHIN: Mapping[Severity, timedelta] = {
    Severity.CRITICAL: timedelta(days=3),
    Severity.HIGH: timedelta(days=14),
    Severity.MEDIUM: timedelta(days=30),
    Severity.LOW: timedelta(days=90),
}


def closing(cause: str) -> Closing:
    """Who may close it; a failed check is closed by the fact alone."""
    return CAUSES[cause].closing if cause in CAUSES else Closing.FACT


def within(cause: str, severity: Severity) -> timedelta:
    """How long a person has; for a failed check by its severity."""
    return CAUSES[cause].within if cause in CAUSES else CHECK_WITHIN[severity]
