"""Why an account may be paused, and which reason stays when there are several."""

from __future__ import annotations

from datetime import datetime

from integration.core.errors import AuthExpired
from integration.core.rows import RecordType
from integration.core.tables import Tables

BREAKER = "breaker"
"""More removals than usual: nothing is removed, but the question why is asked."""
ADMIN = "admin"
"""A person stopped every write."""
ORDER = (BREAKER, AuthExpired.reason, ADMIN)
"""From the reason that stops least to the one that stops most."""
SILENT = frozenset({AuthExpired.reason, ADMIN})
"""Pauses in which nothing at all is written. A breaker stops removals, but has to ask."""
WORKED = frozenset({None, BREAKER})
"""How accounts are paused, if at all, whose tickets are looked at."""


def worked(tables: Tables) -> list[str]:
    """The accounts whose rows may be claimed now."""
    return [row.id for row in tables.accounts.list() if row.paused in WORKED]


def pause(tables: Tables, account: str, reason: str, *, now: datetime) -> None:
    """Stop writes. A reason that stops more stays: only a person ends what a person began."""
    row = tables.accounts.get(account, for_update=True)
    if row is None:
        return
    if row.paused is None or ORDER.index(reason) > ORDER.index(row.paused):
        tables.accounts.set_paused(account, reason)
        tables.audit.append(account, {"type": RecordType.PAUSED, "reason": reason}, at=now)
