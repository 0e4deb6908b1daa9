"""Records as API v3 writes them: the names and types of the published client's models."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from connectors.liveagent.simulator.store import Store
from connectors.liveagent.simulator.switches import Switches

Row = dict[str, Any]


class Wire:
    """Makes JSON objects; drops what has no value, as live accounts do."""

    def __init__(self, store: Store, switches: Switches) -> None:
        self._store = store
        self._switches = switches

    def _row(self, **values: object) -> Row:
        if not self._switches.omit_empty:
            return values
        return {k: v for k, v in values.items() if v is not None and v != []}

    def _ticket_time(self, moment: datetime | None) -> str | None:
        return self._store.stamp(moment, self._switches.tz)
