"""How many deliveries came, by what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, case, select

from integration.core.rows import ReceivedRow
from integration.storage.replace import insert_into
from integration.storage.schema import received


class SqlReceivedTable:
    """`core.tables.ReceivedTable` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, rows: Sequence[ReceivedRow]) -> None:
        """Add their times to what is counted; the newest says when, and what was answered."""
        statement = insert_into(self._connection, received)
        given, keys = statement.excluded, [received.c.account, received.c.result]
        is_newer = given.at > received.c.at
        counted = statement.on_conflict_do_update(
            index_elements=keys,
            set_={
                "times": received.c.times + given.times,
                "status": case((is_newer, given.status), else_=received.c.status),
                "at": case((is_newer, given.at), else_=received.c.at),
            },
        )
        # One order for all writers, as everywhere: several receivers count the same.
        for row in sorted(rows, key=lambda row: (row.account, row.result)):
            self._connection.execute(counted, asdict(row))

    def of(self, account: str) -> list[ReceivedRow]:
        """By result, the one that came last first."""
        statement = (
            select(received)
            .where(received.c.account == account)
            .order_by(received.c.at.desc(), received.c.result)
        )
        return [ReceivedRow(*row) for row in self._connection.execute(statement)]
