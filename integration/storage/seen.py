"""What was read already."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, literal, select

from integration.core.ports import Clock
from integration.storage.replace import replace_row
from integration.storage.schema import seen


class SqlSeenTable:
    """`core.tables.SeenTable` within one transaction: one row per ticket, its newest state."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def is_seen(self, account: str, ticket: str, *, changed: str, scanned_with: str) -> bool:
        """Whether this state of the ticket was scanned with this version of the rules."""
        statement = select(literal(1)).where(
            seen.c.account == account,
            seen.c.ticket == ticket,
            seen.c.changed == changed,
            seen.c.scanned_with == scanned_with,
        )
        return self._connection.execute(statement).first() is not None

    def found(
        self, account: str, ticket: str, *, changed: str, scanned_with: Sequence[str]
    ) -> bool | None:
        """Whether card data was found in this state of the ticket; None: it must be read."""
        statement = select(seen.c.found).where(
            seen.c.account == account,
            seen.c.ticket == ticket,
            seen.c.changed == changed,
            seen.c.scanned_with.in_(scanned_with),
        )
        return self._connection.execute(statement).scalar_one_or_none()

    def record(
        self,
        account: str,
        ticket: str,
        *,
        changed: str,
        scanned_with: str,
        found: bool | None = None,
    ) -> None:
        """Remember it, in place of an earlier state."""
        row = {
            "account": account,
            "ticket": ticket,
            "changed": changed,
            "scanned_with": scanned_with,
            "at": self._clock.now(),
            "found": found,
        }
        replace_row(self._connection, seen, row)
