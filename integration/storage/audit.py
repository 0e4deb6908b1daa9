"""The tamper-evident record: a chain of HMACs per account."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, text

from integration.core.rows import AuditRow, Json
from integration.storage.records import canonical, from_record, to_record
from integration.storage.schema import audit

# One append per account at a time in PostgreSQL; SQLite has one writer anyway.
_CHAIN_LOCK = text("SELECT pg_advisory_xact_lock(7305002, hashtext(:account))")
_PAGE = 500
# Built once: these two run for every ticket.
_HEAD = (
    select(audit).where(audit.c.account == bindparam("of")).order_by(audit.c.seq.desc()).limit(1)
)
_APPEND = insert(audit)


class SqlAuditLog:
    """`core.tables.AuditLog` within one transaction, so with the outcome that it records."""

    def __init__(self, connection: Connection, key: bytes) -> None:
        self._connection = connection
        self._key = key
        self._heads: dict[str, AuditRow] = {}
        """Of the chains that were appended to: until the transaction ends nobody else can."""

    def append(self, account: str, record: Json, *, at: datetime) -> AuditRow:
        """Chain a record; PermanentError (`card_in_record`) when it holds card data."""
        stored = to_record(record)
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(_CHAIN_LOCK, {"account": account})
        head = self._heads.get(account) or self.head(account)
        seq = head.seq + 1 if head else 1
        # What is chained is what will be read back: plain JSON.
        plain = from_record(stored)
        mac = self._mac(head.mac if head else "", account, seq, at, plain)
        link = {"account": account, "seq": seq, "at": at, "record": stored, "mac": mac}
        self._connection.execute(_APPEND, link)
        self._heads[account] = appended = AuditRow(account, seq, at, plain, mac)
        return appended

    def rows(
        self, account: str, *, since: datetime | None = None, after: int = 0
    ) -> Iterator[AuditRow]:
        """In order, read a page at a time within the transaction."""
        while page := self.page(account, since=since, after=after):
            yield from page
            after = page[-1].seq

    def page(
        self, account: str, *, since: datetime | None = None, after: int = 0
    ) -> list[AuditRow]:
        """The next of them behind `after`, as many as one reading gives; none at the end."""
        statement = select(audit).where(audit.c.account == account, audit.c.seq > after)
        if since is not None:
            statement = statement.where(audit.c.at >= since)
        found = self._connection.execute(statement.order_by(audit.c.seq).limit(_PAGE))
        return [_row(row) for row in found]

    def accounts(self) -> list[str]:
        """Every account with a chain, removed ones too, in order."""
        # Each chain begins with 1: no need to read the others.
        begun = select(audit.c.account).where(audit.c.seq == 1).order_by(audit.c.account)
        return list(self._connection.execute(begun).scalars())

    def head(self, account: str) -> AuditRow | None:
        """The newest link."""
        row = self._connection.execute(_HEAD, {"of": account}).first()
        return _row(row) if row else None

    def broken(self, links: Sequence[AuditRow], behind: AuditRow | None) -> str | None:
        """None when the links follow one that holds; else what is wrong and where."""
        for row in links:
            expected, previous = (behind.seq + 1, behind.mac) if behind else (1, "")
            if row.seq != expected:
                return f"Record {expected} of {row.account} is missing."
            mac = self._mac(previous, row.account, row.seq, row.at, row.record)
            if not hmac.compare_digest(mac, row.mac):
                return (
                    f"Record {row.seq} of {row.account} does not fit the chain:"
                    " it was changed or moved, or the key is another."
                )
            behind = row
        return None

    def _mac(self, previous: str, account: str, seq: int, at: datetime, record: Json) -> str:
        link = canonical({"account": account, "seq": seq, "at": at, "record": record})
        return hmac.digest(self._key, (previous + link).encode(), "sha256").hex()


def _row(row: Row[Any]) -> AuditRow:
    return AuditRow(row.account, row.seq, row.at, from_record(row.record), row.mac)
