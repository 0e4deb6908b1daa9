"""The runtime of one process: its parts, made when first used."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from connectors import registry
from connectors.base import Hook
from integration import config as configuration
from integration import queueing
from integration.clock import SystemClock
from integration.config import Config
from integration.core.errors import DeskwardenError, RateLimited
from integration.core.models import Priority
from integration.core.policy import Policy
from integration.core.ports import Clock, Connector, OnStep, Wake
from integration.core.rows import AccountRow, Claim, Json
from integration.core.web import WebServices
from integration.lock import is_running
from integration.logs import get_logger
from integration.queueing import Redis
from integration.runtime import hooks, keys
from integration.runtime.handlers import Handlers
from integration.services import accounts, formats, holds, hook_secrets, pausing
from integration.services.process import Desk, Processor
from integration.services.redact import Redactor
from integration.storage import Keyring, SqlStore, open_store

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
        key = keys.audit_key(self.config)
        store = open_store(self.config.database_url, clock=self.clock, audit_key=key)
        keys.prove_audit_key(store, key, self.config.audit_key_file)
        return store

    @cached_property
    def keyring(self) -> Keyring:
        """What seals the keys of the accounts."""
        return keys.keyring(self.config)

    @cached_property
    def redis(self) -> Redis | None:
        """The queue's server: the configured one, else the embedded one if it runs."""
        if self.config.redis_url:
            return queueing.connect(self.config.redis_url)
        embedded = queueing.EmbeddedServer(self.config.data_folder)
        return queueing.connect(embedded.url) if embedded.is_ready() else None

    @cached_property
    def wake(self) -> Wake:
        """The wake-up of the workers."""
        return queueing.RqWake(self.redis) if self.redis else queueing.NoWake()

    @property
    def is_worked(self) -> bool:
        """Whether somebody works what is due: workers of a queue, or `deskwarden run` here."""
        return self.redis is not None or is_running(self.config.data_folder)

    @cached_property
    def budget(self) -> queueing.SharedBudget:
        """The request budgets of all accounts, shared by all workers."""
        processes = self.config.workers.processes
        return queueing.SharedBudget(self.redis, clock=self.clock, processes=processes)

    def budget_of(self, row: AccountRow, priority: Priority) -> queueing.AccountBudget:
        """The request budget of one account, as far as one priority may use it."""
        given = row.settings.get("requests_per_minute")
        per_minute = int(
            registry.spec(row.helpdesk).requests_per_minute if given is None else given
        )
        return self.budget.at(row.id, priority, per_minute=per_minute)

    def policy(self, row: AccountRow) -> Policy:
        """The policy of an account: the configured one, in the mode the account was switched to."""
        configured = holds.with_renamed(self.config.for_account(row.id), row)
        return replace(configured, mode=row.mode)

    def settings(self, row: AccountRow) -> Mapping[str, Any]:
        """What the account was connected with; a department that the policy names comes first."""
        department = self.config.for_account(row.id).findings_department
        return {**row.settings, **({"findings_department": department} if department else {})}

    def open_connector(
        self, row: AccountRow, facts: Mapping[str, Any], priority: Priority = Priority.LIVE
    ) -> Connector:
        """A connector of one account for one thread, at one priority of its budget."""
        return self._connector(row, self.keyring.open(row.sealed), facts, priority)

    def _connector(
        self,
        row: AccountRow,
        keys: Mapping[str, Any],
        facts: Mapping[str, Any],
        priority: Priority = Priority.LIVE,
    ) -> Connector:
        return registry.helpdesk(row.helpdesk).build(
            self.settings(row),
            keys,
            facts,
            budget=self.budget_of(row, priority),
            clock=self.clock,
        )

    def open_desk(self, account: str, priority: Priority) -> Desk:
        """An account opened for work."""
        with self.store.transaction() as tables:
            row = accounts.known(tables, account)
            allowed = formats.allowed(tables, account)
        connector = self.open_connector(row, row.facts, priority)
        policy = replace(self.policy(row), formats=allowed)
        return Desk(account, connector, policy, priority)

    def redactor(self, desk: Desk) -> Redactor:
        """What redacts one ticket at a time of an opened account."""
        return Redactor(
            account=desk.account,
            connector=desk.connector,
            policy=desk.policy,
            store=self.store,
            clock=self.clock,
            on_step=self.on_step,
            lease=self.lease,
        )

    @property
    def lease(self) -> float:
        """How many seconds a claimed row is a worker's."""
        return float(self.config.workers.lease_seconds)

    def owner(self) -> str:
        """A name for leases that nobody else has."""
        return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"

    def processor(self) -> Processor:
        """What works due rows."""
        return Processor(
            store=self.store,
            clock=self.clock,
            owner=self.owner(),
            open_desk=self.open_desk,
            handlers=Handlers(self).table(),
            report_failure=report_failure,
            threads=self.config.workers.threads,
            lease=self.lease,
            on_step=self.on_step,
        )

    def connect_account(
        self, row: AccountRow, keys: Mapping[str, str], *, hook_secret: str | None = None
    ) -> accounts.Connected:
        """Test the keys, run the self-test, seal the keys and store the account.

        One that is stored keeps the secrets of its webhook; a new one begins with `hook_secret`,
        and so does one whose secrets no key opens any more.
        """
        keyring = self.keyring
        # Asked before the test: a key that is changed during it must not cost what can be kept.
        lost = self.has_lost_hook(row)
        first = hook_secret or hook_secrets.new_secret()

        def seal(stored: AccountRow | None) -> bytes:
            kept = [first] if lost or not stored else hook_secrets.secrets_of(keyring, stored)
            return keyring.seal({**keys, hook_secrets.SECRETS: kept})

        def open_with(row: AccountRow, facts: Mapping[str, Any]) -> Connector:
            return self._connector(row, keys, facts)

        policy = self.config.for_account(row.id)
        return accounts.connect(self.store, self.clock, row, policy, open_with, seal=seal)

    def has_lost_hook(self, row: AccountRow) -> bool:
        """Whether it has secrets of its webhook that no key opens; a new account has none."""
        return bool(row.sealed) and not self.keyring.opens(row.sealed)

    def hook(self, row: AccountRow) -> Hook:
        """Where the helpdesk sends its webhook, and with which secret."""
        return hooks.hook(self, row)

    def web_services(self) -> WebServices:
        """What the web process needs."""
        return hooks.web_services(self)

    def backlog(self) -> Json:
        """How much is due, leased, parked, and left because its account is paused."""
        with self.store.transaction() as tables:
            worked = pausing.worked(tables)
            return tables.due.backlog(now=self.clock.now(), accounts=worked)

    def close(self) -> None:
        """Give back what was opened."""
        if "store" in self.__dict__:
            self.store.close()
        if self.__dict__.get("redis"):
            self.redis.close()  # type: ignore[union-attr]


def report_failure(claim: Claim, error: DeskwardenError | None) -> None:
    """One log line for a row that has to be tried again, or set aside."""
    log = _log.bind(account=claim.account, subject=claim.subject)
    if error is None:
        log.error("due_failed", reason="internal", exc_info=sys.exception())
    elif isinstance(error, RateLimited):
        log.debug("due_waits", reason=error.reason)  # for its turn, as all of a sweep does
    else:
        log.warning("due_failed", reason=error.reason, says=str(error))


def open_runtime(config: Config, *, clock: Clock | None = None) -> Runtime:
    """The runtime of this configuration; its data folder is made if it is not there."""
    configuration.make_folder(config.data_folder)
    return Runtime(config, clock or SystemClock())


def load_config() -> Config:
    """The configuration of this process. Raises ConfigError with every problem."""
    return configuration.load(os.environ, cwd=Path.cwd())
