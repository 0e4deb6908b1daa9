"""The configuration as values, checked and complete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from integration.core.policy import Policy


@dataclass(frozen=True, slots=True)
class Web:
    """The process that receives webhooks."""

    host: str
    port: int
    public_url: str
    """What a helpdesk reaches us under; empty when not set. No trailing slash."""
    threads: int
    trusted_proxies: int
    """How many reverse proxies stand before us; 0 ignores X-Forwarded-* headers."""
    trusted_hosts: tuple[str, ...]
    """Host names that requests may be for; empty: any."""
    metrics_token: str = field(repr=False)
    """Bearer token of /metrics; empty allows loopback only."""

    @property
    def address(self) -> str:
        """Host and port as they stand in a URL."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Workers:
    """The processes that look at tickets."""

    processes: int
    threads: int
    """Tickets at once in one process."""
    lease_seconds: int


@dataclass(frozen=True, slots=True)
class Log:
    """How much is logged and in which form."""

    level: str
    format: str


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that is set from outside. Secrets are not in its repr."""

    data_folder: Path
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    """Empty: embedded."""
    secret_keys: tuple[str, ...] = field(repr=False)
    """Fernet keys, newest first; empty: `secret_key_file` is read or made."""
    secret_key_file: Path
    audit_key_file: Path
    web: Web
    workers: Workers
    log: Log
    policy: Policy
    policies: Mapping[str, Policy]
    """By account id, where an account has its own section."""
    source: Path | None = None
    """The TOML file that was read."""

    def for_account(self, account: str) -> Policy:
        """The policy of one account: its own section laid over the common one."""
        return self.policies.get(account, self.policy)
