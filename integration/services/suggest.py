"""Formats that an account might allow: read a sample of its tickets and count shapes in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from integration.core.errors import NotFound
from integration.core.ports import Clock, Connector
from integration.core.shapes import Shapes
from integration.services.sampling import draw, patiently


@dataclass(frozen=True, slots=True)
class Sample:
    """What was read, and the shapes that were counted in it."""

    listed: int
    read: int
    shapes: Shapes


def sample_shapes(
    connector: Connector,
    clock: Clock,
    *,
    size: int,
    seed: str,
    since: datetime | None = None,
    on_ticket: Callable[[int, int], None] = lambda _done, _of: None,
) -> Sample:
    """Draw `size` tickets from the history and count the shapes in them; stores nothing.

    `on_ticket` is told how many were read, of how many.
    """
    chosen, listed = _draw(connector, clock, size=size, seed=seed, since=since)
    shapes, read = Shapes(), 0
    for number, ticket in enumerate(chosen):
        on_ticket(number, len(chosen))
        try:
            shapes.add(patiently(clock, partial(connector.fetch, ticket)))
            read += 1
        except NotFound:
            continue  # deleted since it was listed
    return Sample(listed, read, shapes)


def _draw(
    connector: Connector, clock: Clock, *, size: int, seed: str, since: datetime | None
) -> tuple[tuple[str, ...], int]:
    chosen: tuple[str, ...] = ()
    cursor: str | None = None
    listed = 0
    while True:
        page = patiently(clock, partial(connector.history, cursor, since=since))
        chosen = draw(seed, (*chosen, *(ticket.id for ticket in page.tickets)), size)
        listed += len(page.tickets)
        cursor = page.cursor
        if not page.more:
            return chosen, listed
