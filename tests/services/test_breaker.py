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

POLICY = Policy(mode=Mode.ENFORCE, max_removals_per_hour=200, usual_factor=3.0)


def removed(tables, count, at, name="s"):
    for n in range(count):
        row = RedactionRow("acme", "t", f"{name}{n}", "edit", "written", started=at, updated=at)
        tables.redactions.save(row)


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


@pytest.mark.parametrize(("in_week", "limit"), [(1, 30), (1680, 30), (2800, 50), (20000, 200)])
def test_three_times_the_usual_hour_lies_between_a_floor_and_the_fixed_limit(
    tables, clock, monkeypatch, in_week, limit
):
    age(tables, clock.now(), timedelta(days=30))
    monkeypatch.setattr(type(tables.redactions), "removed_since", lambda *_: in_week)
    assert breaker.limit(tables, "acme", POLICY, now=clock.now()) == limit


def test_the_limit_itself_is_allowed_and_one_more_is_not(tables, clock):
    removed(tables, 198, clock.now())
    assert not breaker.trips(tables, "acme", POLICY, planned=2, now=clock.now())
    assert breaker.trips(tables, "acme", POLICY, planned=3, now=clock.now())


def test_what_was_removed_more_than_an_hour_ago_does_not_count(tables, clock):
    removed(tables, 200, clock.now())
    clock.forward(hours=1, seconds=1)
    assert not breaker.trips(tables, "acme", POLICY, planned=200, now=clock.now())


def test_it_pauses_the_account_and_says_how_many(tables, clock):
    removed(tables, 150, clock.now())
    breaker.pause(tables, "acme", POLICY, planned=60, now=clock.now())
    assert tables.accounts.get("acme").paused == "breaker"
    (finding,) = tables.findings.list("acme")
    assert (finding.cause, finding.facts["removed"], finding.facts["limit"]) == (
        "account.breaker",
        210,
        200,
    )
    (record,) = [
        r.record for r in tables.audit.rows("acme") if r.record["type"] == "account.paused"
    ]
    assert record["reason"] == "breaker"


def test_after_an_answer_the_count_starts_anew(desk, redactor, store, clock):
    policy = replace(POLICY, max_removals_per_hour=1)
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
    """Removals: 100 two hours ago, 40 ten minutes ago; the answer so many minutes ago."""
    now = clock.now()
    removed(tables, 100, now - timedelta(hours=2), "old")
    removed(tables, 40, now - timedelta(minutes=10), "new")
    breaker.count_anew(tables, "acme", now=now - timedelta(minutes=answered))
    left = 200 - counted
    assert not breaker.trips(tables, "acme", POLICY, planned=left, now=now)
    assert breaker.trips(tables, "acme", POLICY, planned=left + 1, now=now)
