"""What waits until a chat or call has ended, as use cases see its table."""

from __future__ import annotations

from typing import Protocol

from integration.core.rows import Waiting, WaitingRow


class WaitingTable(Protocol):
    """The tickets in which something waits until a chat or call has ended."""

    def get(self, account: str, ticket: str) -> WaitingRow | None:
        """The ticket, or None where nothing waits in it."""
        ...

    def save(self, row: WaitingRow) -> None:
        """Insert or replace, by account and ticket."""
        ...

    def end(self, account: str, ticket: str) -> None:
        """Nothing waits in it any more."""
        ...

    def count(self, account: str) -> Waiting:
        """How much waits now."""
        ...
