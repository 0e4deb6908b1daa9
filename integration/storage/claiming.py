"""The statements that claim due rows, built once, as they run all the time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Column,
    ColumnElement,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    not_,
    or_,
    select,
    tuple_,
    type_coerce,
    update,
)

from integration.core import subjects
from integration.core.models import Priority
from integration.core.rows import Claim
from integration.storage.schema import due, redactions, waiting

URGENCY = (due.c.priority, due.c.due_at, due.c.account, due.c.subject)
"""The order in which rows are claimed and shown."""


def is_leased(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Whether someone's lease on the row runs at that time."""
    return and_(due.c.lease_owner.is_not(None), due.c.lease_until > now)


_TICKET = func.substr(due.c.subject, len(subjects.OF_TICKETS) + 1)


def _held(account: Column[Any], ticket: Column[Any]) -> ColumnElement[bool]:
    return exists().where(account == due.c.account, ticket == _TICKET)


# Asked with the claim, as most tickets have left nothing: while it is held nobody else leaves any,
# but for a worker that has lost it and does not know yet.
_BEGUN = or_(
    _held(redactions.c.account, redactions.c.ticket),
    _held(waiting.c.account, waiting.c.ticket),
).label("begun")


def _claimable(*conditions: ColumnElement[bool]) -> Select[Any]:
    """What may be claimed `at` a time, at `most` so many."""
    at = bindparam("at", type_=due.c.due_at.type)
    is_free = not_(is_leased(at))
    statement = select(due, _BEGUN).where(
        due.c.parked.is_(None), due.c.due_at <= at, is_free, *conditions
    )
    most = bindparam("most", type_=Integer)
    return statement.order_by(*URGENCY).limit(most).with_for_update(skip_locked=True)


# As an expression, so that the planner walks the rows by urgency until it has enough, and does not
# sort the whole backlog of an account.
_WITHIN = due.c.account.concat("").in_(bindparam("within", expanding=True))

CLAIMABLE = {False: _claimable(), True: _claimable(_WITHIN)}
"""Whether only of accounts `within` -> what may be claimed."""
CLAIMABLE_ONE = _claimable(due.c.account == bindparam("of"), due.c.subject == bindparam("about"))
"""The row `of` an account `about` one subject, if it may be claimed."""

# Since when somebody has tried: time in which it was due and nobody came moves the start on.
_AT = bindparam("at", type_=BigInteger)
_TRIED = type_coerce(due.c.tried_since, BigInteger) + _AT - type_coerce(due.c.due_at, BigInteger)

LEASE = (
    update(due)
    .where(tuple_(due.c.account, due.c.subject).in_(bindparam("rows", expanding=True)))
    .values(
        attempts=due.c.attempts + 1,
        # Whoever gives a row back takes its name off: one that still stands was never taken off.
        lost=case((due.c.lease_owner.is_not(None), due.c.lost + 1), else_=0),
        lease_owner=bindparam("by"),
        lease_until=bindparam("until", type_=due.c.lease_until.type),
        lease_token=bindparam("until", type_=due.c.lease_until.type),
        next_due=None,
        tried_since=case((_TRIED < _AT, _TRIED), else_=_AT),
    )
)
"""Lease the `rows` until then, `at` a time in microseconds."""


def claim_of(row: Row[Any], owner: str, *, now: datetime, lease_until: datetime) -> Claim:
    """The claim on a row as it was found before `LEASE`."""
    tried = now if row.tried_since is None else min(row.tried_since + (now - row.due_at), now)
    return Claim(
        account=row.account,
        subject=row.subject,
        seq=row.seq,
        priority=Priority(row.priority),
        attempts=row.attempts + 1,
        owner=owner,
        lease_until=lease_until,
        due_at=row.due_at,
        first_due=row.first_due,
        tried_since=tried,
        lost=row.lost + 1 if row.lease_owner is not None else 0,
        begun=bool(row.begun) or row.lease_owner is not None,
    )
