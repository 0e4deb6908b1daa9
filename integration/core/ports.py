"""Ports: what use cases ask of the outside world, the database apart (see `core.tables`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from integration.core.capabilities import Capabilities
from integration.core.models import (
    ChangePage,
    Delivery,
    Event,
    Snapshot,
    Ticket,
    TicketDraft,
    TicketStatus,
    TicketView,
)
from integration.core.surfaces import Surface, SurfaceKind

OnStep = Callable[[str], None]
"""Called with the name of a step that is about to be or has been taken: a crash point in tests."""


class Clock(Protocol):
    """The one source of time. All times are aware and in UTC."""

    def now(self) -> datetime:
        """The time now, in UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class Budget(Protocol):
    """The share of an account's request budget that one caller may use, at its priority."""

    def acquire(self) -> None:
        """Wait for one request; raise RateLimited when the wait would be too long."""
        ...

    def drain(self, seconds: float) -> None:
        """The helpdesk said 429: nobody calls this account for so long."""
        ...


class Connector(Protocol):
    """One connected account of one helpdesk. Made per thread; not shared.

    Every method may raise RetryableError or PermanentError of `core.errors`, and nothing else.
    """

    @property
    def calls(self) -> int:
        """How many requests it has sent."""
        ...

    def capabilities(self) -> Capabilities:
        """What can be done on this very account, given what its self-test proved."""
        ...

    def probe(self) -> Mapping[str, Any]:
        """Facts of this account worth keeping: time zone, version, whether our extension answers.

        Asked before and after every self-test, the second time of the connector that made it: it
        may have learned more. Given back to `build`.
        """
        ...

    def fetch(self, ticket_id: str, *, only: frozenset[SurfaceKind] | None = None) -> TicketView:
        """The ticket as it stands, with every surface this key can read.

        `only`: just the calls needed for these kinds. With the subject come the facts of the ticket
        as they are now; without it they may be remembered, as long as nobody else wrote to it.
        Raises NotFound when the ticket is gone, and only then: a part of it that is listed and not
        found is HelpdeskUnavailable.
        """
        ...

    def rewrite(self, view: TicketView, surface: Surface, text: str) -> None:
        """REDACT or EDIT: write the whole masked `text` in place of the surface's text.

        Reads the ticket again just before the write and raises ChangedMeanwhile when the surface
        is not what `surface` holds, or the ticket's `grounds` are not those of `view`. Says
        nothing about success: the caller re-reads.
        """
        ...

    def delete(self, view: TicketView, surface: Surface) -> None:
        """DELETE one surface. The caller has made sure that a masked copy stands."""
        ...

    def post_note(self, ticket_id: str, text: str, *, media_type: str = "text/plain") -> None:
        """Write an internal note; never a message to a customer, never a mail."""
        ...

    def create_ticket(self, draft: TicketDraft) -> str:
        """Create one of our own tickets, without a mail to anyone; returns its id."""
        ...

    def fresh(self, draft: TicketDraft) -> Ticket:
        """What a ticket made of this draft is like while nobody but us has acted on it.

        As it was asked for, or as the helpdesk documents it; asks nothing, and so has no id. A
        department of None is not known by the id that a reading gives.
        """
        ...

    def set_status(self, ticket_id: str, status: TicketStatus) -> None:
        """Open or close one of our own tickets."""
        ...

    def find_tickets(self, marker: str) -> tuple[str, ...]:
        """Ids of tickets of our own whose subject holds this marker, newest first."""
        ...

    def changed(self, cursor: str | None, *, now: datetime) -> ChangePage:
        """Tickets changed since the cursor, oldest first; None starts at `now`."""
        ...

    def history(self, cursor: str | None, *, since: datetime | None) -> ChangePage:
        """All tickets, in an order that does not shift while new ones arrive: for a sweep."""
        ...

    def tag_names(self) -> Mapping[str, str]:
        """Tag id -> its name as it is now.

        Raises Forbidden where this key may not read them, UnsupportedByHelpdesk where a tag is
        nothing but its name.
        """
        ...

    def snapshot(self, *, now: datetime) -> Snapshot:
        """Who has access and how; what cannot be read is left None and named."""
        ...

    def close(self) -> None:
        """Give back sockets."""
        ...


class Webhook(Protocol):
    """The receiving half of a connector: two pure functions, in `connectors.<helpdesk>.webhook`."""

    def verify(self, delivery: Delivery, secrets: Sequence[str], *, now: datetime) -> None:
        """Raise SignatureInvalid unless one of the secrets proves the delivery. Constant time."""
        ...

    def parse(self, delivery: Delivery) -> list[Event]:
        """The events of a verified delivery: ids only. Raises MalformedDelivery."""
        ...


class Wake(Protocol):
    """The wake-up: coalesced, may be lost without harm."""

    def wake(self) -> bool:
        """Ask for a `process_due`; False when the queue did not answer."""
        ...

    def begin(self) -> None:
        """A `process_due` has begun: what becomes due from now on needs another."""
        ...
