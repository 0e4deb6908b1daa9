"""What happens on a ticket, as rules see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from connectors.liveagent.simulator.records import Message, Ticket


class Trigger(StrEnum):
    """When an administrator's rule runs."""

    TICKET_CREATED = "ticket created"
    MESSAGE_GROUP_ADDED = "message group added"
    MESSAGE_ADDED = "message added"
    STATUS_CHANGED = "ticket status changed"
    TAGS_CHANGED = "ticket tags changed"


@dataclass(frozen=True)
class Happened:
    """One event: what, on which ticket, by whom, and the message if there is one."""

    trigger: Trigger
    ticket: Ticket
    initiator: str
    message: Message | None = None


Listener = Callable[[list[Happened]], None]
"""Gets the events of one act together, in the order in which they happened."""
