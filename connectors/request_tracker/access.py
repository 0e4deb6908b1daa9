"""From who has access in RT to the neutral snapshot. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from connectors.request_tracker.records import (
    Access,
    MembersRecord,
    Plugin,
    TokenRecord,
    UserRecord,
)
from integration.core.models import Agent, AgentRole, ApiKey, Department, Snapshot

SUPPORTED = frozenset(
    {
        "agents",
        "agents.role",
        "agents.password_changed",
        "departments",
        "departments.members",
        "api_keys",
        "api_keys.expiry",
        "api_keys.owner",
    }
)
"""What RT can tell with our extension. It has no second factor, and tokens have no whitelist."""
PLAIN = frozenset({"agents"})
"""What RT tells without it."""


def snapshot(
    access: Access,
    *,
    bot: str,
    plugin: Plugin | None,
    now: datetime,
    errors: Mapping[str, str] | None = None,
) -> Snapshot:
    """The snapshot; without the extension only the agents are readable."""
    audited = plugin is not None and plugin.may_audit
    bots = {u.id for u in access.users if u.name == bot}
    # One call tells everything: where it failed, nothing was read.
    readable = frozenset() if errors else SUPPORTED if audited else PLAIN
    if audited and access.tokens and not all(token.can_expire for token in access.tokens):
        readable -= {"api_keys.expiry"}
    return Snapshot(
        taken_at=now,
        agents=tuple(_agent(user, is_bot=user.id in bots) for user in access.users),
        departments=tuple(_department(queue, access) for queue in access.queues or ()),
        api_keys=tuple(_key(token, bots) for token in access.tokens or ()),
        readable=readable,
        supported=SUPPORTED,
        errors=dict(errors or {}),
    )


def _agent(user: UserRecord, *, is_bot: bool) -> Agent:
    return Agent(
        id=user.id,
        name=user.name,
        email=user.email,
        role=AgentRole.ADMIN if user.superuser else AgentRole.AGENT,
        active=None if user.disabled is None else not user.disabled,
        password_changed=user.password_changed,
        is_our_bot=is_bot,
    )


def _department(queue: MembersRecord, access: Access) -> Department:
    agents = frozenset(user.id for user in access.users)
    return Department(queue.id, queue.name, queue.members & agents)


def _key(token: TokenRecord, bots: set[str]) -> ApiKey:
    return ApiKey(
        id=token.id,
        name=token.description,
        owner_id=token.owner,
        expires=token.expires,
        never_expires=token.expires is None if token.can_expire else None,
        is_ours=token.owner in bots,
    )
