"""The tables that remember what was read: every ticket once, and those of a sweep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from integration.core.rows import Swept, Traces


class SeenTable(Protocol):
    """What was read already, so that nothing is read twice in vain."""

    def is_seen(self, account: str, ticket: str, *, changed: str, scanned_with: str) -> bool:
        """Whether this state of the ticket was scanned with this version of the rules."""
        ...

    def found(
        self, account: str, ticket: str, *, changed: str, scanned_with: Sequence[str]
    ) -> bool | None:
        """Whether card data was found in this state, scanned with one of these; None: unknown."""
        ...

    def record(
        self,
        account: str,
        ticket: str,
        *,
        changed: str,
        scanned_with: str,
        found: bool | None = None,
    ) -> None:
        """Remember it. `found`: whether card data was found; None where part was not read."""
        ...


class SweptTable(Protocol):
    """The tickets of the last sweep of an account, and what became of each."""

    def clear(self, account: str) -> None:
        """Forget them: another sweep begins."""
        ...

    def add(self, account: str, tickets: Mapping[str, bool | None]) -> None:
        """List tickets, with what is known of their card data; None: to be read."""
        ...

    def take(self, account: str, limit: int) -> list[str]:
        """So many that are to be read; they are not given again."""
        ...

    def read(self, account: str, ticket: str, *, found: bool, calls: int) -> None:
        """It was read, whoever asked for it; the first reading of a listed ticket counts."""
        ...

    def spent(self, account: str, ticket: str, calls: int) -> None:
        """So many calls went into a reading that did not come to its end."""
        ...

    def gone(self, account: str, ticket: str) -> None:
        """The ticket is no longer there."""
        ...

    def counts(self, account: str) -> Swept:
        """How far it has come."""
        ...


class TraceTable(Protocol):
    """Which tables hold anything of a ticket: one look instead of two for most."""

    def of_ticket(self, account: str, ticket: str) -> Traces:
        """What there is of a ticket."""
        ...
