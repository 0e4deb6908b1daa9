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
