"""The tickets in which something waits until a chat or call has ended."""

from __future__ import annotations

from sqlalchemy import Connection, and_, bindparam, delete, func, select

from integration.core.rows import Waiting, WaitingRow
from integration.storage.records import from_record, to_record
from integration.storage.replace import replace_row
from integration.storage.schema import waiting

# Built once: the first runs for every ticket.
_OF = and_(waiting.c.account == bindparam("of"), waiting.c.ticket == bindparam("about"))
_ONE = select(waiting).where(_OF)
_END = delete(waiting).where(_OF)


class SqlWaitingTable:
    """`core.tables.WaitingTable` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, account: str, ticket: str) -> WaitingRow | None:
        """The ticket, or None where nothing waits in it."""
        row = self._connection.execute(_ONE, {"of": account, "about": ticket}).first()
        if row is None:
            return None
        return WaitingRow(row.account, row.ticket, row.since, row.places, from_record(row.said))

    def save(self, row: WaitingRow) -> None:
        """Insert or replace; PermanentError (`card_in_record`) when it holds card data."""
        stored = {
            "account": row.account,
            "ticket": row.ticket,
            "since": row.since,
            "places": row.places,
            "said": to_record(row.said),
        }
        replace_row(self._connection, waiting, stored)

    def end(self, account: str, ticket: str) -> None:
        """Nothing waits in it any more."""
        self._connection.execute(_END, {"of": account, "about": ticket})

    def count(self, account: str) -> Waiting:
        """How much waits now."""
        places = func.coalesce(func.sum(waiting.c.places), 0)
        counts = select(func.count(), places).where(waiting.c.account == account)
        return Waiting(*self._connection.execute(counts).one())
