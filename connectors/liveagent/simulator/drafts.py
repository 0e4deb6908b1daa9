"""What is about to be written: a ticket, a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from connectors.liveagent.simulator.records import Contact
from connectors.liveagent.simulator.vocabulary import PUBLIC


@dataclass(frozen=True)
class Part:
    """One message to be: its type, format and text."""

    type: str
    text: str = field(repr=False)
    format: str = "T"
    visibility: str = PUBLIC
    file_id: str = ""


@dataclass(frozen=True)
class NewTicket:
    """A ticket to be."""

    owner: Contact
    subject: str = field(repr=False)
    department_id: str = "default"
    channel: str = "E"
    status: str = "N"
    agent_id: str = ""
    tags: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
