"""Insert or replace by primary key, on either database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

_INSERT: Final[Mapping[str, Callable[[Table], postgresql.Insert | sqlite.Insert]]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def insert_into(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An insert that knows ON CONFLICT: the same methods in both dialects."""
    return _INSERT[connection.dialect.name](table)


def replace_row(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Store one whole row; a row with the same primary key is overwritten."""
    connection.execute(_replacement(table, connection.dialect.name), row)


@cache
def _replacement(table: Table, dialect: str) -> Insert:
    """Built once: it runs several times for every ticket."""
    statement = _INSERT[dialect](table)
    keys = [column.name for column in table.primary_key]
    others = {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if column.name not in keys
    }
    return statement.on_conflict_do_update(index_elements=keys, set_=others)
