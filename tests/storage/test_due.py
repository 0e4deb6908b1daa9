from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from integration.core.models import Priority
from integration.core.rows import RedactionRow, Upserted, WaitingRow
from integration.storage import Database
from integration.storage.due import SqlDueTable

MINUTE = timedelta(minutes=1)


@pytest.fixture
def due(store):
    """The due table, each call in a transaction of its own."""

    class Due:
        def __getattr__(self, name):
            def call(*args, **kwargs):
                with store.transaction() as tables:
                    return getattr(tables.due, name)(*args, **kwargs)

            return call

    return Due()


@pytest.fixture
def now(clock):
    return clock.now()


@pytest.fixture
def put(due, now):
    def put(subject, *, account="acme", after=timedelta(0), priority=Priority.LIVE):
        return due.upsert(account, subject, due_at=now + after, priority=priority)

    return put


@pytest.fixture
def claim(due, now):
    def claim(*, after=timedelta(0), owner="w1", limit=16, accounts=()):
        return due.claim(owner, now=now + after, lease=60, limit=limit, accounts=accounts)

    return claim


def only(claims):
    [claim] = claims
    return claim


def test_the_first_upsert_is_new_and_the_next_finds_it_due(put):
    assert put("ticket:1") is Upserted.NEW
    assert put("ticket:1") is Upserted.ALREADY_DUE
    assert put("ticket:2") is Upserted.NEW
    assert put("ticket:1", account="other") is Upserted.NEW


def test_an_upsert_takes_the_earlier_time_and_the_more_urgent_priority(put, due, now):
    put("ticket:1", after=MINUTE, priority=Priority.SWEEP)
    put("ticket:1", after=-MINUTE, priority=Priority.RECHECK)
    put("ticket:1", after=5 * MINUTE, priority=Priority.SNAPSHOT)
    claim = only(due.claim("w1", now=now, lease=60, limit=1))
    assert (claim.due_at, claim.first_due) == (now - MINUTE, now - MINUTE)
    assert claim.priority is Priority.RECHECK
    assert claim.seq == 3


def test_what_is_not_due_yet_is_not_claimed(put, claim):
    put("ticket:1", after=MINUTE)
    assert claim() == []
    assert only(claim(after=MINUTE)).subject == "ticket:1"


def test_the_most_urgent_goes_first_then_the_oldest(put, claim):
    put("ticket:sweep", after=-9 * MINUTE, priority=Priority.SWEEP)
    put("ticket:young", after=-1 * MINUTE)
    put("ticket:old", after=-2 * MINUTE)
    assert [c.subject for c in claim(limit=2)] == ["ticket:old", "ticket:young"]
    assert [c.subject for c in claim(limit=2)] == ["ticket:sweep"]


def test_a_row_under_a_live_lease_is_not_taken_and_one_run_out_is(put, claim, now):
    put("ticket:1")
    first = only(claim())
    assert first.lease_until == now + MINUTE
    assert claim(after=MINUTE - timedelta(microseconds=1), owner="w2") == []
    again = only(claim(after=MINUTE, owner="w2"))
    assert (again.owner, again.attempts) == ("w2", 2)


def test_only_the_accounts_asked_for_are_claimed(put, claim):
    put("sweep")
    put("sweep", account="other")
    put("sweep", account="third")
    assert [c.account for c in claim(accounts=("other", "third"))] == ["other", "third"]


def test_a_finished_row_is_gone_and_finishing_twice_is_not_done(put, claim, due):
    put("ticket:1")
    claimed = only(claim())
    assert due.finish(claimed)
    assert not due.finish(claimed)
    assert due.rows() == []


def test_a_row_that_is_put_back_is_due_as_if_nobody_had_taken_it(put, claim, due):
    put("ticket:1")
    before = due.rows()
    claimed = only(claim())
    put("ticket:1", after=MINUTE)
    assert due.put_back(claimed)
    assert due.rows() == [before[0] | {"seq": 2}]
    assert only(claim(owner="w2")).attempts == 1
    assert not due.put_back(claimed)


