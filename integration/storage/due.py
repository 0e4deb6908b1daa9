"""The due table: upsert, claim under a lease, fencing, parking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    literal,
    not_,
    select,
    text,
    true,
    tuple_,
    update,
)

from integration.core.models import Priority
from integration.core.rows import Claim, Json, Upserted
from integration.storage.records import utc_text
from integration.storage.schema import due
from integration.storage.upsert import TICKET_SUBJECTS, DueRow, upsert_due

_NO_LEASE: dict[str, Any] = {"lease_owner": None, "lease_until": None, "lease_token": None}

# What the upserts since the claim asked for becomes the next round.
_NEXT_ROUND: dict[str, Any] = {
    **_NO_LEASE,
    "due_at": func.coalesce(due.c.next_due, due.c.due_at),
    "first_due": func.coalesce(due.c.next_due, due.c.due_at),
    "next_due": None,
    "attempts": 0,
    "last_reason": None,
}

# Claims take turns in PostgreSQL: row locks alone would let two of them lease two subjects of one
# ticket, each unseen by the other. Any number will do that nobody else uses in this database.
_CLAIM_LOCK = text("SELECT pg_advisory_xact_lock(7305001)")


class SqlDueTable:
    """`core.tables.DueTable` within one transaction.

    A claim is fenced by its owner and its token, the lease end it was given: finish, retry and
    park count until someone else has claimed the row, renew until the lease has run out. So at
    no time do two live leases of one ticket exist.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def upsert(
        self, account: str, subject: str, *, due_at: datetime, priority: Priority
    ) -> Upserted:
        """Make it due; while it is leased, the new time is that of the next round."""
        row = DueRow(account, subject, due_at, priority)
        return upsert_due(self._connection, [row])[account, subject]

    def claim(
        self, owner: str, *, now: datetime, lease: float, limit: int, accounts: Sequence[str] = ()
    ) -> list[Claim]:
        """Take up to `limit` rows, most urgent first; never two subjects of one ticket."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(_CLAIM_LOCK)
        # Twice as many kinds of subject need twice as many rows to still find `limit` tickets.
        most = limit * len(TICKET_SUBJECTS)
        wanted = {"at": now, "within": list(accounts), "most": most}
        candidates = self._connection.execute(_CLAIMABLE[bool(accounts)], wanted)
        rows = _one_per_ticket(candidates.all())[:limit]
        if not rows:
            return []
        lease_until = now + timedelta(seconds=lease)
        taken = [(row.account, row.subject) for row in rows]
        self._connection.execute(_LEASE, {"rows": taken, "by": owner, "until": lease_until})
        return [_claim(row, owner, lease_until) for row in rows]

    def renew(self, claim: Claim, *, now: datetime, lease: float) -> bool:
        """Extend a lease that has not run out; the claim stays good as it is."""
        statement = (
            update(due)
            .where(_held(claim), due.c.lease_until > now)
            .values(lease_until=now + timedelta(seconds=lease))
        )
        return self._changed_one(statement)

    def finish(self, claim: Claim) -> bool:
        """Done: the row goes, or begins its next round when it was made due again meanwhile."""
        done = self._connection.execute(_FINISH, _fence(claim)).rowcount == 1
        return done or self._changed_one(update(due).where(_held(claim)).values(_NEXT_ROUND))

    def retry(self, claim: Claim, *, due_at: datetime, reason: str) -> bool:
        """Release it until `due_at`, or until the earlier time that was asked for meanwhile."""
        later = literal(due_at, due.c.due_at.type)
        sooner = case((due.c.next_due < later, due.c.next_due), else_=later)
        statement = (
            update(due)
            .where(_held(claim))
            .values(**_NO_LEASE, due_at=sooner, next_due=None, last_reason=reason)
        )
        return self._changed_one(statement)

    def park(self, claim: Claim, *, reason: str) -> bool:
        """Set it aside, unless it was made due again meanwhile: then it has another chance."""
        parked = {**_NO_LEASE, "parked": reason, "last_reason": reason}
        return self._changed_one(
            update(due).where(_held(claim), due.c.seq == claim.seq).values(parked)
        ) or self._changed_one(update(due).where(_held(claim)).values(_NEXT_ROUND))

    def replay(self, account: str | None, *, now: datetime) -> int:
        """Make parked rows due again with no attempts; how many there were."""
        statement = (
            update(due)
            .where(due.c.parked.is_not(None), _of(account))
            .values(parked=None, attempts=0, due_at=now)
        )
        return self._connection.execute(statement).rowcount

    def rows(self, account: str | None = None, *, parked: bool | None = None) -> list[Json]:
        """All rows for people, most urgent first; times as UTC text."""
        statement = select(due).where(_of(account)).order_by(*_URGENCY)
        if parked is not None:
            is_parked = due.c.parked.is_not(None)
            statement = statement.where(is_parked if parked else not_(is_parked))
        return [_for_people(row) for row in self._connection.execute(statement)]

    def known(self, account: str, subjects: Sequence[str]) -> frozenset[str]:
        """Which of these subjects have a row."""
        statement = select(due.c.subject).where(_of(account), due.c.subject.in_(subjects))
        return frozenset(self._connection.execute(statement).scalars())

    def waiting(self, account: str, priority: Priority) -> int:
        """How many tickets of this priority have a row that is not parked."""
        statement = select(func.count()).where(
            _of(account),
            due.c.priority == priority,
            due.c.parked.is_(None),
            due.c.subject.startswith("ticket:"),
        )
        return self._connection.execute(statement).scalar_one()

    def backlog(self, *, now: datetime) -> Json:
        """Counts of rows due now, leased and parked; age of the oldest that is due, in seconds."""
        is_due = and_(due.c.parked.is_(None), due.c.due_at <= now, not_(_is_leased(now)))
        row = self._connection.execute(
            select(
                func.count().filter(is_due).label("due"),
                func.count().filter(_is_leased(now)).label("leased"),
                func.count().filter(due.c.parked.is_not(None)).label("parked"),
                func.min(due.c.due_at, type_=due.c.due_at.type).filter(is_due).label("oldest"),
            )
        ).one()
        age = (now - row.oldest).total_seconds() if row.oldest else 0.0
        return {"due": row.due, "leased": row.leased, "parked": row.parked, "oldest_seconds": age}

    def _changed_one(self, statement: Any) -> bool:  # noqa: ANN401 - an update or a delete
        return bool(self._connection.execute(statement).rowcount == 1)


_URGENCY = (due.c.priority, due.c.due_at, due.c.account, due.c.subject)


def _of(account: str | None) -> ColumnElement[bool]:
    return true() if account is None else due.c.account == account


def _is_leased(
    now: datetime | BindParameter[datetime],
    table: Any = due,  # noqa: ANN401 - or an alias
) -> ColumnElement[bool]:
    return and_(table.c.lease_owner.is_not(None), table.c.lease_until > now)


def _held(claim: Claim) -> ColumnElement[bool]:
    return and_(
        due.c.account == claim.account,
        due.c.subject == claim.subject,
        due.c.lease_owner == claim.owner,
        due.c.lease_token == claim.lease_until,
    )


def _fence(claim: Claim) -> dict[str, Any]:
    return {
        "of": claim.account,
        "about": claim.subject,
        "owner": claim.owner,
        "token": claim.lease_until,
        "claimed": claim.seq,
    }


# Built once: it runs for every ticket. The same fence as `_held`, and an unchanged seq.
_FINISH = delete(due).where(
    due.c.account == bindparam("of"),
    due.c.subject == bindparam("about"),
    due.c.lease_owner == bindparam("owner"),
    due.c.lease_token == bindparam("token"),
    due.c.seq == bindparam("claimed"),
)


def _claimable(*, of_some: bool) -> Select[Any]:
    """What may be claimed `at` a time, at `most` so many; with `of_some` of accounts `within`."""
    at = bindparam("at", type_=due.c.due_at.type)
    sibling = due.alias("sibling")
    ticket_is_taken = (
        select(literal(1))
        .where(
            sibling.c.account == due.c.account,
            sibling.c.ticket == due.c.ticket,
            _is_leased(at, sibling),
        )
        .exists()
    )
    statement = select(due).where(
        due.c.parked.is_(None), due.c.due_at <= at, not_(_is_leased(at)), not_(ticket_is_taken)
    )
    if of_some:
        # As an expression, so that the planner walks the rows by urgency until it has enough, and
        # does not sort the whole backlog of an account.
        within: BindParameter[str] = bindparam("within", expanding=True)
        statement = statement.where(due.c.account.concat("").in_(within))
    most = bindparam("most", type_=Integer)
    return statement.order_by(*_URGENCY).limit(most).with_for_update(skip_locked=True, of=due)


# Built once, as they run all the time.
_CLAIMABLE = {of_some: _claimable(of_some=of_some) for of_some in (False, True)}
_LEASE = (
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
    )
)


def _one_per_ticket(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    first: dict[tuple[str, str | None, str], Row[Any]] = {}
    for row in rows:
        alone = "" if row.ticket else row.subject
        first.setdefault((row.account, row.ticket, alone), row)
    return list(first.values())


def _claim(row: Row[Any], owner: str, lease_until: datetime) -> Claim:
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
        lost=row.lost + 1 if row.lease_owner is not None else 0,
    )


def _for_people(row: Row[Any]) -> Json:
    return {
        "account": row.account,
        "subject": row.subject,
        "seq": row.seq,
        "due_at": utc_text(row.due_at),
        "first_due": utc_text(row.first_due),
        "priority": row.priority,
        "attempts": row.attempts,
        "leased": row.lease_owner is not None,
        "parked": row.parked,
        "last_reason": row.last_reason,
    }
