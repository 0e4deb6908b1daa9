"""The due table: upsert, claim under a lease, fencing, parking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Row,
    Update,
    and_,
    bindparam,
    case,
    delete,
    func,
    literal,
    not_,
    select,
    true,
    update,
)

from integration.core import subjects
from integration.core.models import Priority
from integration.core.rows import Claim, Json, Upserted
from integration.storage.claiming import (
    CLAIMABLE,
    CLAIMABLE_ONE,
    LEASE,
    URGENCY,
    claim_of,
    is_leased,
)
from integration.storage.columns import to_micros
from integration.storage.records import utc_text
from integration.storage.schema import due
from integration.storage.upsert import DueRow, upsert_due

_NO_LEASE: dict[str, Any] = {"lease_owner": None, "lease_until": None, "lease_token": None}

# What the upserts since the claim asked for becomes the next round.
_NEXT_ROUND: dict[str, Any] = {
    **_NO_LEASE,
    "due_at": func.coalesce(due.c.next_due, due.c.due_at),
    "first_due": func.coalesce(due.c.next_due, due.c.due_at),
    "next_due": None,
    "attempts": 0,
    "tried_since": None,
    "last_reason": None,
}


class SqlDueTable:
    """`core.tables.DueTable` within one transaction.

    A claim is fenced by its owner and its token, the lease end it was given: finish, retry and
    park count until someone else has claimed the row, renew until the lease has run out. All that
    is to do for a ticket is one row, so no ticket is worked on twice at a time.
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
        """Take up to `limit` rows, most urgent first."""
        wanted = {"at": now, "within": list(accounts), "most": limit}
        rows = self._connection.execute(CLAIMABLE[bool(accounts)], wanted).all()
        return self._lease(rows, owner, now, lease)

    def claim_one(
        self, owner: str, account: str, subject: str, *, now: datetime, lease: float
    ) -> Claim | None:
        """Take exactly this row; None while it is leased."""
        wanted = {"at": now, "of": account, "about": subject, "most": 1}
        rows = self._connection.execute(CLAIMABLE_ONE, wanted).all()
        claims = self._lease(rows, owner, now, lease)
        return claims[0] if claims else None

    def _lease(
        self, rows: Sequence[Row[Any]], owner: str, now: datetime, lease: float
    ) -> list[Claim]:
        if not rows:
            return []
        lease_until = now + timedelta(seconds=lease)
        taken = [(row.account, row.subject) for row in rows]
        leased = {"rows": taken, "by": owner, "until": lease_until, "at": to_micros(now)}
        self._connection.execute(LEASE, leased)
        return [claim_of(row, owner, now=now, lease_until=lease_until) for row in rows]

    def renew(self, claim: Claim, *, now: datetime, lease: float) -> bool:
        """Extend a lease that has not run out; the claim stays good as it is."""
        wanted = {"at": now, "until": now + timedelta(seconds=lease)}
        return self._changed_one(_RENEW, claim, wanted)

    def finish(self, claim: Claim) -> bool:
        """Done: the row goes, or begins its next round when it was made due again meanwhile."""
        return self._changed_one(_FINISH, claim) or self._changed_one(_BEGIN_NEXT_ROUND, claim)

    def retry(self, claim: Claim, *, due_at: datetime, reason: str) -> bool:
        """Release it until `due_at`, or until the earlier time that was asked for meanwhile."""
        later = literal(due_at, due.c.due_at.type)
        sooner = case((due.c.next_due < later, due.c.next_due), else_=later)
        statement = (
            update(due)
            .where(_FENCED)
            .values(**_NO_LEASE, due_at=sooner, next_due=None, last_reason=reason)
        )
        return self._changed_one(statement, claim)

    def put_back(self, claim: Claim) -> bool:
        """Release it as if it had not been taken: it is due now, so no earlier time matters."""
        return self._changed_one(_PUT_BACK, claim)

    def park(self, claim: Claim, *, reason: str) -> bool:
        """Set it aside, unless it was made due again meanwhile: then it has another chance."""
        parked = {**_NO_LEASE, "parked": reason, "last_reason": reason}
        set_aside = update(due).where(_FENCED, _UNCHANGED).values(parked)
        return self._changed_one(set_aside, claim) or self._changed_one(_BEGIN_NEXT_ROUND, claim)

    def replay(self, account: str | None, *, now: datetime) -> int:
        """Make parked rows due again with no attempts; how many there were."""
        statement = (
            update(due)
            .where(due.c.parked.is_not(None), _of(account))
            .values(parked=None, attempts=0, tried_since=None, due_at=now)
        )
        return self._connection.execute(statement).rowcount

    def rows(self, account: str | None = None, *, parked: bool | None = None) -> list[Json]:
        """All rows for people, most urgent first; times as UTC text."""
        statement = select(due).where(_of(account)).order_by(*URGENCY)
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
            due.c.subject.startswith(subjects.OF_TICKETS),
        )
        return self._connection.execute(statement).scalar_one()

    def backlog(self, *, now: datetime, accounts: Sequence[str]) -> Json:
        """Counts of rows due now, leased and parked; age of the oldest that is due, in seconds.

        What is due for others than these accounts is counted as paused, and has no age.
        """
        is_free = and_(due.c.parked.is_(None), due.c.due_at <= now, not_(is_leased(now)))
        is_due = and_(is_free, due.c.account.in_(accounts))
        is_paused = and_(is_free, due.c.account.not_in(accounts))
        row = self._connection.execute(
            select(
                func.count().filter(is_due).label("due"),
                func.count().filter(is_leased(now)).label("leased"),
                func.count().filter(due.c.parked.is_not(None)).label("parked"),
                func.count().filter(is_paused).label("paused"),
                func.min(due.c.due_at, type_=due.c.due_at.type).filter(is_due).label("oldest"),
            )
        ).one()
        age = (now - row.oldest).total_seconds() if row.oldest else 0.0
        return {
            "due": row.due,
            "leased": row.leased,
            "parked": row.parked,
            "paused": row.paused,
            "oldest_seconds": age,
        }

    def _changed_one(
        self, statement: Update | Delete, claim: Claim, more: Json | None = None
    ) -> bool:
        wanted = _fence(claim) | (more or {})
        return self._connection.execute(statement, wanted).rowcount == 1


def _of(account: str | None) -> ColumnElement[bool]:
    return true() if account is None else due.c.account == account


def _fence(claim: Claim) -> dict[str, Any]:
    return {
        "of": claim.account,
        "about": claim.subject,
        "owner": claim.owner,
        "token": claim.lease_until,
        "claimed": claim.seq,
    }


# Built once: they run for every ticket.
_FENCED = and_(
    due.c.account == bindparam("of"),
    due.c.subject == bindparam("about"),
    due.c.lease_owner == bindparam("owner"),
    due.c.lease_token == bindparam("token"),
)
_UNCHANGED = due.c.seq == bindparam("claimed")
_FINISH = delete(due).where(_FENCED, _UNCHANGED)
_BEGIN_NEXT_ROUND = update(due).where(_FENCED).values(_NEXT_ROUND)
_PUT_BACK = (
    update(due).where(_FENCED).values(**_NO_LEASE, next_due=None, attempts=due.c.attempts - 1)
)
_RENEW = (
    update(due)
    .where(_FENCED, due.c.lease_until > bindparam("at"))
    .values(lease_until=bindparam("until"))
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
