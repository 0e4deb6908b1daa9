"""The composition root: configuration in, everything put together out. No socket at import."""

from __future__ import annotations

import os
import random
import secrets
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from connectors import registry
from connectors.base import Hook
from integration import config as configuration
from integration import queueing
from integration.clock import SystemClock
from integration.config import Config
from integration.core.errors import ConfigError, DeskwardenError
from integration.core.models import Priority
from integration.core.policy import Policy
from integration.core.ports import Clock, Connector, OnStep
from integration.core.rows import AccountRow, Claim, Json
from integration.core.web import HookSource, Readiness, WebServices, WebSettings
from integration.logs import get_logger
from integration.queueing import Redis
from integration.services import accounts, journal, periodic, publish, reconcile, sweep
from integration.services import audit as access
from integration.services.process import Desk, Handler, Processor
from integration.services.redact import Redactor
from integration.storage import Ingest, Keyring, SqlStore, is_current, open_store
from integration.storage.keyring import own_key

HOOK_SECRETS = "hook_secrets"
"""Sealed beside the keys: the secrets that prove a delivery, newest first."""

KEEP = timedelta(days=90)
"""How long what was seen, delivered and sent is remembered; audit and findings stay."""

_log = get_logger(__name__)


def no_step(_step: str) -> None:
    """Outside tests a step is just a step."""


@dataclass
class Runtime:
    """All services of one process. Parts are made when first used: after a fork, not before."""

    config: Config
    clock: Clock
    on_step: OnStep = no_step

    @cached_property
    def store(self) -> SqlStore:
        """The database."""
        key = own_key(self.config.audit_key_file, _new_key)
        return open_store(self.config.database_url, clock=self.clock, audit_key=key.encode())

    @cached_property
    def keyring(self) -> Keyring:
        """What seals the keys of the accounts."""
        keys = self.config.secret_keys
        return Keyring(keys) if keys else Keyring.of_file(self.config.secret_key_file)

    @cached_property
    def redis(self) -> Redis | None:
        """The queue's server: the configured one, else the embedded one if it runs."""
        if self.config.redis_url:
            return queueing.connect(self.config.redis_url)
        embedded = queueing.EmbeddedServer(self.config.data_folder)
        return queueing.connect(embedded.url) if embedded.is_ready() else None

    @cached_property
    def wake(self) -> queueing.RqWake | None:
        """The wake-up of the workers; None where nobody would hear it: the ticker finds the row."""
        return queueing.RqWake(self.redis) if self.redis else None

    @cached_property
    def budget(self) -> queueing.SharedBudget:
        """The request budgets of all accounts, shared by all workers."""
        processes = self.config.workers.processes
        return queueing.SharedBudget(self.redis, clock=self.clock, processes=processes)

    def policy(self, row: AccountRow) -> Policy:
        """The policy of an account: the configured one, in the mode the account was switched to."""
        return replace(self.config.for_account(row.id), mode=row.mode)

    def open_connector(
        self, row: AccountRow, facts: Mapping[str, Any], priority: Priority = Priority.LIVE
    ) -> Connector:
        """A connector of one account for one thread, at one priority of its budget."""
        helpdesk = registry.helpdesk(row.helpdesk)
        given = row.settings.get("requests_per_minute")
        per_minute = int(helpdesk.SPEC.requests_per_minute if given is None else given)
        return helpdesk.build(
            row.settings,
            self.keyring.open(row.sealed),
            facts,
            budget=self.budget.at(row.id, priority, per_minute=per_minute),
            clock=self.clock,
        )

    def open_desk(self, account: str, priority: Priority) -> Desk:
        """An account opened for work."""
        with self.store.transaction() as tables:
            row = accounts.known(tables, account)
        connector = self.open_connector(row, row.facts, priority)
        return Desk(account, connector, self.policy(row), priority)

    def redactor(self, desk: Desk) -> Redactor:
        """What redacts one ticket at a time of an opened account."""
        return Redactor(
            account=desk.account,
            connector=desk.connector,
            policy=desk.policy,
            store=self.store,
            clock=self.clock,
            on_step=self.on_step,
            lease=float(self.config.workers.lease_seconds),
        )

    def processor(self) -> Processor:
        """What works due rows."""
        return Processor(
            store=self.store,
            clock=self.clock,
            owner=f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}",
            open_desk=self.open_desk,
            handlers=self.handlers(),
            report_failure=report_failure,
            threads=self.config.workers.threads,
            lease=float(self.config.workers.lease_seconds),
            on_step=self.on_step,
        )

    def handlers(self) -> Mapping[str, Handler]:
        """Kind of due subject -> what works it."""
        return {
            "ticket": self._ticket,
            "recheck": self._ticket,
            "reconcile": self._reconcile,
            "snapshot": self._snapshot,
            "outbox": self._outbox,
            "journal": self._journal,
            "upkeep": self._upkeep,
            "sweep": self._sweep,
        }

    def _ticket(self, desk: Desk, claim: Claim) -> None:
        self.redactor(desk).run(claim.subject.partition(":")[2], claim)

    def _reconcile(self, desk: Desk, claim: Claim) -> None:
        reconcile.reconcile(desk.account, desk.connector, self.store, self.clock)
        self._again(claim)

    def _snapshot(self, desk: Desk, claim: Claim) -> None:
        access.audit_access(desk.account, desk.connector, self.store, desk.policy, self.clock)
        self._again(claim)

    def _outbox(self, desk: Desk, claim: Claim) -> None:
        publish.publish(
            desk.account, desk.connector, self.store, desk.policy, self.clock, self.on_step
        )
        self._again(claim)

    def _journal(self, desk: Desk, claim: Claim) -> None:
        journal.write(desk.account, self.store, self.clock)
        self._again(claim)

    def _upkeep(self, desk: Desk, claim: Claim) -> None:
        with self.store.transaction() as tables:
            row = accounts.known(tables, desk.account)
            accounts.upkeep(tables, row, desk.policy, now=self.clock.now())
        self.store.prune(self.clock.now() - KEEP)
        self._again(claim)

    def _sweep(self, desk: Desk, claim: Claim) -> None:
        rng = random.Random(secrets.randbits(64))  # noqa: S311  a sample, not a secret
        sweep.step(desk.account, desk.connector, self.store, self.clock, claim, rng)

    def _again(self, claim: Claim) -> None:
        with self.store.transaction() as tables:
            periodic.finish(tables, claim, now=self.clock.now())

    def connect_account(
        self, row: AccountRow, keys: Mapping[str, str], *, hook_secret: str | None = None
    ) -> accounts.Connected:
        """Test the keys, run the self-test, seal the keys and store the account."""
        hook_secret = hook_secret or secrets.token_urlsafe(32)
        sealed = self.keyring.seal({**keys, HOOK_SECRETS: [hook_secret]})
        row = replace(row, sealed=sealed)
        policy = self.config.for_account(row.id)
        return accounts.connect(self.store, self.clock, row, policy, self.open_connector)

    def hook(self, row: AccountRow) -> Hook:
        """Where the helpdesk sends its webhook, and with which secret."""
        secret = self.keyring.open(row.sealed)[HOOK_SECRETS][0]
        web = self.config.web
        base = web.public_url or f"http://{web.host}:{web.port}"
        url = f"{base}/hooks/{row.helpdesk}/{row.id}"
        by_token = registry.spec(row.helpdesk).url_token
        return Hook(f"{url}/{secret}" if by_token else url, secret)

    def web_services(self) -> WebServices:
        """What the web process needs."""
        web = self.config.web
        return WebServices(
            sources={key: _source(key) for key in registry.HELPDESKS},
            secrets_for=HookSecrets(self),
            ingest=Ingest(self.config.database_url, after_commit=self._after_commit),
            clock=self.clock,
            backlog=self.backlog,
            ready=self._ready,
            settings=WebSettings(
                metrics_token=web.metrics_token or None, trusted_proxies=web.trusted_proxies
            ),
        )

    def backlog(self) -> Json:
        """How much is due, leased and parked."""
        with self.store.transaction() as tables:
            return tables.due.backlog(now=self.clock.now())

    def _after_commit(self, _rows: int) -> None:
        if self.wake is not None:
            self.wake.wake()

    def _ready(self) -> Readiness:
        try:
            with self.store.transaction() as tables:
                tables.values.put("", "readyz", {"at": self.clock.now().isoformat()})
            writable, current = True, is_current(self.config.database_url)
        except DeskwardenError:
            writable = current = False
        reachable = self.redis is not None and queueing.is_alive(self.redis)
        return Readiness(writable, current, reachable)

    def close(self) -> None:
        """Give back what was opened."""
        if "store" in self.__dict__:
            self.store.close()
        if self.__dict__.get("redis"):
            self.redis.close()  # type: ignore[union-attr]


