from __future__ import annotations

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from limits.storage import MemoryStorage

from integration.core.errors import RateLimited
from integration.core.models import Priority
from integration.queueing import SHARES, SharedBudget


class StillClock:
    """Nobody waits: a sleep only moves its hands."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 24, tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)


@pytest.fixture(params=["shared", "local"])
def budgets(request) -> SharedBudget:
    redis = request.getfixturevalue("redis") if request.param == "shared" else None
    return SharedBudget(redis, clock=StillClock())


def spend(budget) -> int:
    """How many requests are free now."""
    taken = 0
    while taken < 1000:
        try:
            budget.acquire()
        except RateLimited:
            return taken
        taken += 1
    return taken


def test_the_account_has_what_it_is_given_and_no_more(budgets):
    budget = budgets.at("acme", Priority.LIVE, per_minute=20)
    assert spend(budget) == 20
    with pytest.raises(RateLimited) as caught:
        budget.acquire()
    assert 50 < caught.value.retry_after <= 60


@pytest.mark.parametrize(("per_minute", "share"), [(180, 72), (1, 1), (0, 0)])
def test_the_share_of_a_priority_is_told_as_requests_a_minute(budgets, per_minute, share):
    budget = budgets.at("acme", Priority.SWEEP, per_minute=per_minute)
    assert budget.share_per_minute == share


def test_who_watches_sees_how_long_the_budget_is_spent_and_takes_nothing(budgets):
    budget = budgets.at("acme", Priority.SWEEP, per_minute=10)
    assert budget.wait() == 0
    assert spend(budget) == 4
    assert 50 < budget.wait() <= 60
    live = budgets.at("acme", Priority.LIVE, per_minute=10)
    assert live.wait() == 0
    assert spend(live) == 6, "watching took nothing"


def test_who_watches_sees_that_the_helpdesk_asked_for_a_pause(budgets):
    budget = budgets.at("acme", Priority.LIVE, per_minute=10)
    budget.drain(30)
    assert 25 < budget.wait() <= 30


def test_without_a_limit_nobody_waits(budgets):
    assert budgets.at("acme", Priority.SWEEP, per_minute=0).wait() == 0


def test_accounts_do_not_share(budgets):
    assert spend(budgets.at("a", Priority.LIVE, per_minute=5)) == 5
    assert spend(budgets.at("b", Priority.LIVE, per_minute=5)) == 5


def test_a_sweep_never_starves_what_just_came_in(budgets):
    share = int(20 * SHARES[Priority.SWEEP])
    assert share < 10
    assert spend(budgets.at("acme", Priority.SWEEP, per_minute=20)) == share
    assert spend(budgets.at("acme", Priority.LIVE, per_minute=20)) == 20 - share


def test_what_just_came_in_takes_all_before_a_sweep_gets_any(budgets):
    assert spend(budgets.at("acme", Priority.LIVE, per_minute=20)) == 20
    assert spend(budgets.at("acme", Priority.SWEEP, per_minute=20)) == 0


def test_shares_fall_with_the_priority():
    assert list(SHARES) == list(Priority)
    assert list(SHARES.values()) == sorted(SHARES.values(), reverse=True)
    assert SHARES[Priority.LIVE] == 1.0


def test_a_429_stops_the_whole_account_and_no_other(budgets):
    budgets.at("acme", Priority.SWEEP, per_minute=20).drain(30)
    budgets.at("acme", Priority.SWEEP, per_minute=20).drain(5)
    with pytest.raises(RateLimited) as caught:
        budgets.at("acme", Priority.LIVE, per_minute=20).acquire()
    assert 25 < caught.value.retry_after <= 30
    budgets.at("other", Priority.LIVE, per_minute=20).acquire()


def test_no_429_stops_an_account_for_longer_than_an_hour(budgets):
    budget = budgets.at("acme", Priority.LIVE, per_minute=20)
    budget.drain(10**9)
    assert 3500 < budget.wait() <= 3600


def test_a_429_is_told_once_and_not_by_each_ticket_that_waits(budgets, log_lines):
    budgets.at("acme", Priority.SWEEP, per_minute=20).drain(30)
    (line,) = log_lines.getvalue().splitlines()
    assert '"event": "helpdesk_rate_limited"' in line
    assert '"seconds": 30' in line


def test_no_limit_still_honours_a_429(budgets):
    budget = budgets.at("acme", Priority.LIVE, per_minute=0)
    assert spend(budget) == 1000
    budget.drain(30)
    assert spend(budget) == 0


def test_workers_share_one_budget(redis, server):
    from integration.queueing import connect

    workers = [SharedBudget(connect(server.url), clock=StillClock(), processes=3) for _ in "abc"]
    with ThreadPoolExecutor(3) as pool:
        budgets = [w.at("acme", Priority.LIVE, per_minute=30) for w in workers]
        assert sum(pool.map(spend, budgets)) == 30


def test_threads_that_ask_at_once_are_all_answered(monkeypatch):
    """limits makes a timer and starts it: a thread between the two had the other's started."""

    def keep(storage, timer):
        storage.__dict__["kept"] = timer
        time.sleep(0.01)

    timer = property(lambda storage: storage.__dict__["kept"], keep)
    monkeypatch.setattr(MemoryStorage, "timer", timer, raising=False)
    budget = SharedBudget(None, clock=StillClock()).at("acme", Priority.LIVE, per_minute=40)
    time.sleep(0.05)  # the first timer has run
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(spend, [budget] * 4)) == 40


def test_a_short_wait_is_waited_for(redis, clock):
    budgets = SharedBudget(redis, clock=clock, window_seconds=1, longest_wait=5)
    budget = budgets.at("acme", Priority.LIVE, per_minute=120)
    for _ in range(5):
        budget.acquire()


def test_without_redis_each_process_keeps_to_its_part_and_says_so_once(dead_redis, caplog):
    caplog.set_level(logging.INFO)
    budgets = SharedBudget(dead_redis, clock=StillClock(), processes=4)
    budget = budgets.at("acme", Priority.LIVE, per_minute=40)
    assert spend(budget) == 10
    budget.drain(30)
    with pytest.raises(RateLimited):
        budget.acquire()
    assert sum("budget_kept_in_process" in str(r.msg) for r in caplog.records) <= 1
    assert budgets._lost


def test_when_redis_is_back_the_budget_is_shared_again(dead_redis, redis):
    budgets = SharedBudget(dead_redis, clock=StillClock(), processes=2)
    budgets.at("acme", Priority.LIVE, per_minute=10).acquire()
    back = SharedBudget(redis, clock=StillClock())
    budgets._shared = back._shared
    assert spend(budgets.at("acme", Priority.LIVE, per_minute=10)) == 10
    assert not budgets._lost
