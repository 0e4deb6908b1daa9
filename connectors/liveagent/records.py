"""What we keep of LiveAgent's answers, as values. Their reprs show no text of a person.

Source: the models of the vendor's published API v3 client (QualityUnit/LiveAgent-api-python).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class CustomField:
    """A field of a ticket: its code and the value as it came, for writing it back unchanged."""

    code: str
    value: Any = field(default="", repr=False)

    @property
    def text(self) -> str:
        """The value as people read it."""
        return as_text(self.value)


@dataclass(frozen=True, slots=True)
class TicketRecord:
    """`Ticket` of API v3, without the fields that open the ticket to its customer."""

    id: str
    status: str
    subject: str = field(default="", repr=False)
    code: str = ""
    departmentid: str = ""
    agentid: str = ""
    owner_contactid: str = ""
    owner_name: str = field(default="", repr=False)
    owner_email: str = field(default="", repr=False)
    channel_type: str = ""
    tags: list[str] = field(default_factory=list)
    date_created: str = ""
    date_changed: str = ""
    date_due: str = ""
    custom_fields: list[CustomField] = field(default_factory=list)
    settled: bool = False
    """Read well after `date_changed`, which is in seconds: the next change has another one."""


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """`Message` of API v3."""

    id: str
    type: str
    message: str = field(default="", repr=False)
    format: str = ""
    userid: str = ""
    datecreated: str = ""


@dataclass(frozen=True, slots=True)
class PreviewRecord:
    """Of `TicketRow`, a row of the grid: what lists show of a ticket."""

    conversationid: str
    preview: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """`MessageGroup` of API v3."""

    id: str
    type: str
    messages: list[MessageRecord] = field(default_factory=list)
    userid: str = ""
    user_full_name: str = field(default="", repr=False)
    status: str = ""
    datecreated: str = ""


@dataclass(frozen=True, slots=True)
class AgentRecord:
    """`Agent` of API v3, or the same facts out of an `AgentRow` of the grid."""

    id: str
    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    role: str | None = None
    status: str = ""
    twofactor_auth: str = ""
    last_pswd_change: str = ""


@dataclass(frozen=True, slots=True)
class DepartmentRecord:
    """`Department` of API v3."""

    department_id: str
    name: str = ""
    agent_ids: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TagRecord:
    """`Tag` of API v3."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class PluginRecord:
    """`PluginRow` of the grid. LiveAgent tells no version of a plugin."""

    code_name: str
    name: str = ""
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class ApiKeyRecord:
    """`ApiKey` of API v3. It holds the key itself: compare it and let go of the record."""

    id: str
    name: str = ""
    key: str = field(default="", repr=False)
    userid: str = ""
    valid_to_date: str = ""
    whitelist: str | None = None
    privileges: frozenset[str] | None = None


def as_text(value: Any) -> str:  # noqa: ANN401 - decoded JSON
    """Show a JSON value as text; null is empty."""
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)
