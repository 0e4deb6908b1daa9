"""What LiveAgent needs to be connected, and the admin's steps to give it and to take it back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from connectors.address import checked
from connectors.base import Hook, Setting, Spec
from integration.core.errors import ConfigError
from integration.core.messages import Message

_BUDGET = 180
"""Requests a minute that LiveAgent allows a key by default: an account's own may be another."""
_MOST = 6000
"""More requests a minute than any account is known to allow: beyond it a number is mistyped."""
_NO_DEPARTMENT = "default"
"""The id of the department that every account has: findings go there where none is named."""
_ID = re.compile(r"[A-Za-z0-9]{8}")
"""Ids of users as LiveAgent makes them: `00054iwg`, `system00`."""


def _check_agent(value: str) -> None:
    """Raise ConfigError for what cannot be the id of an agent, such as its name or address."""
    if not _ID.fullmatch(value):
        raise ConfigError(
            ["bot_agent must be an id: eight letters and digits"],
            hint="it is shown in the address of the agent's page in LiveAgent",
        )


def _check_budget(value: str) -> None:
    """Raise ConfigError unless it is a number of requests a minute that there can be."""
    if not re.fullmatch("[0-9]{1,4}", value) or not 1 <= int(value) <= _MOST:
        raise ConfigError([f"requests_per_minute must be a whole number from 1 to {_MOST}"])


SPEC = Spec(
    key="liveagent",
    title="LiveAgent",
    settings=(
        Setting("url", "liveagent.setting.url", check=checked),
        Setting("v3_key", "liveagent.setting.v3_key", secret=True, in_header=True),
        Setting("v1_key", "liveagent.setting.v1_key", secret=True, in_header=True),
        Setting("bot_agent", "liveagent.setting.bot_agent", check=_check_agent),
        Setting("contact_email", "liveagent.setting.contact_email"),
        Setting("mail_account", "liveagent.setting.mail_account"),
        Setting(
            "findings_department",
            "liveagent.setting.findings_department",
            default=_NO_DEPARTMENT,
        ),
        Setting(
            "requests_per_minute",
            "liveagent.setting.requests_per_minute",
            default=str(_BUDGET),
            check=_check_budget,
        ),
    ),
    content_types=("application/json", "application/x-www-form-urlencoded", "text/plain"),
    url_token=True,
    requests_per_minute=_BUDGET,
    calls_per_ticket=2,
)

PRIVILEGES = (
    "ticket.read ticket.read_all ticket.create ticket.operate ticket.change_state agent.read "
    "user.read settings.read tag.read api.read plugin_settings.read"
)
"""What the v3 key needs, as the rule and key editors name it."""
HOOK_BODY = '{"ticket":"{$conversation_id}"}'
"""The body of the rule's request: an id and nothing else. The variable's name is not documented."""

_SETUP = ("department", "bot", "v3_key", "v1_key", "contact", "rule_a", "rule_b", "request", "test")
_UNDO = ("rules", "keys", "bot", "department")


def setup_steps(settings: Mapping[str, Any], hook: Hook) -> tuple[Message, ...]:
    """What the admin does in LiveAgent, step by step, ready to paste."""
    params = {
        "url": str(settings["url"]).rstrip("/"),
        "privileges": PRIVILEGES,
        "hook": hook.url,
        "account": hook.account,
        "body": HOOK_BODY,
        "mail_account": settings["mail_account"],
        "contact_email": settings["contact_email"],
        "department": settings.get("findings_department") or _NO_DEPARTMENT,
    }
    return tuple(Message(f"liveagent.setup.{step}", params) for step in _SETUP)


def undo_steps(settings: Mapping[str, Any]) -> tuple[Message, ...]:
    """How to take it all out again."""
    params = {
        "url": str(settings["url"]).rstrip("/"),
        "bot_agent": settings["bot_agent"],
        "department": settings.get("findings_department") or _NO_DEPARTMENT,
    }
    made_for_us = params["department"] != _NO_DEPARTMENT
    steps = [step for step in _UNDO if step != "department" or made_for_us]
    return tuple(Message(f"liveagent.undo.{step}", params) for step in steps)
