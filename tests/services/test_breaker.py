"""Too many removals stop the account and ask; an answer lets it go on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from support.memory_desk import CARD

from integration.core.errors import RetryableError
from integration.core.mode import Mode
from integration.core.policy import Policy
from integration.core.rows import RedactionRow
from integration.services import accounts, breaker

POLICY = Policy(mode=Mode.ENFORCE, max_tickets_per_hour=200, usual_factor=3.0)


def removed(tables, count, at, name="t", texts=1):
    """From so many tickets so many texts."""
    for ticket in (f"{name}{n}" for n in range(count)):
        for surface in range(texts):
            row = RedactionRow("acme", ticket, f"s{surface}", "edit", "written")
            tables.redactions.save(replace(row, started=at, updated=at))


@pytest.fixture
def tables(store):
    with store.transaction() as tables:
        yield tables


def age(tables, now, by):
    row = tables.accounts.get("acme")
    tables.accounts.save(replace(row, created=now - by))


def test_a_young_account_has_the_fixed_limit(tables, clock):
    removed(tables, 50, clock.now())
    assert breaker.limit(tables, "acme", POLICY, now=clock.now()) == 200


def test_an_account_without_a_week_of_removals_has_the_fixed_limit(tables, clock):
    age(tables, clock.now(), timedelta(days=30))
    assert breaker.limit(tables, "acme", POLICY, now=clock.now()) == 200


def test_an_account_of_unknown_age_has_the_fixed_limit(tables, clock):
    tables.accounts.save(replace(tables.accounts.get("acme"), created=None))
    removed(tables, 1, clock.now())
    assert breaker.limit(tables, "acme", POLICY, now=clock.now()) == 200
    assert breaker.limit(tables, "nobody", POLICY, now=clock.now()) == 200


@pytest.mark.parametrize(
    ("tickets", "hours", "limit"), [(1, 1, 30), (10, 1, 30), (1680, 168, 30), (400, 20, 60)]
)
def test_three_times_the_usual_busy_hour_lies_above_a_floor(tables, clock, tickets, hours, limit):
    age(tables, clock.now(), timedelta(days=30))
    for hour in range(2, hours + 2):
        at = clock.now() - timedelta(hours=hour)
        removed(tables, tickets // hours, at, f"h{hour}t", texts=5 if tickets < 1000 else 1)
    assert breaker.limit(tables, "acme", POLICY, now=clock.now()) == limit


def test_the_usual_hour_never_lifts_the_fixed_limit(tables, clock):
    age(tables, clock.now(), timedelta(days=30))
    removed(tables, 100, clock.now() - timedelta(hours=2))
    assert breaker.limit(tables, "acme", POLICY, now=clock.now()) == 200


def test_the_hour_that_is_judged_does_not_make_itself_usual(tables, clock):
    age(tables, clock.now(), timedelta(days=30))
    removed(tables, 1, clock.now() - timedelta(hours=5), "old")
    removed(tables, 150, clock.now() - timedelta(minutes=10), "burst")
    assert breaker.limit(tables, "acme", POLICY, now=clock.now()) == breaker.FLOOR


def test_an_hour_as_busy_as_every_working_hour_is_not_out_of_the_usual(tables, clock):
    """Forty tickets in each of eight hours of five days: nights and Sundays count for nothing."""
    age(tables, clock.now(), timedelta(days=30))
    for day in range(1, 6):
        for hour in range(8):
            at = clock.now() - timedelta(days=day, hours=hour)
            removed(tables, 40, at, f"d{day}h{hour}t")
    removed(tables, 79, clock.now(), "now")
    assert not breaker.trips(tables, "acme", POLICY, ticket="next", now=clock.now())


def test_the_limit_itself_is_allowed_and_one_more_is_not(tables, clock):
    removed(tables, 199, clock.now())
    assert not breaker.trips(tables, "acme", POLICY, ticket="next", now=clock.now())
    removed(tables, 1, clock.now(), "next")
    assert breaker.trips(tables, "acme", POLICY, ticket="other", now=clock.now())


def test_a_ticket_counts_once_however_many_copies_of_a_card_it_holds(tables, clock):
    removed(tables, 200, clock.now(), texts=6)
    assert not breaker.trips(tables, "acme", POLICY, ticket="t0", now=clock.now())
    assert breaker.trips(tables, "acme", POLICY, ticket="next", now=clock.now())


def test_what_was_removed_more_than_an_hour_ago_does_not_count(tables, clock):
    removed(tables, 200, clock.now())
    clock.forward(hours=1, seconds=1)
    assert not breaker.trips(tables, "acme", POLICY, ticket="next", now=clock.now())


def test_it_pauses_the_account_and_says_how_many(tables, clock):
    removed(tables, 200, clock.now())
    breaker.pause(tables, "acme", POLICY, ticket="next", now=clock.now())
    assert tables.accounts.get("acme").paused == "breaker"
    (finding,) = tables.findings.list("acme")
    assert (finding.cause, finding.facts["tickets"], finding.facts["limit"]) == (
        "account.breaker",
        201,
        200,
    )
    (record,) = [
        r.record for r in tables.audit.rows("acme") if r.record["type"] == "account.paused"
    ]
    assert record["reason"] == "breaker"


def test_after_an_answer_the_count_starts_anew(desk, redactor, store, clock):
    policy = replace(POLICY, max_tickets_per_hour=1)
    tickets = [desk.write_ticket(desk.message(f"card {CARD}")) for _ in range(3)]
    redactor(policy).run(tickets[0])
    with pytest.raises(RetryableError):
        redactor(policy).run(tickets[1])
    clock.forward(minutes=1)
    with store.transaction() as tables:
        accounts.resume(tables, "acme", now=clock.now())
        (finding,) = tables.findings.list("acme")
    assert finding.state == "resolved"
    redactor(policy).run(tickets[1])
    assert CARD not in desk.text_of(tickets[1])
    with pytest.raises(RetryableError) as caught:
        redactor(policy).run(tickets[2])
    assert caught.value.reason == "breaker"


@pytest.mark.parametrize(("answered", "counted"), [(50, 40), (5, 0), (200, 40)])
def test_an_answer_never_widens_the_hour(tables, clock, answered, counted):
    """Tickets: 100 two hours ago, 40 ten minutes ago; the answer so many minutes ago."""
    now = clock.now()
    removed(tables, 100, now - timedelta(hours=2), "old")
    removed(tables, 40, now - timedelta(minutes=10), "new")
    breaker.count_anew(tables, "acme", now=now - timedelta(minutes=answered))
    policy = replace(POLICY, max_tickets_per_hour=counted + 1)
    assert not breaker.trips(tables, "acme", policy, ticket="next", now=now)
    policy = replace(POLICY, max_tickets_per_hour=max(1, counted))
    assert breaker.trips(tables, "acme", policy, ticket="next", now=now) is (counted > 0)
