"""What LiveAgent's one-letter codes mean to us. A code that is not here never fails: it is scanned.

Source: the models of the vendor's published API v3 client (QualityUnit/LiveAgent-api-python).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from integration.core.models import AgentRole, TicketStatus
from integration.core.surfaces import Direction, SurfaceKind

STATUSES: Mapping[str, TicketStatus] = MappingProxyType(
    {
        "T": TicketStatus.LIVE,
        "P": TicketStatus.LIVE,
        "R": TicketStatus.CLOSED,
        "L": TicketStatus.CLOSED,
        "B": TicketStatus.SPAM,
        "X": TicketStatus.DELETED,
    }
)
"""Ticket status; every other one is open."""
STATUS_TO_SET: Mapping[TicketStatus, str] = MappingProxyType(
    {TicketStatus.OPEN: "C", TicketStatus.CLOSED: "R"}
)

CHANNELS: Mapping[str, str] = MappingProxyType(
    {
        "E": "email",
        "B": "chat",
        "M": "form",
        "I": "chat",
        "C": "call",
        "W": "call",
        "F": "facebook",
        "A": "facebook",
        "T": "twitter",
        "Q": "forum",
        "S": "suggestion",
    }
)
"""Channel of a ticket; newer ones (WhatsApp, Viber) have codes that are not documented."""

GROUP_DIRECTIONS: Mapping[str, Direction] = MappingProxyType(
    dict.fromkeys("35MQ", Direction.INBOUND)
    | dict.fromkeys("47OY", Direction.OUTBOUND)
    | dict.fromkeys("1IUZSTRJXBGAKL2", Direction.INTERNAL)
)
"""Which way a message group went; in the others (chats, calls, networks) its author decides."""

SYSTEM_USER = "system00"

NOTE_FILE = "L"
FILES = frozenset({"F", NOTE_FILE})
"""Message types that describe a file: of a message, of a note."""
VOICE = frozenset("V1")
TITLE = "T"

KINDS: Mapping[str, SurfaceKind] = MappingProxyType(
    {
        "Q": SurfaceKind.QUOTED,
        "N": SurfaceKind.NOTE,
        TITLE: SurfaceKind.HISTORY,
    }
)
"""Kind of surface by message type; everything else that holds text is a message."""

HTML_FORMATS = frozenset("HY")
"""Message formats shown as HTML; T, X (text), J, Z (JSON) and unknown ones are read as text."""

ROLES: Mapping[str, AgentRole] = MappingProxyType(
    {"owner": AgentRole.OWNER, "admin": AgentRole.ADMIN, "ext_admin": AgentRole.ADMIN}
)
"""Role of an agent; every other one, custom roles included, is an agent."""
ACTIVE: Mapping[str, bool] = MappingProxyType({"A": True, "X": False, "D": False})
YES_NO: Mapping[str, bool] = MappingProxyType({"Y": True, "N": False})
