"""The latest check results and since when they stand."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from integration.core.rows import Json
from integration.storage.records import from_record, to_record, utc_text
from integration.storage.schema import results


class SqlResultTable:
    """`core.tables.ResultTable` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def replace(self, account: str, new: Sequence[Json], *, at: datetime) -> None:
        """Store the results of one run; a status that did not change keeps its `since`."""
        before = {(row.check_id, row.resource): row for row in self._rows(account)}
        self._connection.execute(delete(results).where(results.c.account == account))
        if not new:
            return
        self._connection.execute(
            insert(results),
            [
                {
                    "account": account,
                    "check_id": result["check"],
                    "resource": result["resource"],
                    "status": str(result["status"]),
                    "facts": to_record(result.get("facts", {})),
                    "since": _since(result, before.get((result["check"], result["resource"])), at),
                    "at": at,
                }
                for result in new
            ],
        )

    def list(self, account: str) -> builtins.list[Json]:
        """The results of the last run: `check`, `status`, `resource`, `facts`, `since`, `at`."""
        return [
            {
                "check": row.check_id,
                "status": row.status,
                "resource": row.resource,
                "facts": from_record(row.facts),
                "since": utc_text(row.since),
                "at": utc_text(row.at),
            }
            for row in self._rows(account)
        ]

    def _rows(self, account: str) -> Sequence[Row[Any]]:
        statement = (
            select(results)
            .where(results.c.account == account)
            .order_by(results.c.check_id, results.c.resource)
        )
        return self._connection.execute(statement).all()


def _since(result: Json, before: Row[Any] | None, at: datetime) -> datetime:
    unchanged = before is not None and before.status == str(result["status"])
    return before.since if unchanged and before else at
