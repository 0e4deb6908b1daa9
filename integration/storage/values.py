"""Small named values of an account."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from integration.core.rows import Json
from integration.storage.records import from_record, to_record
from integration.storage.replace import replace_row
from integration.storage.schema import values

# Built once: it runs for every ticket.
_ONE = select(values.c.value).where(
    values.c.account == bindparam("of"), values.c.name == bindparam("called")
)


class SqlValueTable:
    """`core.tables.ValueTable` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, account: str, name: str) -> Json | None:
        """The value, or None."""
        wanted = {"of": account, "called": name}
        stored = self._connection.execute(_ONE, wanted).scalar_one_or_none()
        value: Json | None = None if stored is None else from_record(stored)
        return value

    def put(self, account: str, name: str, value: Json) -> None:
        """Replace it; PermanentError (`card_in_record`) when it holds card data."""
        row = {"account": account, "name": name, "value": to_record(value)}
        replace_row(self._connection, values, row)
