"""How many agents could read a ticket: by its department, as the last snapshot knew it."""

from __future__ import annotations

from integration.core.models import AgentRole, Snapshot
from integration.core.tables import Tables

NAME = "readers"
NEEDED = frozenset({"agents", "departments.members"})


def count(snapshot: Snapshot) -> dict[str, int] | None:
    """Department -> active agents in it and all who administer; None when that is not readable.

    Our own bot is not among them: what it reads it does not show to anyone.
    """
    if not snapshot.readable >= NEEDED:
        return None
    active = {a.id for a in snapshot.agents if a.active is not False and not a.is_our_bot}
    over_all = {a.id for a in snapshot.agents if a.role is not AgentRole.AGENT} & active
    return {d.id: len((d.agent_ids & active) | over_all) for d in snapshot.departments}


def remember(tables: Tables, account: str, snapshot: Snapshot) -> None:
    """Keep the counts until the next snapshot."""
    counts = count(snapshot)
    if counts is not None:
        tables.values.put(account, NAME, counts)


def of(tables: Tables, account: str, department: str | None) -> int | None:
    """How many could read a ticket of this department; None when it is not known."""
    counts = tables.values.get(account, NAME) or {}
    found: int | None = counts.get(department or "")
    return found
