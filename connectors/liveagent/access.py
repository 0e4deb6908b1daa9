"""Who has access to an account: agents, departments and keys as one snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from hmac import compare_digest
from typing import TypeVar

from connectors.liveagent.client import Client
from connectors.liveagent.codes import ACTIVE, ROLES, YES_NO
from connectors.liveagent.records import AgentRecord, ApiKeyRecord, DepartmentRecord
from connectors.liveagent.times import to_utc
from integration.core.errors import (
    ApiContractChanged,
    Forbidden,
    HelpdeskUnavailable,
    NotFound,
    PermanentError,
)
from integration.core.models import Agent, AgentRole, ApiKey, Department, Plugin, Snapshot

T = TypeVar("T")

AGENT_FACTS = frozenset({"agents", "agents.two_factor", "agents.password_changed"})
ROLE = "agents.role"
DEPARTMENT_FACTS = frozenset({"departments", "departments.members"})
KEY_FACTS = frozenset({"api_keys", "api_keys.expiry", "api_keys.whitelist", "api_keys.owner"})
PRIVILEGES = "api_keys.privileges"
PLUGINS = "plugins"
SUPPORTED = AGENT_FACTS | {ROLE} | DEPARTMENT_FACTS | KEY_FACTS | {PRIVILEGES, PLUGINS}

_OPEN_WHITELISTS = frozenset({"*", "0.0.0.0/0"})
_EXPECTED = (Forbidden, NotFound, HelpdeskUnavailable, ApiContractChanged)
"""What may fail for one part of a snapshot and leave the others readable."""


@dataclass(slots=True)
class Reader:
    """Reads one snapshot, part by part, noting what could not be read and why."""

    client: Client
    zone: tzinfo | None
    bot_agent: str
    v3_key: str = field(repr=False)
    readable: set[str] = field(default_factory=set)
    errors: dict[str, str] = field(default_factory=dict)

    def snapshot(self, now: datetime) -> Snapshot:
        """Read everything."""
        agents = self._agents()
        departments = self._try(DEPARTMENT_FACTS, self.client.departments) or ()
        keys = self._try(KEY_FACTS, lambda: [self._key(r) for r in self.client.api_keys()]) or []
        return Snapshot(
            taken_at=now,
            agents=tuple(self._agent(record) for record in agents),
            departments=tuple(_department(record) for record in departments),
            api_keys=tuple(self._with_privileges(key) for key in keys),
            plugins=self._plugins(),
            readable=frozenset(self.readable - self.errors.keys()),
            supported=SUPPORTED,
            errors=dict(self.errors),
        )

    def _try(self, facts: Iterable[str], read: Callable[[], T]) -> T | None:
        try:
            value = read()
        except _EXPECTED as error:
            self.errors |= dict.fromkeys(facts, error.reason)
            return None
        self.readable |= set(facts)
        return value

    def _agents(self) -> tuple[AgentRecord, ...]:
        everything = AGENT_FACTS | {ROLE}
        agents = self._try(everything, self.client.agents)
        if agents is not None:
            return agents
        role_error = self.errors[ROLE]
        if role_error == Forbidden.reason:
            return ()
        # One bad row fails the whole list before 5.63.4; the grid knows all but the roles.
        for fact in AGENT_FACTS:
            del self.errors[fact]
        return self._try(AGENT_FACTS, self.client.agents_grid) or ()

    def _agent(self, record: AgentRecord) -> Agent:
        return Agent(
            id=record.id,
            name=record.name,
            email=record.email,
            role=ROLES.get(record.role or "", AgentRole.AGENT),
            active=ACTIVE.get(record.status),
            two_factor=YES_NO.get(record.twofactor_auth),
            password_changed=to_utc(record.last_pswd_change, self.zone),
            is_our_bot=record.id == self.bot_agent,
        )

    def _key(self, record: ApiKeyRecord) -> ApiKey:
        """Keep what is said of a key; the key itself ends here."""
        expires = record.valid_to_date
        return ApiKey(
            id=record.id,
            name=record.name,
            owner_id=record.userid or None,
            expires=to_utc(expires, self.zone),
            never_expires=not expires,
            open_to_any_address=_is_open(record.whitelist),
            privileges=record.privileges,
            is_ours=compare_digest(_bytes(record.key), _bytes(self.v3_key)),
        )

    def _plugins(self) -> tuple[Plugin, ...]:
        """What `pluginPurpose` may be is not documented: a refusal to go without it is no fault."""
        try:
            records = self._try({PLUGINS}, self.client.plugins) or ()
        except PermanentError as error:
            if error.reason != "http_400":
                raise
            self.errors[PLUGINS] = error.reason
            return ()
        return tuple(Plugin(r.code_name, r.name, r.active) for r in records)

    def _with_privileges(self, key: ApiKey) -> ApiKey:
        record = self._try({PRIVILEGES}, lambda: self.client.api_key(key.id))
        return replace(key, privileges=record.privileges) if record else key


def _bytes(key: str) -> bytes:
    return key.encode(errors="replace")


def _is_open(whitelist: str | None) -> bool | None:
    return None if whitelist is None else str(whitelist).strip() in _OPEN_WHITELISTS


def _department(record: DepartmentRecord) -> Department:
    return Department(record.department_id, record.name, frozenset(record.agent_ids))
