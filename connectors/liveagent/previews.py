"""What LiveAgent's lists show of a ticket: a copy that our key may read and that no call edits."""

from __future__ import annotations

from collections.abc import Iterator

from connectors.liveagent.client import Client
from integration.core.errors import HelpdeskUnavailable, PermanentError
from integration.core.surfaces import Surface, SurfaceKind, Text

PREVIEWS = "previews"
"""Fact: whether the preview of one ticket can be asked for; `probe` proves it."""
PREVIEW_FOLLOWS = "preview_follows"
"""Fact: whether it shows the note, and no longer the message, once that is deleted; from the
self-test."""
_OF_NO_TICKET = "deskwarden-none"


def are_readable(client: Client) -> bool:
    """Whether the grid shows previews and heeds its filter by id: without it one call cannot tell.

    Neither is documented for this filter, so that it is tried with an id and with one of no ticket.
    A list that fails (before 5.63.4 one bad row is enough) cannot be relied on either.
    """
    try:
        rows = client.previews()
        if not rows or client.previews(_OF_NO_TICKET):
            return False
        last = rows[-1].conversationid
        return [row.conversationid for row in client.previews(last)] == [last]
    except (PermanentError, HelpdeskUnavailable):
        return False


def preview_surfaces(client: Client, ticket_id: str) -> Iterator[Surface]:
    """The preview of a ticket; nothing for one that lists do not show."""
    for row in client.previews(ticket_id):
        if row.conversationid == ticket_id:
            yield Surface("preview", SurfaceKind.PREVIEW, Text(row.preview))
