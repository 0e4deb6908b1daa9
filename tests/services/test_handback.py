"""A row that failed is released until later or set aside with a finding; it is never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.errors import (
    AuthExpired,
    ChangedMeanwhile,
    ConfigError,
    Forbidden,
    HelpdeskUnavailable,
    PermanentError,
    RateLimited,
    RetryableError,
)
from integration.core.models import Priority
from integration.services.findings import observe_parked
from integration.services.handback import (
    LONGEST_WAIT,
    MAX_ATTEMPTS,
    PATIENT,
    Handback,
    backoff,
    hand_back,
    is_spent,
)

OTHER_KEY = "sealed_with_other_key"


@pytest.fixture
def claim(store, clock):
    def claim(subject="ticket:1"):
        with store.transaction() as tables:
            tables.due.upsert("acme", subject, due_at=clock.now(), priority=Priority.LIVE)
            (claimed,) = tables.due.claim("w", now=clock.now(), lease=60, limit=1)
        return claimed

    return claim


def give_back(store, clock, claim, error):
    with store.transaction() as tables:
        return hand_back(tables, claim, error, now=clock.now())


def rows(store):
    with store.transaction() as tables:
        return tables.due.rows("acme")


def causes(store):
    with store.transaction() as tables:
        return {f.cause: f.state for f in tables.findings.list("acme")}


@given(attempts=st.integers(1, 10_000), asked=st.none() | st.floats(0, 10_000))
def test_a_wait_is_capped_and_never_shorter_than_what_the_helpdesk_asked(attempts, asked):
    wait = backoff(attempts, asked)
    assert wait >= (asked or 0)
    assert 2.0 <= wait <= max(LONGEST_WAIT, asked or 0)
    assert backoff(attempts + 1, asked) >= wait


def test_a_failure_is_tried_again_later(store, clock, claim):
    claimed = claim()
    assert give_back(store, clock, claimed, HelpdeskUnavailable("x")) is Handback.RETRIED
    (row,) = rows(store)
    assert row["subject"] == "ticket:1"
    assert not row["parked"]
    with store.transaction() as tables:
        assert tables.due.claim("w", now=clock.now(), lease=60, limit=1) == []
        clock.forward(seconds=2)
        assert len(tables.due.claim("w", now=clock.now(), lease=60, limit=1)) == 1


def test_what_the_helpdesk_asks_to_wait_is_waited(store, clock, claim):
    claimed = claim()
    give_back(store, clock, claimed, RateLimited("x", retry_after=30))
    with store.transaction() as tables:
        clock.forward(seconds=29)
        assert tables.due.claim("w", now=clock.now(), lease=60, limit=1) == []
        clock.forward(seconds=1)
        assert tables.due.claim("w", now=clock.now(), lease=60, limit=1) != []


def test_a_permanent_error_is_set_aside_for_a_person(store, clock, claim):
    claimed = claim()
    assert give_back(store, clock, claimed, Forbidden("x")) is Handback.PARKED
    (row,) = (r for r in rows(store) if r["subject"] == "ticket:1")
    assert row["parked"] == "forbidden"
    assert causes(store) == {"due.parked": "open"}


def test_a_row_taken_over_meanwhile_is_not_parked_by_the_one_who_lost_it(store, clock, claim):
    claimed = claim()
    clock.forward(seconds=61)
    with store.transaction() as tables:
        assert tables.due.claim("other", now=clock.now(), lease=60, limit=1)
    give_back(store, clock, claimed, Forbidden("x"))
    assert [r["parked"] for r in rows(store)] == [None]
    assert causes(store) == {}


@pytest.mark.parametrize("reason", sorted(PATIENT))
def test_an_outage_is_waited_for_days_and_not_counted(claim, clock, reason):
    claimed = replace(claim(), attempts=500)
    error = RetryableError("x", reason=reason)
    assert not is_spent(claimed, error, now=clock.now() + timedelta(days=3))
    assert is_spent(claimed, error, now=clock.now() + timedelta(days=3, seconds=1))


def try_again(store, clock, *, after):
    with store.transaction() as tables:
        clock.forward(**after)
        (claimed,) = tables.due.claim("w", now=clock.now(), lease=60, limit=1)
    return claimed, give_back(store, clock, claimed, RateLimited("x", retry_after=3600))


@pytest.mark.parametrize("first", [True, False], ids=["at its first try", "later"])
def test_time_in_which_nobody_tried_uses_up_no_patience(store, clock, claim, first):
    if not first:
        give_back(store, clock, claim(), RateLimited("x"))
    else:
        with store.transaction() as tables:
            tables.due.upsert("acme", "ticket:1", due_at=clock.now(), priority=Priority.LIVE)
    _, handback = try_again(store, clock, after={"days": 4})
    assert handback is Handback.RETRIED


def test_time_in_which_it_was_tried_in_vain_uses_up_patience(store, clock, claim):
    give_back(store, clock, claim(), RateLimited("x"))
    for _ in range(72):
        assert try_again(store, clock, after={"hours": 1})[1] is Handback.RETRIED
    assert try_again(store, clock, after={"hours": 1})[1] is Handback.PARKED


@pytest.mark.parametrize("by", ["replay", "upsert"])
def test_a_row_that_was_set_aside_is_waited_for_anew(store, clock, claim, by):
    begun = claim()
    clock.forward(days=4)
    assert give_back(store, clock, begun, RateLimited("x")) is Handback.PARKED
    with store.transaction() as tables:
        if by == "replay":
            tables.due.replay("acme", now=clock.now())
        else:
            tables.due.upsert("acme", "ticket:1", due_at=clock.now(), priority=Priority.LIVE)
    again, handback = try_again(store, clock, after={"seconds": 1})
    assert handback is Handback.RETRIED
    assert again.first_due == begun.first_due, "our own part of the exposure is told whole"


def test_what_lies_in_the_ticket_is_tried_only_so_often(claim, clock):
    error = ChangedMeanwhile("x")
    almost = replace(claim(), attempts=MAX_ATTEMPTS - 1)
    assert not is_spent(almost, error, now=clock.now() + timedelta(days=9))
    assert is_spent(replace(almost, attempts=MAX_ATTEMPTS), error, now=clock.now())


def test_a_wrong_key_never_sets_a_row_aside(claim, clock):
    worn = replace(claim(), attempts=99)
    assert not is_spent(worn, AuthExpired("x"), now=clock.now() + timedelta(days=99))


def test_replayed_rows_close_the_finding_at_the_next_upkeep(store, clock, claim):
    give_back(store, clock, claim(), Forbidden("x"))
    with store.transaction() as tables:
        assert tables.due.replay("acme", now=clock.now()) == 1
        observe_parked(tables, "acme", now=clock.now())
    assert causes(store) == {"due.parked": "resolved"}


def test_an_error_of_the_helpdesk_is_given_some_hours(claim, clock):
    error = HelpdeskUnavailable("answered 500", reason="server_error")
    claimed = claim()
    assert not is_spent(replace(claimed, attempts=MAX_ATTEMPTS), error, now=clock.now())
    assert is_spent(replace(claimed, attempts=20), error, now=clock.now())
    hours = sum(backoff(n, None) for n in range(1, 20)) / 3600
    assert 2 < hours < 6


@pytest.mark.parametrize("reason", ["timeout", "no_connection"])
def test_a_helpdesk_that_cannot_be_reached_is_waited_for(claim, clock, reason):
    error = HelpdeskUnavailable("no answer", reason=reason)
    assert not is_spent(replace(claim(), attempts=1000), error, now=clock.now())


def test_a_spent_budget_is_waited_for_as_long_as_it_says_however_often(claim, store, clock):
    claimed = replace(claim(), attempts=12)
    give_back(store, clock, claimed, RateLimited("spent", retry_after=7.0))
    (row,) = rows(store)
    assert row["due_at"] == (clock.now() + timedelta(seconds=7)).isoformat(timespec="microseconds")


@pytest.mark.parametrize("error", [ConfigError(["x"]), PermanentError("x", reason=OTHER_KEY)])
def test_what_only_this_host_cannot_do_is_left_to_the_others_for_an_hour(
    store, clock, claim, error
):
    claimed = claim()
    assert give_back(store, clock, claimed, error) is Handback.RETRIED
    tried = {n: clock.now() - timedelta(minutes=n) for n in (59, 61)}
    assert not is_spent(replace(claimed, tried_since=tried[59]), error, now=clock.now())
    assert is_spent(replace(claimed, tried_since=tried[61]), error, now=clock.now())