def test_an_upsert_during_the_work_keeps_the_row_due_with_a_new_round(put, claim, due, now):
    put("ticket:1", after=-5 * MINUTE)
    claimed = only(claim())
    assert put("ticket:1", after=timedelta(seconds=1)) is Upserted.ALREADY_DUE
    assert claim(after=timedelta(seconds=2), owner="w2") == [], "the lease still holds"
    assert due.finish(claimed)
    again = only(claim(after=timedelta(seconds=2), owner="w2"))
    assert (again.seq, again.attempts) == (2, 1)
    assert again.first_due == again.due_at == now + timedelta(seconds=1)


def test_a_worker_may_make_its_own_subject_due_later_and_then_finish(put, claim, due):
    put("reconcile", priority=Priority.RECONCILE)
    claimed = only(claim())
    put("reconcile", after=MINUTE, priority=Priority.RECONCILE)
    assert due.finish(claimed)
    assert claim() == []
    assert only(claim(after=MINUTE)).subject == "reconcile"


def test_what_came_during_a_lost_lease_does_not_shorten_the_exposure(put, claim, now):
    put("ticket:1", after=-5 * MINUTE)
    claim()
    put("ticket:1")
    assert only(claim(after=MINUTE, owner="w2")).first_due == now - 5 * MINUTE


@pytest.mark.parametrize("act", ["finish", "retry", "park", "renew"])
def test_who_lost_the_lease_changes_nothing(put, claim, due, now, act):
    put("ticket:1")
    lost = only(claim())
    held = only(claim(after=MINUTE, owner="w2"))
    arguments = {
        "finish": {},
        "retry": {"due_at": now, "reason": "rate_limited"},
        "park": {"reason": "poison"},
        "renew": {"now": now + MINUTE, "lease": 60},
    }[act]
    before = due.rows()
    assert getattr(due, act)(lost, **arguments) is False
    assert due.rows() == before
    assert due.finish(held)


@pytest.mark.parametrize(
    "leave",
    [
        lambda tables, now: tables.redactions.save(
            RedactionRow("acme", "1", "subject", "edit", "written")
        ),
        lambda tables, now: tables.waiting.save(WaitingRow("acme", "1", now, 1, {})),
    ],
    ids=["a removal", "that it waits"],
)
def test_a_claim_tells_whether_earlier_looks_left_anything_of_its_ticket(
    store, put, claim, now, leave
):
    with store.transaction() as tables:
        leave(tables, now)
    put("ticket:1")
    put("ticket:11")
    put("ticket:1", account="other")
    begun = {(each.account, each.subject): each.begun for each in claim()}
    assert begun == {
        ("acme", "ticket:1"): True,
        ("acme", "ticket:11"): False,
        ("other", "ticket:1"): False,
    }


def test_what_was_taken_from_another_worker_may_have_been_begun_and_is_looked_up(put, claim, due):
    put("ticket:1")
    first = only(claim())
    taken_over = only(claim(after=MINUTE, owner="w2"))
    assert (first.begun, taken_over.begun) == (False, True)
    due.put_back(taken_over)
    assert only(claim()).begun is False


def test_a_claim_of_the_same_owner_is_fenced_against_its_own_earlier_one(put, claim, due):
    put("ticket:1")
    lost = only(claim())
    held = only(claim(after=MINUTE))
    assert not due.finish(lost)
    assert due.finish(held)


def test_a_renewed_lease_holds_longer_and_its_claim_still_finishes(put, claim, due, now):
    put("ticket:1")
    claimed = only(claim())
    assert due.renew(claimed, now=now + MINUTE / 2, lease=60)
    assert claim(after=MINUTE, owner="w2") == []
    assert due.renew(claimed, now=now + MINUTE, lease=60)
    assert due.finish(claimed)


def test_a_lease_that_ran_out_cannot_be_renewed(put, claim, due, now):
    put("ticket:1")
    claimed = only(claim())
    assert not due.renew(claimed, now=now + MINUTE, lease=60)
    assert due.finish(claimed), "nobody else took it: the work still counts"


def test_a_retry_waits_and_keeps_its_attempts_and_reason(put, claim, due, now):
    put("ticket:1")
    assert due.retry(only(claim()), due_at=now + MINUTE, reason="rate_limited")
    assert claim() == []
    [row] = due.rows()
    assert row["last_reason"] == "rate_limited"
    again = only(claim(after=MINUTE))
    assert (again.attempts, again.first_due) == (2, now)


