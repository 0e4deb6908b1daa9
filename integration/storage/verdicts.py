"""What people said of a sample of finds: places and answers."""

from __future__ import annotations

import builtins

from sqlalchemy import Connection, select

from integration.core.ports import Clock
from integration.core.rows import VerdictRow
from integration.storage.replace import replace_row
from integration.storage.schema import verdicts

_COLUMNS = [column for column in verdicts.c if column.name != "at"]


class SqlVerdictTable:
    """`core.tables.VerdictTable` within one transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def save(self, row: VerdictRow) -> None:
        """Insert or replace, by place and kind."""
        stored = {column.name: getattr(row, column.name) for column in _COLUMNS}
        replace_row(self._connection, verdicts, stored | {"at": self._clock.now()})

    def list(self, account: str) -> builtins.list[VerdictRow]:
        """All of an account, by place."""
        statement = (
            select(*_COLUMNS)
            .where(verdicts.c.account == account)
            .order_by(verdicts.c.ticket, verdicts.c.surface, verdicts.c.start)
        )
        return [VerdictRow(*row) for row in self._connection.execute(statement)]
