"""What can be done to each kind of surface, with and without our extension."""

from __future__ import annotations

from collections.abc import Mapping

from connectors.request_tracker.records import Plugin
from integration.core.capabilities import Capabilities, Capability, Method, NotRead, WhyNot
from integration.core.surfaces import SurfaceKind

STANDING_RESIDUE = tuple(
    f"request_tracker.residue.{name}"
    for name in ("sent_mail", "mailbox", "logs", "sessions", "search_index", "backups")
)
_NEVER_READ = dict.fromkeys(
    ("user_fields", "refused_senders", "searches", "squelched"), WhyNot.NOT_YET
)
"""With our extension too."""
_DELETED = {"deleted_tickets": WhyNot.NO_API}
_MAIL_COPIES = {"mail_copies": WhyNot.NO_RIGHT}
_STORED = (
    SurfaceKind.SUBJECT,
    SurfaceKind.MESSAGE,
    SurfaceKind.NOTE,
    SurfaceKind.CUSTOM_FIELD,
    SurfaceKind.FILE,
    SurfaceKind.FILE_NAME,
    SurfaceKind.HEADER,
    SurfaceKind.HISTORY,
    SurfaceKind.MAIL_COPY,
    SurfaceKind.CONTACT_FIELD,
)
_EDITABLE = frozenset({SurfaceKind.SUBJECT, SurfaceKind.CUSTOM_FIELD})
_STEPS = "request_tracker.steps.install"


def capabilities(plugin: Plugin | None, *, sees_mail: bool) -> Capabilities:
    """The matrix of one account."""
    if plugin and plugin.may_redact:
        return Capabilities(
            {kind: _redactable(kind) for kind in _STORED},
            STANDING_RESIDUE,
            _not_read({} if plugin.lists_deleted else _DELETED),
        )
    why = "request_tracker.why.no_right" if plugin else "request_tracker.why.no_plugin"
    return Capabilities(
        {kind: _plain(kind, why) for kind in _STORED},
        STANDING_RESIDUE,
        _not_read(
            {"old_values": WhyNot.NO_RIGHT if plugin else WhyNot.NO_API},
            {} if sees_mail else _MAIL_COPIES,
            _DELETED,
        ),
        mail_by_hand="" if sees_mail else "request_tracker.mail_by_hand",
    )


def _redactable(kind: SurfaceKind) -> Capability:
    if kind is SurfaceKind.MAIL_COPY:
        return Capability((Method.REDACT,), residue=("request_tracker.residue.sent_mail",))
    return Capability((Method.REDACT,))


def _plain(kind: SurfaceKind, why: str) -> Capability:
    if kind in _EDITABLE:
        return Capability((Method.EDIT,), why, _STEPS, ("request_tracker.residue.old_value",))
    return Capability((), why, _STEPS)


def _not_read(*here: Mapping[str, WhyNot]) -> tuple[NotRead, ...]:
    return tuple(
        NotRead(f"request_tracker.not_read.{name}", why)
        for part in (*here, _NEVER_READ)
        for name, why in part.items()
    )