def test_a_retry_is_due_at_once_when_something_came_meanwhile(put, claim, due, now):
    put("ticket:1")
    claimed = only(claim())
    put("ticket:1", after=timedelta(seconds=1))
    assert due.retry(claimed, due_at=now + MINUTE, reason="rate_limited")
    assert only(claim(after=timedelta(seconds=1))).attempts == 2


def test_a_parked_row_is_left_alone_until_it_is_replayed(put, claim, due, now):
    put("ticket:1")
    put("ticket:2", account="other")
    for claimed in claim():
        assert due.park(claimed, reason="poison")
    assert claim(after=MINUTE) == []
    assert [row["parked"] for row in due.rows(parked=True)] == ["poison", "poison"]
    assert due.rows(parked=False) == []
    assert due.replay("other", now=now + MINUTE) == 1
    assert only(claim(after=MINUTE)).attempts == 1
    assert due.replay(None, now=now + MINUTE) == 1
    assert only(claim(after=MINUTE)).account == "acme"


def test_an_upsert_gives_a_parked_row_another_chance(put, claim, due):
    put("ticket:1")
    due.park(only(claim()), reason="poison")
    assert put("ticket:1") is Upserted.ALREADY_DUE
    assert only(claim()).attempts == 1


def test_what_came_while_a_row_was_being_parked_is_not_lost(put, claim, due):
    put("ticket:1")
    claimed = only(claim())
    put("ticket:1")
    assert due.park(claimed, reason="poison")
    assert only(claim()).attempts == 1


def test_rows_are_plain_json_for_people(put, claim, due):
    put("ticket:1", priority=Priority.RECHECK)
    put("sweep", account="other", priority=Priority.SWEEP)
    claim(accounts=("acme",))
    assert due.rows("acme") == [
        {
            "account": "acme",
            "subject": "ticket:1",
            "seq": 1,
            "due_at": "2026-03-01T12:00:00.123456+00:00",
            "first_due": "2026-03-01T12:00:00.123456+00:00",
            "priority": Priority.RECHECK,
            "attempts": 1,
            "leased": True,
            "parked": None,
            "last_reason": None,
        }
    ]


def test_the_backlog_counts_what_waits_and_how_long(put, claim, due, now):
    nothing = {"due": 0, "leased": 0, "parked": 0, "paused": 0, "oldest_seconds": 0.0}
    assert due.backlog(now=now, accounts=["acme"]) == nothing
    put("ticket:parked")
    due.park(only(claim()), reason="poison")
    put("ticket:leased")
    claim()
    put("ticket:late", after=-5 * MINUTE)
    put("ticket:later", after=MINUTE)
    counted = {"due": 1, "leased": 1, "parked": 1, "paused": 0, "oldest_seconds": 300.0}
    assert due.backlog(now=now, accounts=["acme"]) == counted
    later = due.backlog(now=now + MINUTE, accounts=["acme"])
    assert later["due"] == 3, "a lease that ran out is due"


@pytest.mark.parametrize(("accounts", "due_now", "oldest"), [(["acme"], 1, 60.0), ([], 0, 0.0)])
def test_what_nobody_may_claim_is_counted_apart_and_is_not_the_oldest(
    put, due, now, accounts, due_now, oldest
):
    put("ticket:1", after=-MINUTE)
    put("ticket:1", account="other", after=-60 * MINUTE)
    put("ticket:2", account="other", after=MINUTE)
    counted = due.backlog(now=now, accounts=accounts)
    assert (counted["due"], counted["oldest_seconds"]) == (due_now, oldest)
    assert counted["paused"] == 2 - due_now


def test_a_time_without_a_zone_is_refused(due, now):
    with pytest.raises(ValueError, match="zone"):
        due.upsert("acme", "ticket:1", due_at=now.replace(tzinfo=None), priority=Priority.LIVE)


def test_claiming_does_not_sort_the_backlog(database_url, only_sqlite, now):
    opened = Database(database_url)
    with opened.transaction() as connection:
        statements = []

        @event.listens_for(connection, "before_cursor_execute")
        def keep(_connection, _cursor, statement, parameters, _context, _many):
            statements.append((statement, parameters))

        SqlDueTable(connection).claim("w1", now=now, lease=60, limit=16, accounts=("acme",))
        [(statement, parameters)] = statements
        plan = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, parameters).all()
    opened.dispose()
    steps = " / ".join(row.detail for row in plan)
    assert "USING INDEX due_open" in steps
    assert "TEMP B-TREE" not in steps
