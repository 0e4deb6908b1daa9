"""What leaves for the helpdesk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, select, update

from integration.core.rows import OutboxRow
from integration.storage.records import from_record, to_record
from integration.storage.replace import insert_into
from integration.storage.schema import outbox


class SqlOutbox:
    """`core.tables.Outbox` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, row: OutboxRow) -> bool:
        """Queue it once; PermanentError (`card_in_record`) when its payload holds card data."""
        statement = insert_into(self._connection, outbox).values(
            account=row.account,
            dedupe_key=row.dedupe_key,
            kind=row.kind,
            payload=to_record(row.payload),
            created=row.created,
            state=row.state,
            attempts=row.attempts,
            ticket_id=row.ticket_id,
        )
        once = statement.on_conflict_do_nothing().returning(outbox.c.dedupe_key)
        return self._connection.execute(once).first() is not None

    def waiting(self, account: str, *, limit: int | None = None) -> list[OutboxRow]:
        """All, or so many, oldest first."""
        statement = (
            select(outbox)
            .where(outbox.c.account == account, outbox.c.state == "waiting")
            .order_by(outbox.c.created, outbox.c.dedupe_key)
            .limit(limit)
        )
        return [_row(row) for row in self._connection.execute(statement)]

    def sent(self, account: str, dedupe_key: str, *, ticket_id: str, now: datetime) -> bool:
        """It stands in the helpdesk; False when it is known to stand there already."""
        done = self._connection.execute(
            update(outbox)
            .where(_is(account, dedupe_key), outbox.c.state == "waiting")
            .values(state="sent", ticket_id=ticket_id, sent_at=now)
        )
        return done.rowcount == 1

    def failed(self, account: str, dedupe_key: str) -> None:
        """Count an attempt."""
        self._connection.execute(
            update(outbox).where(_is(account, dedupe_key)).values(attempts=outbox.c.attempts + 1)
        )


def _is(account: str, dedupe_key: str) -> ColumnElement[bool]:
    return and_(outbox.c.account == account, outbox.c.dedupe_key == dedupe_key)


def _row(row: Row[Any]) -> OutboxRow:
    return OutboxRow(
        account=row.account,
        dedupe_key=row.dedupe_key,
        kind=row.kind,
        payload=from_record(row.payload),
        created=row.created,
        state=row.state,
        attempts=row.attempts,
        ticket_id=row.ticket_id,
    )
