"""Places of one ticket that are looked through together, and what they read like afterwards."""

from __future__ import annotations

from datetime import UTC, datetime

from integration.core.detection import mask
from integration.core.models import Ticket, TicketView
from integration.core.plan import Place, Scan, scan
from integration.core.policy import Policy
from integration.core.surfaces import Surface, SurfaceKind, Text

AT = datetime(2026, 4, 1, 8, tzinfo=UTC)


def place(
    text: str, name: str = "", kind: SurfaceKind = SurfaceKind.MESSAGE, media: str = "text/plain"
) -> Surface:
    """One place, called after its kind where it has no name."""
    return Surface(name or kind.value, kind, Text(text, media))


def look(*places: Surface, begun: dict[str, Place] | None = None) -> Scan:
    """What a scan of the ticket finds."""
    return scan(TicketView(Ticket("t1"), places, AT), Policy(), begun)


def cleaned(*places: Surface, begun: dict[str, Place] | None = None) -> dict[str, str]:
    """What each place with something in it reads like afterwards."""
    return {
        hit.surface.id: mask(
            hit.surface.content.text, hit.removable, media_type=hit.surface.content.media_type
        )
        for hit in look(*places, begun=begun).hits
    }


def begun(*places: Surface) -> dict[str, Place]:
    """What is stored before the first write."""
    return {hit.surface.id: Place.of(hit.surface, hit.spans) for hit in look(*places).hits}
