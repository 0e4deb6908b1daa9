"""What can be done on a LiveAgent account, as data: the capability matrix and its residue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connectors.liveagent.previews import PREVIEW_FOLLOWS, PREVIEWS
from integration.core.capabilities import Capabilities, Capability, Method, NotRead, WhyNot
from integration.core.surfaces import SurfaceKind

_EDIT = Capability((Method.EDIT,))
_BY_HAND = Capability(why="liveagent.why.no_edit", steps="liveagent.steps.message")
_REPOST = Capability((Method.REPOST,), why="liveagent.why.no_edit")
_FILE = Capability(why="liveagent.why.no_file_delete", steps="liveagent.steps.file")
_CONTACT = Capability(why="liveagent.why.contact", steps="liveagent.steps.contact")
_TITLE = Capability(why="liveagent.why.title", steps="liveagent.steps.message")
_PREVIEW = Capability(why="liveagent.why.preview", steps="liveagent.steps.preview")
_TITLE_DELETE = Capability((Method.DELETE,), why="liveagent.why.title")

_ALWAYS: Mapping[SurfaceKind, Capability] = {
    SurfaceKind.SUBJECT: _EDIT,
    SurfaceKind.CUSTOM_FIELD: _EDIT,
    SurfaceKind.FILE: _FILE,
    SurfaceKind.FILE_NAME: _FILE,
    SurfaceKind.CONTACT_FIELD: _CONTACT,
}
_MESSAGES = (SurfaceKind.MESSAGE, SurfaceKind.NOTE, SurfaceKind.QUOTED)

STANDING_RESIDUE = tuple(
    f"liveagent.residue.{name}"
    for name in ("mailbox", "mail_source", "outbox", "notifications", "index", "backups")
)
"""Copies that no API reads and that every ticket leaves."""
PREVIEW_RESIDUE = "liveagent.residue.preview"
"""The same where the preview of each ticket is not read: it shows what its newest message holds."""
TAGS = "tags"
"""Fact: tag id -> name, or None where the key may not read tags."""
NOT_READ = {
    "recordings": WhyNot.NO_API,
    "settings": WhyNot.NO_API,
    "roles": WhyNot.NO_API,
    "rules": WhyNot.NO_API,
    "audit_log": WhyNot.NO_API,
    "outbox": WhyNot.NO_API,
    "contacts": WhyNot.NOT_YET,
    "answers": WhyNot.NOT_YET,
}
"""By the last part of its message key."""


MAIL_BY_HAND = "liveagent.mail_by_hand"
"""No call reads the outbox. Where admins do: https://support.liveagent.com/160398."""


def capabilities(facts: Mapping[str, Any]) -> Capabilities:
    """The matrix of an account, given what its self-test proved.

    `delete_erases`: a deleted message was gone when read again. `previews`: what lists show of a
    ticket can be read; it is read after each write, unless it was seen to follow by itself.
    """
    kept = facts.get(PREVIEWS) is True and facts.get(PREVIEW_FOLLOWS) is not True
    no_tags = {"tags": WhyNot.NO_RIGHT} if facts.get(TAGS, {}) is None else {}
    erases = facts.get("delete_erases") is True
    message = _REPOST if erases else _BY_HAND
    return Capabilities(
        by_kind={
            **_ALWAYS,
            **dict.fromkeys(_MESSAGES, message),
            SurfaceKind.HISTORY: _TITLE_DELETE if erases else _TITLE,
            **({SurfaceKind.PREVIEW: _PREVIEW} if kept else {}),
        },
        standing_residue=STANDING_RESIDUE if kept else (*STANDING_RESIDUE, PREVIEW_RESIDUE),
        not_read=tuple(
            NotRead(f"liveagent.not_read.{name}", why)
            for name, why in {**no_tags, **NOT_READ}.items()
        ),
        mail_by_hand=MAIL_BY_HAND,
    )
