"""The connected accounts and their sealed secrets."""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, delete, select, text, update

from integration.core.mode import Mode
from integration.core.rows import AccountRow
from integration.storage.records import from_record, to_record
from integration.storage.replace import replace_row
from integration.storage.schema import (
    accounts,
    deliveries,
    due,
    findings,
    outbox,
    received,
    redactions,
    results,
    seen,
    swept,
    values,
    verdicts,
    waiting,
)

# Waits for who reads for an update, also of an account that is not there yet, and makes them wait;
# who only reads is let through. SQLite has one writer anyway.
_LOCK_ALL = text("LOCK TABLE accounts IN EXCLUSIVE MODE")
# Built once: they run for every ticket.
_ONE = select(accounts).where(accounts.c.id == bindparam("of"))
_ONE_FOR_UPDATE = _ONE.with_for_update()
_ALL = select(accounts).order_by(accounts.c.id)
_WORK = (due, deliveries, received, seen, swept, outbox, results, values, verdicts, waiting)
"""What is of use only while the account is connected."""
_RECORDS = (findings, redactions)
"""What tells what was found and done, also when the account is gone."""


class SqlAccountTable:
    """`core.tables.AccountTable` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, account: str, *, for_update: bool = False) -> AccountRow | None:
        """The account, or None; with `for_update` nobody else changes it before the commit."""
        statement = _ONE_FOR_UPDATE if for_update else _ONE
        row = self._connection.execute(statement, {"of": account}).first()
        return _account(row) if row else None

    def list(self, *, for_update: bool = False) -> builtins.list[AccountRow]:
        """All, by id; with `for_update` none is changed or added by others before the commit."""
        if for_update and self._connection.dialect.name == "postgresql":
            self._connection.execute(_LOCK_ALL)
        rows = self._connection.execute(_ALL)
        return [_account(row) for row in rows]

    def save(self, row: AccountRow) -> None:
        """Insert, or replace what was read `for_update`."""
        stored = {
            "id": row.id,
            "helpdesk": row.helpdesk,
            "settings": to_record(row.settings),
            "sealed": row.sealed,
            "mode": row.mode.value,
            "paused": row.paused,
            "facts": to_record(row.facts),
            "created": row.created,
        }
        replace_row(self._connection, accounts, stored)

    def remove(self, account: str) -> None:
        """Forget the account, its secrets and its work; audit, findings and removals stay."""
        self._connection.execute(delete(accounts).where(accounts.c.id == account))
        self._clear(account, _WORK)

    def begin_anew(self, account: str) -> None:
        """Forget what an earlier account of this name left, but for its audit chain.

        It may have been of another helpdesk, and there a ticket of the same id is another ticket.
        """
        self._clear(account, _WORK + _RECORDS)

    def set_paused(self, account: str, reason: str | None) -> None:
        """Stop or allow every write."""
        self._connection.execute(
            update(accounts).where(accounts.c.id == account).values(paused=reason)
        )

    def _clear(self, account: str, tables: Iterable[Table]) -> None:
        for table in tables:
            self._connection.execute(delete(table).where(table.c.account == account))


def _account(row: Row[Any]) -> AccountRow:
    return AccountRow(
        id=row.id,
        helpdesk=row.helpdesk,
        settings=from_record(row.settings),
        sealed=row.sealed,
        mode=Mode(row.mode),
        paused=row.paused,
        facts=from_record(row.facts),
        created=row.created,
    )
