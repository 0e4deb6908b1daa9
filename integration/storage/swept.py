"""The tickets of a sweep, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, and_, bindparam, delete, func, select, update

from integration.core.rows import Swept
from integration.storage.replace import insert_into
from integration.storage.schema import swept

_LISTED, _DUE, _READ, _KNOWN = "listed", "due", "read", "known"

_ONE = and_(swept.c.account == bindparam("of"), swept.c.ticket == bindparam("about"))
# Built once: they run for every ticket that is read.
_READ_NOW = (
    update(swept)
    .where(_ONE, swept.c.state.in_([_LISTED, _DUE]))
    .values(state=_READ, found=bindparam("was_found"), calls=swept.c.calls + bindparam("more"))
)
_SPENT = (
    update(swept)
    .where(_ONE, swept.c.state.in_([_LISTED, _DUE]))
    .values(calls=swept.c.calls + bindparam("more"))
)


class SqlSweptTable:
    """`core.tables.SweptTable` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def clear(self, account: str) -> None:
        """Forget the tickets of the last sweep."""
        self._connection.execute(delete(swept).where(swept.c.account == account))

    def add(self, account: str, tickets: Mapping[str, bool | None]) -> None:
        """List tickets; one that is listed already stays as it is."""
        rows = [
            {
                "account": account,
                "ticket": ticket,
                "state": _LISTED if found is None else _KNOWN,
                "found": found,
                "calls": 0,
            }
            for ticket, found in tickets.items()
        ]
        if rows:
            statement = insert_into(self._connection, swept).on_conflict_do_nothing()
            self._connection.execute(statement, rows)

    def take(self, account: str, limit: int) -> list[str]:
        """So many of those that are only listed: they count as made due."""
        listed = and_(swept.c.account == account, swept.c.state == _LISTED)
        # Whoever reads one of them just now would wait for us, and we for them.
        statement = select(swept.c.ticket).where(listed).limit(limit)
        statement = statement.with_for_update(skip_locked=True)
        tickets = list(self._connection.execute(statement).scalars())
        taken = and_(swept.c.account == account, swept.c.ticket.in_(tickets))
        self._connection.execute(update(swept).where(taken).values(state=_DUE))
        return tickets

    def read(self, account: str, ticket: str, *, found: bool, calls: int) -> None:
        """It was read to its end; the first reading counts."""
        values = {"of": account, "about": ticket, "was_found": found, "more": calls}
        self._connection.execute(_READ_NOW, values)

    def spent(self, account: str, ticket: str, calls: int) -> None:
        """So many calls went into a reading that did not come to its end."""
        self._connection.execute(_SPENT, {"of": account, "about": ticket, "more": calls})

    def gone(self, account: str, ticket: str) -> None:
        """The ticket is no longer there: it is none of the sweep."""
        self._connection.execute(delete(swept).where(_ONE), {"of": account, "about": ticket})

    def counts(self, account: str) -> Swept:
        """How many there are in each state, and with card data."""
        count, calls = func.count(), func.coalesce(func.sum(swept.c.calls), 0)
        row = self._connection.execute(
            select(
                count.filter(swept.c.state == _LISTED),
                count.filter(swept.c.state == _DUE),
                count.filter(swept.c.state == _READ),
                count.filter(swept.c.state == _READ, swept.c.found),
                count.filter(swept.c.state == _KNOWN),
                count.filter(swept.c.state == _KNOWN, swept.c.found),
                calls,
            ).where(swept.c.account == account)
        ).one()
        return Swept(*map(int, row))
