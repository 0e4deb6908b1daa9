"""Which tables hold anything of a ticket, at one look: most tickets have left nothing anywhere."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Connection, Exists, bindparam, exists, select

from integration.core import subjects
from integration.core.rows import Traces
from integration.storage.schema import findings, swept


def _held(account: Column[Any], about: Column[Any], name: str = "ticket") -> Exists:
    return exists().where(account == bindparam("of"), about == bindparam(name))


# Built once: it runs for every ticket.
_OF_TICKET = select(
    _held(findings.c.account, findings.c.resource, "resource"),
    _held(swept.c.account, swept.c.ticket),
)


class SqlTraceTable:
    """`core.readings.TraceTable` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_ticket(self, account: str, ticket: str) -> Traces:
        """What there is of a ticket."""
        of = {"of": account, "ticket": ticket, "resource": subjects.of_ticket(ticket)}
        return Traces(*map(bool, self._connection.execute(_OF_TICKET, of).one()))
