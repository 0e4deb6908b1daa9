"""The count of deliveries, as use cases see its table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from integration.core.rows import ReceivedRow


class ReceivedTable(Protocol):
    """How many deliveries came, by what became of each; counted on from the first."""

    def add(self, rows: Sequence[ReceivedRow]) -> None:
        """Add their times to what is counted."""
        ...

    def of(self, account: str) -> list[ReceivedRow]:
        """By result, the one that came last first."""
        ...
