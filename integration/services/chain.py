"""Reading the audit chain of an account while others write: each page in a transaction of its own.

A chain may have hundreds of thousands of records, and a transaction may keep every writer waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from integration.core.rows import AuditRow, Json, RecordType
from integration.core.tables import Store, Tables


def rows(
    store: Store, account: str, *, since: datetime | None = None, after: int = 0
) -> Iterator[AuditRow]:
    """In order, from behind the record `after`."""
    while page := _page(store, account, since, after):
        yield from page
        after = page[-1].seq


def tickets(store: Store, account: str, name: str) -> frozenset[str]:
    """The ids of the tickets that are recorded under that name: their id or their code.

    Only the record of a reading has the code, all others the id alone.
    """
    return frozenset(
        row.record["ticket"]
        for row in rows(store, account)
        if name in (row.record.get("ticket"), row.record.get("code"))
    )


def told_in(store: Store, account: str) -> frozenset[str]:
    """The ids of the tickets of ours that were written to.

    What stands before a removal is of an earlier account of that name, maybe in another helpdesk.
    """
    told: set[str] = set()
    for row in rows(store, account):
        if row.record["type"] == RecordType.REMOVED:
            told.clear()
        elif row.record["type"] == RecordType.TOLD and row.record["ticket"]:
            told.add(row.record["ticket"])
    return frozenset(told)


class Verified(NamedTuple):
    """How far a chain holds."""

    last: AuditRow | None
    """The last link that was read and fits; None when the first does not, or there is none."""
    wrong: str | None
    """What is wrong behind it, in one sentence; None when the chain holds."""


def verify(store: Store, account: str, *, anchor: tuple[int, str] | None = None) -> Verified:
    """Recompute the chain of an account.

    `anchor`: seq and mac of a head that was noted elsewhere. A chain that was cut at its end still
    holds; only an anchor tells.
    """
    last, wrong, anchored = None, None, False
    while wrong is None:
        with store.transaction() as tables:
            links = tables.audit.page(account, after=last.seq if last else 0)
            wrong = tables.audit.broken(links, last)
        if not links:
            break
        if wrong is None:
            last = links[-1]
            anchored |= anchor is not None and anchor in ((row.seq, row.mac) for row in links)
    if wrong is None and anchor and not anchored:
        wrong = _not_anchored(account, anchor[0], last)
    return Verified(last, wrong)


def _not_anchored(account: str, seq: int, last: AuditRow | None) -> str:
    if last is None or seq > last.seq:
        return f"Record {seq} of {account} was anchored, but the chain ends before it."
    return f"Record {seq} of {account} is not the one that was anchored."


def _page(store: Store, account: str, since: datetime | None, after: int) -> list[AuditRow]:
    with store.transaction() as tables:
        return tables.audit.page(account, since=since, after=after)


@dataclass(slots=True)
class LastLooks:
    """The tickets whose last look shows something, as far as the chain was read."""

    account: str
    shows: Callable[[Json], int]
    """In how many places the record of a look shows it."""
    tickets: dict[str, int] = field(default_factory=dict)
    """Ticket -> in how many places."""
    _seq: int = 0

    def read(self, store: Store) -> None:
        """Read what there is; who writes is not kept waiting."""
        self._take(rows(store, self.account, after=self._seq))

    def read_on(self, tables: Tables) -> None:
        """Read what came since, within a transaction: then nothing is missing."""
        self._take(tables.audit.rows(self.account, after=self._seq))

    def _take(self, records: Iterable[AuditRow]) -> None:
        for row in records:
            self._seq = row.seq
            if row.record.get("type") != RecordType.SCANNED:
                continue
            self.tickets.pop(row.record["ticket"], None)
            if places := self.shows(row.record):
                self.tickets[row.record["ticket"]] = places
