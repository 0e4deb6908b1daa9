"""Walking through transactions and tickets from a cursor, so that nothing is skipped."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from connectors.request_tracker.client import PER_PAGE, Client
from connectors.request_tracker.records import Listed
from integration.core.models import OUR_MARK, ChangePage, TicketRef

OVERLAP = timedelta(seconds=60)
"""RT gives transaction ids before it commits: the last minute is read again by every poll."""
HIDDEN_PAGES = 20
"""Of transactions that we may not see, so many pages are looked through in one go."""
DAY = timedelta(days=1)
"""RT reads times in a query in the time zone of our user: no zone is further off than this."""


@dataclass(frozen=True, slots=True)
class Walk:
    """How far a walk over transactions has come; as a cursor `settled`, or `settled:read:begun`."""

    settled: int
    """Up to here nothing is committed any more that was not read."""
    read: int
    begun: datetime | None
    """When it was begun; None in a cursor of an older version."""

    @classmethod
    def of(cls, cursor: str, now: datetime) -> Walk:
        """The walk that goes on from a cursor, or begins there."""
        settled, *more = map(int, cursor.split(":"))
        if not more:
            return cls(settled, settled, now)
        read, *begun = more
        return cls(settled, read, datetime.fromtimestamp(begun[0], UTC) if begun else None)

    def over(self, rows: Iterable[Listed], read: int) -> Walk:
        """Having read up to there. What was old when the walk began was committed before it."""
        old = self.begun - OVERLAP if self.begun else None
        settled = [row.id for row in rows if old and row.created and row.created <= old]
        return replace(self, settled=max(settled, default=self.settled), read=read)

    def cursor(self, *, more: bool) -> str:
        """As stored: where the walk goes on, or where the next one begins."""
        if not more:
            return str(self.settled)
        begun = [int(self.begun.timestamp())] if self.begun else []
        return ":".join(map(str, [self.settled, self.read, *begun]))


def changed(client: Client, cursor: str | None, *, now: datetime) -> ChangePage:
    """By transaction id, which only grows; the last minute comes again.

    A cursor is the last id that is settled, and within a walk over many pages also the last id
    that was read: what is committed behind it meanwhile is left to the next walk.
    """
    if cursor is None:
        return ChangePage((), str(last_transaction(client)), more=False)
    walk = Walk.of(cursor, now)
    rows, read, more = _next(client, walk.read)
    rows.sort(key=lambda row: row.id)
    walk = walk.over(rows, read)
    marks = {row.ticket: str(row.id) for row in rows}
    refs = tuple(TicketRef(ticket, mark) for ticket, mark in marks.items())
    return ChangePage(refs, walk.cursor(more=more), more)


def _next(client: Client, after: int) -> tuple[list[Listed], int, bool]:
    """The next transactions, up to which id all were looked through, and whether there is more.

    A page may hold none that we may see, and RT then seems to be at the end: where a newer one can
    be seen, all up to that one are walked through. A full page ends at least a hundred ids on.
    """
    newest = 0
    for page in range(1, HIDDEN_PAGES + 1):
        rows, more = _transactions(client, after, page=page)
        if rows:
            return rows, max(row.id for row in rows), more
        newest = newest or last_transaction(client)
        if newest <= after:
            return [], after, False
    read = min(after + HIDDEN_PAGES * int(PER_PAGE), newest - 1)
    return [], read, read > after


def last_transaction(client: Client) -> int:
    """The highest id of a ticket transaction that we may see; 0 when there is none.

    Where the newest hundred are hidden it is of the ticket that was changed last: RT looks for
    tickets among those that we may see.
    """
    rows, _ = _transactions(client, order="DESC")
    if not rows:
        changed_last = {"query": "id > 0 AND Type != 'x'", "orderby": "LastUpdated"}
        tickets, _ = client.one_page("tickets", {**changed_last, "order": "DESC"})
        for ticket in tickets[:1]:
            newest = {"orderby": "id", "order": "DESC"}
            rows, _ = client.one_page(f"ticket/{ticket.id}/history", newest)
    return max((row.id for row in rows), default=0)


def _transactions(
    client: Client, after: int = 0, *, page: int = 1, order: str = "ASC"
) -> tuple[list[Listed], bool]:
    query = [
        {"field": "id", "operator": ">", "value": str(after)},
        {"field": "ObjectType", "value": "RT::Ticket"},
    ]
    fields = {"fields": "ObjectId,Created", "orderby": "id", "order": order}
    return client.one_page("transactions", {"query": json.dumps(query), **fields}, page)


def history(
    client: Client, cursor: str | None, *, since: datetime | None, deleted: bool
) -> ChangePage:
    """By ticket id. RT's search leaves out deleted tickets: they come from our extension.

    Reminders are tickets of another type: RT leaves them out unless the query speaks of types.
    """
    after, earliest = int(cursor or 0), since.astimezone(UTC) - DAY if since else None
    query = f"id > {after} AND Type != 'x'"
    if earliest is not None:
        query += f" AND Created >= '{earliest:%Y-%m-%d %H:%M:%S}'"
    pages = [client.tickets(query)]
    if deleted:
        pages.append(client.deleted_tickets(after))
    # What one list has not told of yet may stand before what the other one ends with.
    ends = [max(row.id for row in rows) for rows, more in pages if more and rows]
    taken = sorted(
        (row for rows, _ in pages for row in rows if not ends or row.id <= min(ends)),
        key=lambda row: row.id,
    )
    refs = tuple(
        TicketRef(row.ticket, "", row.created, OUR_MARK in row.subject)
        for row in taken
        if earliest is None or row.created is None or row.created >= earliest
    )
    end = taken[-1].id if taken else cursor or 0
    return ChangePage(refs, str(end), any(more for _, more in pages))
