"""In which turn what waits in the outbox is sent."""

from __future__ import annotations

from collections.abc import Iterable

from integration.core.rows import OutboxRow

MOST = 50
"""Rows of one run, so that it stays bounded."""


def about(row: OutboxRow) -> str:
    """What is told in order: a finding. A day of the journal stands for itself."""
    return str(row.payload.get("fingerprint", row.dedupe_key))


def in_turn(rows: Iterable[OutboxRow]) -> list[OutboxRow]:
    """Of rows that come oldest first those to send now: what has failed least, then the oldest.

    So what fails each time holds up nothing else. What is told of one finding keeps its order, or
    a ticket could be opened again and then closed.
    """
    waiting = list(rows)
    failures: dict[str, int] = {}
    for row in waiting:
        failures[about(row)] = max(row.attempts, failures.get(about(row), 0))
    return sorted(waiting, key=lambda row: failures[about(row)])[:MOST]
