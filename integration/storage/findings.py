"""Findings by fingerprint."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from integration.core.findings.model import Finding, Severity, State
from integration.storage.records import from_record, to_record
from integration.storage.replace import replace_row
from integration.storage.schema import findings

# Built once: they run for every ticket.
_OF = select(findings).where(
    findings.c.account == bindparam("of"), findings.c.resource == bindparam("about")
)
_ONE = select(findings).where(
    findings.c.account == bindparam("of"), findings.c.fingerprint == bindparam("known")
)


class SqlFindingTable:
    """`core.tables.FindingTable` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, account: str, fingerprint: str) -> Finding | None:
        """The finding, or None."""
        row = self._connection.execute(_ONE, {"of": account, "known": fingerprint}).first()
        return _finding(row) if row else None

    def of(self, account: str, resource: str) -> dict[str, Finding]:
        """All findings about one resource, by fingerprint."""
        rows = self._connection.execute(_OF, {"of": account, "about": resource})
        return {row.fingerprint: _finding(row) for row in rows}

    def save(self, finding: Finding) -> None:
        """Insert or update; PermanentError (`card_in_record`) when its facts hold card data."""
        stored = {
            "account": finding.account,
            "fingerprint": finding.fingerprint,
            "cause": finding.cause,
            "resource": finding.resource,
            "severity": finding.severity.value,
            "facts": to_record(finding.facts),
            "state": finding.state.value,
            "first_seen": finding.first_seen,
            "last_seen": finding.last_seen,
            "due": finding.due,
            "ticket_id": finding.ticket_id,
            "reopened": finding.reopened,
        }
        replace_row(self._connection, findings, stored)

    def list(
        self, account: str | None = None, *, states: Sequence[str] = ()
    ) -> builtins.list[Finding]:
        """Oldest first; of all accounts and in all states unless asked."""
        statement = select(findings).order_by(findings.c.first_seen, findings.c.fingerprint)
        if account is not None:
            statement = statement.where(findings.c.account == account)
        if states:
            statement = statement.where(findings.c.state.in_([str(state) for state in states]))
        return [_finding(row) for row in self._connection.execute(statement)]


def _finding(row: Row[Any]) -> Finding:
    return Finding(
        account=row.account,
        fingerprint=row.fingerprint,
        cause=row.cause,
        resource=row.resource,
        severity=Severity(row.severity),
        facts=from_record(row.facts),
        state=State(row.state),
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        due=row.due,
        ticket_id=row.ticket_id,
        reopened=row.reopened,
    )
