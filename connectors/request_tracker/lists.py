"""Walking through transactions and tickets from a cursor, so that nothing is skipped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from connectors.request_tracker.client import Client
from integration.core.models import OUR_MARK, ChangePage, TicketRef

OVERLAP = timedelta(seconds=60)
"""RT gives transaction ids before it commits: the last minute is read again by every poll."""
DAY = timedelta(days=1)
"""RT reads times in a query in the time zone of our user: no zone is further off than this."""


def changed(client: Client, cursor: str | None, *, now: datetime) -> ChangePage:
    """By transaction id, which only grows; the last minute comes again.

    A cursor is the last id that is settled, and within a walk over many pages also the last id
    that was read: what is committed behind it meanwhile is left to the next walk.
    """
    if cursor is None:
        return ChangePage((), str(client.last_transaction()), more=False)
    first, _, last = cursor.partition(":")
    settled, read = int(first), int(last or first)
    rows, more = client.transactions_after(read)
    rows.sort(key=lambda row: row.id)
    walked_on_settled_ground = settled == read
    for row in rows if walked_on_settled_ground else ():
        if row.created is None or row.created > now - OVERLAP:
            break
        settled = row.id
    read = max((row.id for row in rows), default=read)
    marks = {row.ticket: str(row.id) for row in rows}
    refs = tuple(TicketRef(ticket, mark) for ticket, mark in marks.items())
    return ChangePage(refs, f"{settled}:{read}" if more else str(settled), more)


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
