"""Small named values of an account."""

from __future__ import annotations

from sqlalchemy import Connection, select

from integration.core.rows import Json
from integration.storage.records import from_record, to_record
from integration.storage.replace import replace_row
from integration.storage.schema import values


class SqlValueTable:
    """`core.tables.ValueTable` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, account: str, name: str) -> Json | None:
        """The value, or None."""
        statement = select(values.c.value).where(values.c.account == account, values.c.name == name)
        stored = self._connection.execute(statement).scalar_one_or_none()
        value: Json | None = None if stored is None else from_record(stored)
        return value

    def put(self, account: str, name: str, value: Json) -> None:
        """Replace it; PermanentError (`card_in_record`) when it holds card data."""
        row = {"account": account, "name": name, "value": to_record(value)}
        replace_row(self._connection, values, row)
