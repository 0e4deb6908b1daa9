"""What Request Tracker's words mean to us. A type that is not here never fails: it is scanned."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from integration.core.models import TicketStatus
from integration.core.surfaces import Direction, SurfaceKind

STATUSES: Mapping[str, TicketStatus] = MappingProxyType(
    {
        "resolved": TicketStatus.CLOSED,
        "rejected": TicketStatus.CLOSED,
        "deleted": TicketStatus.DELETED,
    }
)
"""Of the default life cycle; every other status is open."""
STATUS_TO_SET: Mapping[TicketStatus, str] = MappingProxyType(
    {TicketStatus.OPEN: "open", TicketStatus.CLOSED: "resolved"}
)

BODIES: Mapping[str, SurfaceKind] = MappingProxyType(
    {
        "Comment": SurfaceKind.NOTE,
        "EmailRecord": SurfaceKind.MAIL_COPY,
        "CommentEmailRecord": SurfaceKind.MAIL_COPY,
        "Forward Ticket": SurfaceKind.MAIL_COPY,
        "Forward Transaction": SurfaceKind.MAIL_COPY,
    }
)
"""Kind of a body by the type of its transaction; every other one is a message."""
OUTBOUND = frozenset({"EmailRecord", "Forward Ticket", "Forward Transaction"})
MAIL_COPIES = frozenset({"EmailRecord", "CommentEmailRecord"})
"""Shown only to those with the right ShowOutgoingEmail."""

FRESH = "new"
"""Status of a ticket that was just made, in the default life cycle."""

CHANNELS: Mapping[str, str] = MappingProxyType({"Email": "email", "Web": "web", "REST": "api"})
"""By the header X-RT-Interface."""

SYSTEM_USER = "RT_System"
NOBODY = "Nobody"

TEXTUAL = re.compile(
    r"(?:text|message|plain)(?:/|$)"
    r"|application/(?:json|xml|csv|x-(?:ndjson|yaml|www-form-urlencoded)|yaml|sql|javascript|rtf)$"
    r"|.*\+(?:json|xml)$",
    re.IGNORECASE,
)
"""Media types that are read, and redacted, as text; our extension looks at the content too."""

PLUGIN_FIELDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "ticket": frozenset({"Subject"}),
        "transaction": frozenset({"OldValue", "NewValue", "Data"}),
        "attachment": frozenset({"Content", "Subject", "Headers", "Filename", "MessageId"}),
        "value": frozenset({"Content", "LargeContent"}),
        "link": frozenset({"Base", "Target"}),
        "user": frozenset({"RealName"}),
    }
)
"""What the extension can write, by kind of record."""


def body_direction(transaction_type: str, *, by_requester: bool, by_system: bool) -> Direction:
    """Which way a body went."""
    if transaction_type in OUTBOUND:
        return Direction.OUTBOUND
    if by_requester:
        return Direction.INBOUND
    if transaction_type == "Correspond" and not by_system:
        return Direction.OUTBOUND
    return Direction.INTERNAL
