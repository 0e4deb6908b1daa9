"""What the web side asks of the rest: ports and settings, put together by the composition root."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from integration.core.models import Priority
from integration.core.ports import Clock, Webhook
from integration.core.rows import Json, Upserted

MEBIBYTE = 1024 * 1024


class Ingest(Protocol):
    """The durable entrance to the due table, made for many callers at once."""

    def submit(
        self,
        account: str,
        subject: str,
        *,
        due_at: datetime,
        priority: Priority,
        delivery_id: str | None = None,
    ) -> Upserted:
        """Make it due and return once that is committed, together with its neighbours.

        A `delivery_id` (the vendor's own) that was taken before is ALREADY_DUE. Raises
        StoreUnavailable when the commit failed: then nothing may be acknowledged.
        """
        ...


class Taken(StrEnum):
    """What became of a delivery that was not refused."""

    NEW = "new"
    ALREADY_DUE = "already_due"
    UNKNOWN_EVENT = "unknown_event"
    """It named no ticket that can be looked at: the account reconciles."""
    PING = "ping"


class Received(Protocol):
    """The count of deliveries by what became of them."""

    def count(self, account: str, result: str, *, status: int, at: datetime) -> None:
        """Count one; `account` is empty where none is connected. Waits for nothing, never fails."""
        ...


@dataclass(frozen=True, slots=True)
class HookSource:
    """The receiving half of one helpdesk: how it proves, what it declares."""

    webhook: Webhook
    content_types: tuple[str, ...]
    """Lower case, without parameters."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether this process can do its work now, as just tried."""

    database_writable: bool
    migrations_at_head: bool
    queue_reachable: bool
    """False is degraded, not down: a delivery is still taken, and the ticker wakes for it later."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Limits and trust of the web process."""

    body_limit: int = MEBIBYTE
    """Bytes of one delivery."""
    deliveries_per_minute: int = 6000
    """Per account, proved deliveries only."""
    oldest_limit: float = 900.0
    """Seconds that the oldest due row, paused ones apart, may wait before `readyz` says no."""
    metrics_token: str | None = field(default=None, repr=False)
    """None: metrics are for callers on this machine only."""
    trusted_hosts: tuple[str, ...] = ()
    """Host names that may be asked for; empty: any. Loopback always may, for probes."""
    trusted_proxies: int = 0
    """How many reverse proxies stand before us and set X-Forwarded-For and -Proto."""


@dataclass(frozen=True, slots=True)
class WebServices:
    """Everything the web application uses."""

    sources: Mapping[str, HookSource]
    """By helpdesk key."""
    secrets_for: Callable[[str, str], Sequence[str]] = field(repr=False)
    """(helpdesk, account) -> the secrets that prove a delivery; empty for an unknown account.

    Asked for each delivery, so it answers from memory; a DeskwardenError when it cannot answer.
    """
    ingest: Ingest
    received: Received
    clock: Clock
    backlog: Callable[[], Json]
    """As `DueTable.backlog` now, for the accounts that are worked.

    A DeskwardenError when the database does not answer.
    """
    ready: Callable[[], Readiness]
    """Tries the database with a write, the queue with a ping. Raises nothing of its own."""
    settings: WebSettings = field(default_factory=WebSettings)
