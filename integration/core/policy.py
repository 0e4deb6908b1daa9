"""Policy: what to do per kind of data, when, and what is never touched. Parsed from one TOML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from integration.core.formats import NumberFormat
from integration.core.mode import Mode
from integration.core.patterns import OwnPatterns
from integration.core.spans import NATIONAL_IDS, Action, Kind, Span

if TYPE_CHECKING:
    from integration.core.models import Ticket

BESIDE_CARD = frozenset({Kind.CVV, Kind.EXPIRY, Kind.PIN})
"""Kinds that are found by the card beside them: once it is masked they would stay unseen."""
SECRETS = (Kind.PASSWORD, Kind.ONE_TIME_CODE)
"""Kinds that are told by words alone: a text without a digit may hold one."""
_BETWEEN = re.compile(r"[-_]+")
SAD = frozenset(kind for kind in Kind if kind.is_sad)
"""Sensitive authentication data: never kept at all (PCI DSS 3.3.1)."""


USUAL_HOLD_TAGS = frozenset(
    {
        *("dispute", "chargeback", "legal hold", "litigation hold", "litigation", "police"),
        *("access request", "subject access request", "dsar"),
        *("tvist", "tilbakeføring", "slettesperre", "bevissikring", "rettssak", "politi"),
        *("politisak", "innsyn", "innsynskrav", "innsynsbegjæring"),
    }
)
"""What people call the tags of a hold, `folded`: these hold where the policy names no tags."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Tickets that are never deleted from: a dispute, a police matter, an access request."""

    tags: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    requesters: frozenset[str] = frozenset()
    usual: frozenset[str] = frozenset()
    """Tags that hold without being named by the policy."""

    def covers(self, ticket: Ticket) -> bool:
        """Whether this ticket is under a hold."""
        return bool(
            (ticket.tags and _folded(self.tags | self.usual) & _folded(ticket.tags))
            or (ticket.department in self.departments)
            or (ticket.requester in self.requesters)
        )

    @property
    def is_named(self) -> bool:
        """Whether the policy names one: worth a call to see whether it has begun meanwhile."""
        return bool(self.tags or self.departments or self.requesters)


DEFAULT_ACTIONS: Mapping[Kind, Action] = {
    Kind.PAN: Action.REDACT,
    Kind.CVV: Action.REDACT,
    Kind.TRACK: Action.REDACT,
    Kind.PIN: Action.REDACT,
    Kind.EXPIRY: Action.REDACT,
    **dict.fromkeys(NATIONAL_IDS, Action.REPORT),
    Kind.PASSWORD: Action.REPORT,
    Kind.ONE_TIME_CODE: Action.REPORT,
    Kind.OWN_PATTERN: Action.REPORT,
    Kind.IBAN: Action.COUNT,
    Kind.NO_KONTO: Action.COUNT,
    Kind.DOB: Action.COUNT,
}
"""What is done with each kind when the policy does not say; an expiry goes beside a card only."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What to do per kind of data, in which mode, within which limits."""

    mode: Mode = Mode.MONITOR
    monitor_until: date | None = None
    """The day on which monitoring ends with a question to the admin."""
    actions: Mapping[Kind, Action] = field(default_factory=lambda: dict(DEFAULT_ACTIONS))
    redact_from: float = 0.5
    """Confidence below which an irreversible act becomes a report (0 to 1)."""
    spelled_out: bool = True
    """Whether card numbers that are written as words are looked for."""
    formats: tuple[NumberFormat, ...] = ()
    """Of the account's own numbers that look like cards; two persons have vouched for each."""
    patterns: OwnPatterns | None = None
    """What else is sensitive in this account."""
    enforce_departments: frozenset[str] | None = None
    """Where enforce is unlocked; None means everywhere."""
    enforce_kinds: frozenset[Kind] | None = None
    """For which kinds enforce is unlocked; None means all."""
    hold: Hold = Hold(usual=USUAL_HOLD_TAGS)
    hold_days: int = 30
    """Days until the deadline in the finding of a held ticket."""
    chat_hours: int = 24
    """Hours after which a person is told of data that waits for a chat or call to end."""
    max_tickets_per_hour: int = 200
    """The rate breaker pauses the account and asks when more tickets than this are changed ..."""
    usual_factor: float = 3.0
    """... or this many times the usual hour."""
    locale: str = "en"
    findings_department: str | None = None
    residue_owner: str = ""
    """Who answers for the copies that no interface reaches: a role, a name or an agent's id."""
    max_admins: int = 5
    free_mail_domains: frozenset[str] = frozenset()
    seeks_secrets: bool = field(init=False, compare=False, repr=False)
    """Whether passwords and one-time codes matter at all; asked of every text."""

    def __post_init__(self) -> None:
        actions = (self.actions.get(kind, Action.REPORT) for kind in SECRETS)
        seeks = any(action is not Action.IGNORE for action in actions)
        object.__setattr__(self, "seeks_secrets", seeks)

    def action(self, kind: Kind, confidence: float) -> Action:
        """What to do with a span of this kind; an unsure irreversible act becomes a report."""
        action = self.actions.get(kind, Action.REPORT)
        if action is not Action.REDACT or confidence >= self.redact_from:
            return action
        return Action.IGNORE if kind is Kind.EXPIRY else Action.REPORT

    def enforces(self, ticket: Ticket, span: Span) -> bool:
        """Whether this span may be removed from this ticket now."""
        return (
            self.mode is Mode.ENFORCE
            and (self.enforce_departments is None or ticket.department in self.enforce_departments)
            and (self.enforce_kinds is None or bool(self.enforce_kinds & _goes_with(span.kind)))
        )


def folded(tag: str) -> str:
    """A tag however it is written.

    >>> folded(" Legal-Hold")
    'legal hold'
    """
    return " ".join(_BETWEEN.sub(" ", tag.casefold()).split())


def _folded(tags: frozenset[str]) -> frozenset[str]:
    return frozenset(map(folded, tags))


def _goes_with(kind: Kind) -> frozenset[Kind]:
    return frozenset({kind, Kind.PAN}) if kind in BESIDE_CARD else frozenset({kind})
