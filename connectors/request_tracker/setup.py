"""What `account add` asks for, and what the admin does in Request Tracker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from connectors.address import checked
from connectors.base import Hook, Setting, Spec
from integration.core.messages import Message

SPEC = Spec(
    key="request_tracker",
    title="Request Tracker",
    settings=(
        Setting("url", "request_tracker.setting.url", check=checked),
        Setting("user", "request_tracker.setting.user"),
        Setting("password", "request_tracker.setting.password", secret=True, instead="token"),
        Setting(
            "token",
            "request_tracker.setting.token",
            secret=True,
            required=False,
            in_header=True,
        ),
        Setting("findings_department", "request_tracker.setting.findings_department"),
        Setting("tags_field", "request_tracker.setting.tags_field", required=False),
    ),
    requests_per_minute=1200,
    calls_per_ticket=2,
)
PLUGIN_FOLDER = Path(__file__).parent / "plugin" / "RT-Extension-Deskwarden"
INSTALLED = f"/usr/local/share/request-tracker5/plugins/{PLUGIN_FOLDER.name}"
"""Where it is on the RT host, as Debian packages RT."""


def setup_steps(settings: Mapping[str, Any], hook: Hook) -> Sequence[Message]:
    """User, extension, rights, queue, templates, scrip and two tests, in this order."""
    facts = {
        "user": settings.get("user", "deskwarden"),
        "queue": settings.get("findings_department", "Compliance"),
        "folder": PLUGIN_FOLDER,
        "installed": INSTALLED,
        "url": hook.url,
        "account": hook.account,
        "secret": hook.secret,
    }
    names = ("user", "extension", "rights", "queue", "autoreply", "scrip", "check", "test")
    return [Message(f"request_tracker.setup.{name}", facts) for name in names]


def undo_steps(settings: Mapping[str, Any]) -> Sequence[Message]:
    """Scrip, extension and user."""
    facts = {"user": settings.get("user", "deskwarden"), "installed": INSTALLED}
    names = ("scrip", "extension", "user")
    return [Message(f"request_tracker.undo.{name}", facts) for name in names]
