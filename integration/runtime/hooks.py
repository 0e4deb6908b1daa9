"""What the web process is made of: who may deliver, where to, and what a delivery makes due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from connectors import registry
from connectors.base import Hook
from integration import queueing
from integration.core.errors import DeskwardenError, PermanentError
from integration.core.rows import AccountRow, ReceivedRow
from integration.core.web import HookSource, Readiness, WebServices, WebSettings
from integration.logs import get_logger
from integration.services import hook_secrets
from integration.storage import Ingest, Tally, is_current

if TYPE_CHECKING:
    from integration.runtime.composition import Runtime

_log = get_logger(__name__)


def hook(runtime: Runtime, row: AccountRow) -> Hook:
    """Where the helpdesk sends its webhook, and with which secret: the newest."""
    secret = hook_secrets.secrets_of(runtime.keyring, row)[0]
    web = runtime.config.web
    base = web.public_url or f"http://{web.address}"
    url = f"{base}/hooks/{row.helpdesk}/{row.id}"
    by_token = registry.spec(row.helpdesk).url_token
    return Hook(row.id, f"{url}/{secret}" if by_token else url, secret)


def web_services(runtime: Runtime) -> WebServices:
    """The ports of the web application, over this runtime."""
    web = runtime.config.web

    def after_commit(_rows: int) -> None:
        runtime.wake.wake()

    def keep(rows: Sequence[ReceivedRow]) -> None:
        with runtime.store.transaction() as tables:
            tables.received.add(rows)

    return WebServices(
        sources={key: _source(key) for key in registry.HELPDESKS},
        secrets_for=HookSecrets(runtime),
        ingest=Ingest(runtime.config.database_url, after_commit=after_commit),
        received=Tally(keep),
        clock=runtime.clock,
        backlog=runtime.backlog,
        ready=lambda: readiness(runtime),
        settings=WebSettings(
            metrics_token=web.metrics_token or None,
            trusted_hosts=web.trusted_hosts,
            trusted_proxies=web.trusted_proxies,
        ),
    )


def readiness(runtime: Runtime) -> Readiness:
    """Tries the database with a write and the queue with a ping; raises nothing."""
    try:
        with runtime.store.transaction() as tables:
            tables.values.put("", "readyz", {"at": runtime.clock.now().isoformat()})
        writable, current = True, is_current(runtime.config.database_url)
    except DeskwardenError:
        writable = current = False
    reachable = runtime.redis is not None and queueing.is_alive(runtime.redis)
    return Readiness(writable, current, reachable)


class HookSecrets:
    """The secrets that prove a delivery, by account; asked for each delivery, read seldom."""

    SECONDS = 5.0
    """How long a removed or new secret may go unnoticed."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._known: Mapping[tuple[str, str], Sequence[str] | DeskwardenError] = {}
        self._read_at: datetime | None = None

    def __call__(self, helpdesk: str, account: str) -> Sequence[str]:
        """Newest first; empty for an unknown account.

        Raises PermanentError for an account whose keys cannot be opened, and for that one only:
        its helpdesk is to try again.
        """
        now = self._runtime.clock.now()
        age = (now - self._read_at).total_seconds() if self._read_at else self.SECONDS
        if not 0 <= age < self.SECONDS:
            self._known = self._read()
            self._read_at = now
        known = self._known.get((helpdesk, account), ())
        if isinstance(known, DeskwardenError):
            # A new one each time: one that is raised again holds on to the frames of a delivery.
            raise PermanentError("the account cannot be opened", reason=known.reason)
        return known

    def _read(self) -> Mapping[tuple[str, str], Sequence[str] | DeskwardenError]:
        with self._runtime.store.transaction() as tables:
            rows = tables.accounts.list()
        return {(row.helpdesk, row.id): self._opened(row) for row in rows}

    def _opened(self, row: AccountRow) -> Sequence[str] | DeskwardenError:
        try:
            return tuple(hook_secrets.secrets_of(self._runtime.keyring, row))
        except DeskwardenError as error:
            before = self._known.get((row.helpdesk, row.id))
            if not isinstance(before, DeskwardenError):
                _log.warning("hook_secrets_sealed", account=row.id, reason=error.reason)
            return error


def _source(helpdesk: str) -> HookSource:
    return HookSource(registry.webhook(helpdesk), registry.spec(helpdesk).content_types)