class HookSecrets:
    """The secrets that prove a delivery, by account; asked for each delivery, read seldom."""

    SECONDS = 5.0
    """How long a removed or new secret may go unnoticed."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._known: Mapping[tuple[str, str], Sequence[str]] = {}
        self._read_at: datetime | None = None

    def __call__(self, helpdesk: str, account: str) -> Sequence[str]:
        """Newest first; empty for an unknown account."""
        now = self._runtime.clock.now()
        age = (now - self._read_at).total_seconds() if self._read_at else self.SECONDS
        if not 0 <= age < self.SECONDS:
            self._known = self._read()
            self._read_at = now
        return self._known.get((helpdesk, account), ())

    def _read(self) -> Mapping[tuple[str, str], Sequence[str]]:
        with self._runtime.store.transaction() as tables:
            rows = tables.accounts.list()
        opened = self._runtime.keyring.open
        return {(r.helpdesk, r.id): tuple(opened(r.sealed)[HOOK_SECRETS]) for r in rows}


def _source(helpdesk: str) -> HookSource:
    return HookSource(registry.webhook(helpdesk), registry.spec(helpdesk).content_types)


def report_failure(claim: Claim, error: DeskwardenError | None) -> None:
    """One log line for a row that has to be tried again, or set aside."""
    reason = error.reason if error else "internal"
    log = _log.warning if error else _log.exception
    log("due_failed", account=claim.account, subject=claim.subject, reason=reason)


def open_runtime(config: Config, *, clock: Clock | None = None) -> Runtime:
    """The runtime of this configuration; its data folder is made if it is not there."""
    configuration.make_folder(config.data_folder)
    return Runtime(config, clock or SystemClock())


def load_config() -> Config:
    """The configuration of this process. Raises ConfigError with every problem."""
    return configuration.load(os.environ, cwd=Path.cwd())


def _new_key() -> bytes:
    return secrets.token_hex(32).encode()


__all__ = ["ConfigError", "Runtime", "SystemClock", "load_config", "open_runtime"]
