"""Reading the audit chain of an account while others write: each page in a transaction of its own.

A chain may have hundreds of thousands of records, and a transaction may keep every writer waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from integration.core.rows import AuditRow, Json
from integration.core.tables import Store, Tables


def rows(
    store: Store, account: str, *, since: datetime | None = None, after: int = 0
) -> Iterator[AuditRow]:
    """In order, from behind the record `after`."""
    while page := _page(store, account, since, after):
        yield from page
        after = page[-1].seq


def verify(store: Store, account: str, *, anchor: tuple[int, str] | None = None) -> str | None:
    """None when the chain holds; else what is wrong and where, in one sentence.

    `anchor`: seq and mac of a head that was noted elsewhere. A chain that was cut at its end still
    holds; only an anchor tells.
    """
    behind: AuditRow | None = None
    while True:
        with store.transaction() as tables:
            links = tables.audit.page(account, after=behind.seq if behind else 0)
            wrong = tables.audit.broken(links, behind)
        if wrong or not links:
            break
        if anchor and any(row.seq == anchor[0] and row.mac != anchor[1] for row in links):
            return f"Record {anchor[0]} of {account} is not the one that was anchored."
        behind = links[-1]
    if not wrong and anchor and anchor[0] > (behind.seq if behind else 0):
        return f"Record {anchor[0]} of {account} was anchored, but the chain ends before it."
    return wrong


def _page(store: Store, account: str, since: datetime | None, after: int) -> list[AuditRow]:
    with store.transaction() as tables:
        return tables.audit.page(account, since=since, after=after)


@dataclass(slots=True)
class LastLooks:
    """The tickets whose last look shows something, as far as the chain was read."""

    account: str
    shows: Callable[[Json], bool]
    """Asked of the record of a look."""
    tickets: set[str] = field(default_factory=set)
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
            if row.record.get("type") == "ticket.scanned":
                change = self.tickets.add if self.shows(row.record) else self.tickets.discard
                change(row.record["ticket"])
