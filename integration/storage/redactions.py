"""How far each removal has come."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, Row, bindparam, func, select, type_coerce, update

from integration.core.ports import Clock
from integration.core.rows import Json, RedactionRow, Removals
from integration.storage.records import from_record, to_record
from integration.storage.replace import replace_row
from integration.storage.schema import redactions

_HOUR_IN_MICROS = 3_600_000_000
_EVER = datetime.max.replace(tzinfo=UTC)
_REMOVED = frozenset({"written", "deleted", "verified"})
# Built once: they run for every ticket.
_OF_TICKET = select(redactions).where(
    redactions.c.account == bindparam("of"), redactions.c.ticket == bindparam("in")
)
_BEFORE = select(redactions.c.step, redactions.c.removed_at).where(
    redactions.c.account == bindparam("of"),
    redactions.c.ticket == bindparam("in"),
    redactions.c.surface == bindparam("on"),
)
_HOUR = type_coerce(redactions.c.removed_at, BigInteger) // _HOUR_IN_MICROS
_REMOVED_IN = select(
    func.count(redactions.c.ticket.distinct()), func.count(_HOUR.distinct())
).where(
    redactions.c.account == bindparam("of"),
    redactions.c.removed_at >= bindparam("since"),
    redactions.c.removed_at < bindparam("until"),
    redactions.c.ticket != bindparam("besides"),
)


class SqlRedactionTable:
    """`core.tables.RedactionTable` within one transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def save(self, row: RedactionRow) -> None:
        """Insert or advance; `updated` is the time now when it is not given."""
        updated = row.updated or self._clock.now()
        stored = {
            "account": row.account,
            "ticket": row.ticket,
            "surface": row.surface,
            "method": row.method,
            "step": row.step,
            "place": to_record(dict(row.place)),
            "outcome": row.outcome,
            "started": row.started,
            "updated": updated,
            "removed_at": self._removed_at(row, updated),
        }
        replace_row(self._connection, redactions, stored)

    def of_ticket(self, account: str, ticket: str) -> dict[str, RedactionRow]:
        """By surface id."""
        rows = self._connection.execute(_OF_TICKET, {"of": account, "in": ticket})
        return {row.surface: _redaction(row) for row in rows}

    def move(self, row: RedactionRow, *, ticket: str, surface: str, place: Json) -> None:
        """All else stays as it is, the time of its removal too."""
        self._connection.execute(
            update(redactions)
            .where(
                redactions.c.account == row.account,
                redactions.c.ticket == row.ticket,
                redactions.c.surface == row.surface,
            )
            .values(ticket=ticket, surface=surface, place=to_record(place))
        )

    def removed_in(
        self, account: str, since: datetime, *, until: datetime | None = None, besides: str = ""
    ) -> Removals:
        """From how many tickets but this one since then (that time included), in how many hours."""
        where = {"of": account, "since": since, "until": until or _EVER, "besides": besides}
        return Removals(*self._connection.execute(_REMOVED_IN, where).one())

    def _removed_at(self, row: RedactionRow, updated: datetime) -> datetime | None:
        place = {"of": row.account, "in": row.ticket, "on": row.surface}
        before = self._connection.execute(_BEFORE, place).first()
        # Verifying is not removing once more; a new round that removes again is.
        if row.step in _REMOVED and not (before and before.step in _REMOVED):
            return updated
        return before.removed_at if before else None


def _redaction(row: Row[Any]) -> RedactionRow:
    return RedactionRow(
        account=row.account,
        ticket=row.ticket,
        surface=row.surface,
        method=row.method,
        step=row.step,
        place=from_record(row.place),
        outcome=row.outcome,
        started=row.started,
        updated=row.updated,
    )
