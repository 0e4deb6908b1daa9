"""The due table against a model of it, in any order of calls, by several owners."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete

from integration.core.models import Priority
from integration.core.rows import Claim, Upserted
from integration.storage import Database
from integration.storage.records import utc_text
from integration.storage.schema import due as due_table

LEASE = 10
ACCOUNTS = ("acme", "other")
SUBJECTS = ("ticket:1", "ticket:2", "outbox", "reconcile")


@dataclass(frozen=True)
class Row:
    """What the table should hold for one key."""

    due_at: datetime
    first_due: datetime
    priority: Priority
    seq: int = 1
    next_due: datetime | None = None
    attempts: int = 0
    owner: str | None = None
    until: datetime | None = None
    token: datetime | None = None
    parked: str | None = None
    last_reason: str | None = None
    lost: int = 0
    tried_since: datetime | None = None

    def is_leased(self, now: datetime) -> bool:
        return self.until is not None and self.until > now

    def upserted(self, due_at: datetime, priority: Priority) -> Row:
        row = replace(
            self,
            seq=self.seq + 1,
            priority=min(priority, self.priority),
            attempts=0 if self.parked else self.attempts,
            parked=None,
            tried_since=None if self.parked else self.tried_since,
        )
        if self.owner:
            return replace(row, next_due=min(due_at, self.next_due or due_at))
        return replace(row, due_at=min(due_at, self.due_at), first_due=min(due_at, self.first_due))

    def released(self) -> Row:
        return replace(self, owner=None, until=None, token=None, next_due=None)

    def next_round(self) -> Row:
        start = self.next_due or self.due_at
        return replace(
            self.released(),
            due_at=start,
            first_due=start,
            attempts=0,
            last_reason=None,
            tried_since=None,
        )


def told(row: Row | Claim) -> tuple:
    """What a claim says of its row."""
    return row.seq, row.attempts, row.due_at, row.first_due, row.tried_since, row.lost


class DueMachine(RuleBasedStateMachine):
    """Calls the table and the model alike and compares."""

    claims = Bundle("claims")

    def __init__(self, store, start: datetime) -> None:
        super().__init__()
        self.store = store
        self.now = start
        self.rows: dict[tuple[str, str], Row] = {}

    def call(self, name, *args, **kwargs):
        with self.store.transaction() as tables:
            return getattr(tables.due, name)(*args, **kwargs)

    def held(self, claim: Claim) -> Row | None:
        row = self.rows.get((claim.account, claim.subject))
        ours = row and (row.owner, row.token) == (claim.owner, claim.lease_until)
        return row if ours else None

    def claimable(self, key: tuple[str, str]) -> bool:
        row = self.rows[key]
        return row.parked is None and row.due_at <= self.now and not row.is_leased(self.now)

    @rule(seconds=st.integers(0, 2 * LEASE))
    def time_passes(self, seconds):
        self.now += timedelta(seconds=seconds)

    @rule(
        account=st.sampled_from(ACCOUNTS),
        subject=st.sampled_from(SUBJECTS),
        after=st.integers(-5, 5),
        priority=st.sampled_from(Priority),
    )
    def upsert(self, account, subject, after, priority):
        due_at = self.now + timedelta(seconds=after)
        found = self.call("upsert", account, subject, due_at=due_at, priority=priority)
        row = self.rows.get((account, subject))
        assert found is (Upserted.ALREADY_DUE if row else Upserted.NEW)
        self.rows[account, subject] = (
            row.upserted(due_at, priority) if row else Row(due_at, due_at, priority)
        )

    @rule(
        target=claims,
        owner=st.sampled_from(["w1", "w2"]),
        limit=st.integers(1, 4),
        accounts=st.sampled_from([(), ("acme",), ACCOUNTS]),
    )
    def claim(self, owner, limit, accounts):
        taken = self.call("claim", owner, now=self.now, lease=LEASE, limit=limit, accounts=accounts)
        urgency = sorted(self.rows, key=lambda k: (self.rows[k].priority, self.rows[k].due_at, k))
        expected = []
        for key in urgency:
            allowed = not accounts or key[0] in accounts
            if len(expected) < limit and allowed and self.claimable(key):
                expected.append((key, *self.leased(key, owner)))
        assert [((c.account, c.subject), *told(c)) for c in taken] == expected
        return multiple(*taken)

    @rule(
        target=claims,
        owner=st.sampled_from(["w1", "w2"]),
        account=st.sampled_from(ACCOUNTS),
        subject=st.sampled_from(SUBJECTS),
    )
    def claim_one(self, owner, account, subject):
        taken = self.call("claim_one", owner, account, subject, now=self.now, lease=LEASE)
        key = account, subject
        if key not in self.rows or not self.claimable(key):
            assert taken is None
            return multiple()
        assert (taken.account, taken.subject) == key
        assert told(taken) == self.leased(key, owner)
        return taken

    def leased(self, key, owner):
        """What the claim on a row must tell."""
        row = self.rows[key]
        until = self.now + timedelta(seconds=LEASE)
        tried = row.tried_since or self.now
        self.rows[key] = replace(
            row,
            attempts=row.attempts + 1,
            owner=owner,
            until=until,
            token=until,
            next_due=None,
            tried_since=min(tried + (self.now - row.due_at), self.now),
            lost=row.lost + 1 if row.owner else 0,
        )
        return told(self.rows[key])

    @rule(claim=claims)
    def finish(self, claim):
        row = self.held(claim)
        assert self.call("finish", claim) is bool(row)
        if row and row.seq == claim.seq:
            del self.rows[claim.account, claim.subject]
        elif row:
            self.rows[claim.account, claim.subject] = row.next_round()

    @rule(claim=claims, after=st.integers(0, 5))
    def retry(self, claim, after):
        due_at = self.now + timedelta(seconds=after)
        row = self.held(claim)
        assert self.call("retry", claim, due_at=due_at, reason="rate_limited") is bool(row)
        if row:
            self.rows[claim.account, claim.subject] = replace(
                row.released(),
                due_at=min(due_at, row.next_due or due_at),
                last_reason="rate_limited",
            )

    @rule(claim=claims)
    def put_back(self, claim):
        row = self.held(claim)
        assert self.call("put_back", claim) is bool(row)
        if row:
            self.rows[claim.account, claim.subject] = replace(
                row.released(), attempts=row.attempts - 1
            )

    @rule(claim=claims)
    def park(self, claim):
        row = self.held(claim)
        assert self.call("park", claim, reason="poison") is bool(row)
        if row and row.seq == claim.seq:
            self.rows[claim.account, claim.subject] = replace(
                row.released(), parked="poison", last_reason="poison"
            )
        elif row:
            self.rows[claim.account, claim.subject] = row.next_round()

    @rule(claim=claims)
    def renew(self, claim):
        row = self.held(claim)
        live = bool(row and row.is_leased(self.now))
        assert self.call("renew", claim, now=self.now, lease=LEASE) is live
        if row and live:
            self.rows[claim.account, claim.subject] = replace(
                row, until=self.now + timedelta(seconds=LEASE)
            )

    @rule(account=st.sampled_from([None, "acme"]))
    def replay(self, account):
        parked = [k for k, r in self.rows.items() if r.parked and account in {None, k[0]}]
        assert self.call("replay", account, now=self.now) == len(parked)
        for key in parked:
            self.rows[key] = replace(
                self.rows[key], parked=None, attempts=0, due_at=self.now, tried_since=None
            )

    @invariant()
    def the_table_is_the_model(self):
        stored = {(row["account"], row["subject"]): row for row in self.call("rows")}
        assert stored.keys() == self.rows.keys()
        for key, row in self.rows.items():
            assert stored[key] | {"account": "", "subject": ""} == {
                "account": "",
                "subject": "",
                "seq": row.seq,
                "due_at": utc_text(row.due_at),
                "first_due": utc_text(row.first_due),
                "priority": row.priority,
                "attempts": row.attempts,
                "leased": row.owner is not None,
                "parked": row.parked,
                "last_reason": row.last_reason,
            }


@pytest.fixture
def machine(store, database_url, clock):
    database = Database(database_url)

    def machine():
        with database.transaction() as connection:
            connection.execute(delete(due_table))
        return DueMachine(store, clock.now())

    yield machine
    database.dispose()


@pytest.mark.exhaustive
def test_the_due_table_keeps_its_laws_in_any_order_of_calls(machine):
    run_state_machine_as_test(
        machine,
        settings=settings(
            stateful_step_count=40,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
