"""Walking through ticket lists from a cursor, so that nothing is skipped while tickets change."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta, tzinfo

from connectors.liveagent.client import Client
from connectors.liveagent.paging import cut_off, may_be_a_part, more_may_follow
from connectors.liveagent.records import TicketRecord
from connectors.liveagent.times import to_local, to_utc
from integration.core.models import ChangePage, TicketRef

OVERLAP = timedelta(hours=24)
"""Ticket times were not in the account's zone before 5.61.1: no zone is further off than this."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a walk stands. Times of tickets are kept as the helpdesk wrote them."""

    since: str = ""
    """Start of this round, ISO, UTC: what the next round overlaps with; changes only."""
    next_since: str = ""
    at: str = ""
    """Time of the last row that was read: the next page starts there, inclusive."""
    page: int = 1
    """More than 1 where whole pages hold one and the same time, or the order cannot be trusted."""
    last: str = ""
    """Id of the last row that was read: the same one again means that paging is ignored."""

    def cursor(self) -> str:
        """The opaque form."""
        return json.dumps(asdict(self), separators=(",", ":"))


def position(cursor: str) -> Position:
    """Take a cursor apart; one that is not ours starts anew."""
    try:
        return Position(**json.loads(cursor))
    except (ValueError, TypeError):
        return Position()


def changed(
    client: Client, cursor: str | None, *, now: datetime, zone: tzinfo | None
) -> ChangePage:
    """One page of the tickets changed since the cursor, oldest first."""
    here = position(cursor or "")
    if not here.since:
        return ChangePage((), Position(since=now.isoformat()).cursor(), more=False)
    if not here.at:
        start = datetime.fromisoformat(here.since) - OVERLAP
        here = Position(here.since, now.isoformat(), to_local(start, zone))
    return _page(
        client,
        here,
        zone,
        field="date_changed",
        time_of=lambda row: row.date_changed,
        end=Position(since=here.next_since),
    )


def history(
    client: Client,
    cursor: str | None,
    *,
    since: datetime | None,
    zone: tzinfo | None,
    is_ours: Callable[[TicketRecord], bool],
) -> ChangePage:
    """One page of all tickets by the time of their creation, which never changes."""
    here = position(cursor or "")
    if not here.at and since is not None:
        here = Position(at=to_local(since - OVERLAP, zone))
    page = _page(
        client,
        here,
        zone,
        field="date_created",
        time_of=lambda row: row.date_created,
        end=None,
        is_ours=is_ours,
    )
    # Pages overlap by the row that the next one begins with.
    return replace(page, tickets=tuple(t for t in page.tickets if t.id != here.last))


def _page(
    client: Client,
    here: Position,
    zone: tzinfo | None,
    *,
    field: str,
    time_of: Callable[[TicketRecord], str],
    end: Position | None,
    is_ours: Callable[[TicketRecord], bool] = lambda _row: False,
) -> ChangePage:
    filters = [(field, "D>=", here.at)] if here.at else []
    rows = client.tickets(filters, sort=field, page=here.page)
    refs = _refs(sorted(rows, key=time_of), zone, is_ours)
    repeated = here.page > 1 and bool(rows) and rows[-1].id == here.last
    if repeated and may_be_a_part(rows):
        raise cut_off("tickets")
    if repeated or not more_may_follow(rows):
        return ChangePage(refs, (end or here).cursor(), more=False)
    return ChangePage(refs, _after(here, rows, [time_of(row) for row in rows]).cursor(), more=True)


def _after(here: Position, rows: list[TicketRecord], times: list[str]) -> Position:
    """Go on from the last row's time; by page number where times do not lead on."""
    # Sorting was ignored before 5.51.5.2; then the last row's time says nothing.
    leads_on = here.page == 1 and times == sorted(times) and times[-1] > here.at
    return replace(
        here,
        at=times[-1] if leads_on else here.at,
        page=1 if leads_on else here.page + 1,
        last=rows[-1].id,
    )


def _refs(
    rows: Sequence[TicketRecord], zone: tzinfo | None, is_ours: Callable[[TicketRecord], bool]
) -> tuple[TicketRef, ...]:
    """Name each state of a ticket once."""
    unique = {(row.id, row.date_changed): row for row in rows}
    return tuple(
        TicketRef(row.id, row.date_changed, to_utc(row.date_created, zone), is_ours(row))
        for row in unique.values()
    )
