"""`process_due`: everything that is due is worked once and handed back, whatever goes wrong."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from support.memory_desk import FakeClock, MemoryDesk

from integration.core.errors import (
    AuthExpired,
    Forbidden,
    HelpdeskUnavailable,
    RateLimited,
    StoreUnavailable,
)
from integration.core.models import Priority
from integration.core.policy import Policy
from integration.core.rows import AccountRow
from integration.services.process import Desk, Processor
from integration.storage.due import SqlDueTable


class Killed(BaseException):
    """The process ends here."""


class ClosingDesk(MemoryDesk):
    """A desk that knows whether it was closed."""

    closed = False

    def close(self):
        self.closed = True


class Workshop:
    """One account, a handler for its tickets, and what a worker made of them."""

    def __init__(self, store, clock):
        self.store, self.clock = store, clock
        self.desks: list[ClosingDesk] = []
        self.failures: list[str | None] = []
        self.worked: list[str] = []
        self.handler = lambda desk, claim: None

    def open_desk(self, account, priority):
        self.desks.append(ClosingDesk(self.clock))
        return Desk(account, self.desks[-1], Policy(), priority)

    def work(self, desk, claim):
        self.handler(desk, claim)
        self.worked.append(claim.subject)
        with self.store.transaction() as tables:
            tables.due.finish(claim)

    def run(self, **changes):
        parts = {
            "store": self.store,
            "clock": self.clock,
            "open_desk": self.open_desk,
            "handlers": {"ticket": self.work},
            "owner": "w",
            "threads": 4,
        }
        report = lambda _claim, error: self.failures.append(error and error.reason)  # noqa: E731
        return Processor(**parts | changes, report_failure=report).run()

    def due(self, *subjects, account="acme", priority=Priority.LIVE):
        with self.store.transaction() as tables:
            for subject in subjects:
                tables.due.upsert(account, subject, due_at=self.clock.now(), priority=priority)

    def left(self):
        with self.store.transaction() as tables:
            return {row["subject"]: row["parked"] for row in tables.due.rows()}

    def findings(self):
        with self.store.transaction() as tables:
            return {f.cause for f in tables.findings.list("acme")}


@pytest.fixture
def shop(store, clock):
    return Workshop(store, clock)


def test_everything_that_is_due_is_worked_once(shop):
    subjects = [f"ticket:{n}" for n in range(40)]
    shop.due(*subjects)
    report = shop.run()
    assert Counter(shop.worked) == dict.fromkeys(subjects, 1)
    assert (report.done, report.retried, report.parked, report.more) == (40, 0, 0, False)
    assert shop.left() == {}


def test_nothing_due_opens_nothing(shop):
    assert shop.run().done == 0
    assert shop.desks == []


def test_no_account_at_all_is_no_failure(shop):
    with shop.store.transaction() as tables:
        tables.accounts.remove("acme")
    assert shop.run().done == 0


def test_a_paused_account_waits_and_the_others_go_on(shop):
    with shop.store.transaction() as tables:
        tables.accounts.save(AccountRow("other", "memory", {}, b"", created=shop.clock.now()))
        tables.accounts.set_paused("acme", "admin")
    shop.due("ticket:1")
    shop.due("ticket:2", account="other")
    shop.run()
    assert shop.worked == ["ticket:2"]
    assert shop.left() == {"ticket:1": None}


def test_an_account_that_its_breaker_has_paused_is_worked_so_that_it_can_tell(shop):
    with shop.store.transaction() as tables:
        tables.accounts.set_paused("acme", "breaker")
    shop.due("outbox")
    assert shop.run(handlers={"outbox": shop.work}).done == 1
    assert shop.worked == ["outbox"]


def test_many_tickets_are_worked_at_the_same_time(shop):
    together = threading.Barrier(4, timeout=30)
    shop.handler = lambda desk, claim: together.wait()
    shop.due(*(f"ticket:{n}" for n in range(4)))
    assert shop.run().done == 4


def test_one_failure_leaves_the_others_alone(shop):
    def fail_one(desk, claim):
        if claim.subject == "ticket:1":
            raise HelpdeskUnavailable("no")

    shop.handler = fail_one
    shop.due("ticket:1", "ticket:2")
    report = shop.run()
    assert (report.done, report.retried) == (1, 1)
    assert shop.failures == ["unavailable"]
    assert shop.left() == {"ticket:1": None}


def test_a_permanent_failure_is_parked_and_counted(shop):
    def refuse(desk, claim):
        raise Forbidden("no")

    shop.handler = refuse
    shop.due("ticket:1")
    assert shop.run().parked == 1
    assert shop.left()["ticket:1"] == "forbidden"
    assert "due.parked" in shop.findings()


def test_a_bug_of_ours_is_told_and_the_row_comes_again(shop):
    def break_down(desk, claim):
        raise ValueError

    shop.handler = break_down
    shop.due("ticket:1")
    assert shop.run().retried == 1
    assert shop.failures == [None]
    with shop.store.transaction() as tables:
        (row,) = tables.due.rows()
    assert (row["parked"], row["leased"], row["last_reason"]) == (None, False, "internal")


def test_a_subject_that_nobody_knows_is_handed_back_like_a_bug(shop):
    shop.due("unheard-of")
    assert shop.run().retried == 1
    assert shop.left() == {"unheard-of": None}


def test_an_account_that_cannot_be_opened_keeps_its_rows(shop):
    def fail(account, priority):
        raise HelpdeskUnavailable("no")

    shop.due("ticket:1")
    assert shop.run(open_desk=fail).retried == 1
    assert shop.left() == {"ticket:1": None}


def test_a_refused_key_pauses_the_account_asks_and_keeps_the_row(shop):
    def expire(desk, claim):
        raise AuthExpired("no")

    shop.handler = expire
    shop.due("ticket:1")
    shop.run()
    with shop.store.transaction() as tables:
        assert tables.accounts.get("acme").paused == "auth_expired"
        records = [row.record for row in tables.audit.rows("acme")]
    assert {"type": "account.paused", "reason": "auth_expired"} in records
    assert shop.findings() == {"account.auth_expired"}
    assert shop.left()["ticket:1"] is None


def test_each_thread_has_a_desk_of_its_own_per_priority_and_all_are_closed(shop):
    shop.due("ticket:1", "ticket:2")
    shop.due("ticket:3", priority=Priority.SWEEP)
    shop.run(threads=1)
    assert len(shop.desks) == 2
    assert all(desk.closed for desk in shop.desks)


def test_desks_are_closed_when_the_run_breaks_off(shop):
    shop.due(*(f"ticket:{n}" for n in range(3)))

    def lose_the_store(step):
        if step == "before claim" and shop.worked:
            raise StoreUnavailable("gone")

    with pytest.raises(StoreUnavailable):
        shop.run(on_step=lose_the_store, threads=1)
    assert shop.desks
    assert all(desk.closed for desk in shop.desks)


class Threads:
    """How many threads the system lets a worker begin; None: as many as it likes."""

    def __init__(self):
        self.left, self.refused = None, threading.Event()

    def take(self):
        if self.left == 0:
            self.refused.set()
            raise RuntimeError("can't start new thread")
        if self.left:
            self.left -= 1


@pytest.fixture
def threads(monkeypatch):
    start, threads = threading.Thread.start, Threads()

    def limited(thread):
        if thread.name.startswith("desk"):
            threads.take()
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", limited)
    return threads


def breaks_off(shop, error, **changes):
    """Whether the run ends, and with this error; in a thread, as it might never end."""
    raised = threading.Event()

    def run():
        with pytest.raises(error):
            shop.run(**changes)
        raised.set()

    threading.Thread(target=run, daemon=True).start()
    return raised.wait(20)


def test_a_run_that_can_begin_no_thread_ends_and_puts_back_what_it_has_claimed(shop, threads):
    shop.due("ticket:1", "ticket:2")
    threads.left = 0
    assert breaks_off(shop, RuntimeError)
    assert (shop.worked, shop.failures) == ([], [])
    with shop.store.transaction() as tables:
        rows = tables.due.rows("acme")
    assert [(row["attempts"], row["leased"], row["parked"]) for row in rows] == [
        (0, False, None)
    ] * 2
    threads.left = None
    assert shop.run().done == 2, "no lease is waited for"


def test_a_run_that_can_begin_some_threads_works_each_row_once_or_puts_it_back(shop, threads):
    subjects = [f"ticket:{n}" for n in range(4)]
    shop.handler = lambda _desk, _claim: threads.refused.wait(10)
    shop.due(*subjects)
    threads.left = 2
    assert breaks_off(shop, RuntimeError)
    assert shop.failures == []
    assert sorted([*shop.worked, *shop.left()]) == subjects
    threads.left = None
    shop.run()
    assert Counter(shop.worked) == dict.fromkeys(subjects, 1)


def test_a_run_without_threads_or_a_database_ends_and_leaves_its_rows_to_their_leases(
    shop, threads, monkeypatch
):
    def gone():
        raise StoreUnavailable("gone")

    shop.due("ticket:1")
    threads.left = 0
    with monkeypatch.context() as patched:

        def lose_the_store(step):
            if step == "claimed":
                patched.setattr(shop.store, "transaction", gone)

        assert breaks_off(shop, StoreUnavailable, on_step=lose_the_store)
    threads.left = None
    assert shop.run().done == 0
    shop.clock.forward(seconds=61)
    assert shop.run().done == 1


def test_a_row_that_cannot_even_be_handed_back_comes_again_when_its_lease_is_over(
    shop, monkeypatch
):
    def gone(*args, **kwargs):
        raise StoreUnavailable("full")

    shop.due("ticket:1")
    real = shop.store.transaction

    def fail_and_lose_the_store(desk, claim):
        monkeypatch.setattr(shop.store, "transaction", gone)
        raise HelpdeskUnavailable("no")

    shop.handler = fail_and_lose_the_store
    with pytest.raises(StoreUnavailable):
        shop.run()
    monkeypatch.setattr(shop.store, "transaction", real)
    shop.handler = lambda desk, claim: None
    assert shop.run().done == 0
    shop.clock.forward(seconds=61)
    assert shop.run().done == 1


def test_a_run_stops_claiming_when_its_time_is_over_and_says_that_there_is_more(store):
    shop = Workshop(store, FakeClock(step=1.0))
    shop.due(*(f"ticket:{n}" for n in range(200)))
    report = shop.run(batch_seconds=3, threads=2)
    assert report.more
    assert 0 < report.done < 200
    assert len(shop.left()) == 200 - report.done


def test_what_no_thread_has_begun_when_the_time_is_over_is_put_back_unworked(shop):
    """A helpdesk that answers slowly would else make a run last twice as long as it may."""
    shop.handler = lambda _desk, _claim: shop.clock.forward(seconds=30)
    shop.due("ticket:1", "ticket:2")
    report = shop.run(threads=1, batch_seconds=20)
    assert (report.done, report.retried, report.more) == (1, 0, True)
    with shop.store.transaction() as tables:
        (row,) = tables.due.rows("acme")
    assert (row["attempts"], row["leased"], row["last_reason"]) == (0, False, None)
    assert shop.run().done == 1


def test_new_rows_are_taken_while_another_ticket_waits_for_its_helpdesk(shop):
    waits, may_go = threading.Event(), threading.Event()

    def handler(_desk, claim):
        if claim.subject == "ticket:slow":
            waits.set()
            assert may_go.wait(10)
        else:
            may_go.set()

    shop.handler = handler
    shop.due("ticket:slow")
    run = threading.Thread(target=shop.run)
    run.start()
    assert waits.wait(10)
    shop.due("ticket:new")
    run.join(20)
    assert shop.failures == []
    assert sorted(shop.worked) == ["ticket:new", "ticket:slow"]


@pytest.fixture
def renewed(monkeypatch):
    """Counts how often a lease was renewed."""
    count = threading.Semaphore(0)
    renew = SqlDueTable.renew

    def counted(*args, **kwargs):
        kept = renew(*args, **kwargs)
        count.release()
        return kept

    monkeypatch.setattr(SqlDueTable, "renew", counted)
    return count


def claimed_by_another(shop):
    with shop.store.transaction() as tables:
        return tables.due.claim("other", now=shop.clock.now(), lease=60, limit=9)


def test_a_look_that_takes_longer_than_its_lease_is_not_taken_over(shop, renewed):
    taken = []

    def look(_desk, _claim):
        for _ in range(3):
            shop.clock.forward(seconds=45)
            assert renewed.acquire(timeout=10)
        taken.extend(claimed_by_another(shop))

    shop.handler = look
    shop.due("ticket:1")
    assert shop.run().done == 1
    assert taken == []
    assert shop.left() == {}


class Claims:
    """Tells when a worker has claimed a second time."""

    def __init__(self):
        self.count, self.are_made = 0, threading.Event()

    def __call__(self, step):
        self.count += step == "claimed"
        if self.count == 2:
            self.are_made.set()


def test_what_waits_for_a_thread_stays_ours_meanwhile(shop, renewed):
    both, taken = Claims(), []

    def look(_desk, _claim):
        if not shop.worked:
            assert both.are_made.wait(10)
            for _ in range(2):
                shop.clock.forward(seconds=45)
                assert renewed.acquire(timeout=10)
                assert renewed.acquire(timeout=10)
        taken.extend(claimed_by_another(shop))

    shop.handler = look
    shop.due("ticket:1", "ticket:2")
    assert shop.run(threads=1, on_step=both, batch_seconds=600).done == 2
    assert taken == []


def test_a_look_keeps_its_lease_while_a_run_that_broke_off_waits_for_it(shop, renewed):
    broken, taken = threading.Event(), []

    def look(_desk, _claim):
        assert broken.wait(10)
        for _ in range(2):
            shop.clock.forward(seconds=45)
            assert renewed.acquire(timeout=10)
        taken.extend(claimed_by_another(shop))

    def lose_the_store(step):
        if step == "before claim" and shop.desks:
            broken.set()
            raise StoreUnavailable("gone")

    shop.handler = look
    shop.due("ticket:1")
    with pytest.raises(StoreUnavailable):
        shop.run(on_step=lose_the_store)
    assert shop.worked == ["ticket:1"]
    assert taken == []


def test_a_row_that_was_lost_while_it_waited_is_left_to_the_one_who_has_it(shop, renewed):
    both, taken = Claims(), []

    def look(_desk, _claim):
        assert both.are_made.wait(10)
        shop.clock.forward(seconds=61)
        taken.extend(claimed_by_another(shop))
        assert renewed.acquire(timeout=10)
        assert renewed.acquire(timeout=10)

    shop.handler = look
    shop.due("ticket:1", "ticket:2")
    shop.run(threads=1, on_step=both, batch_seconds=600)
    assert {claim.subject for claim in taken} == {"ticket:1", "ticket:2"}
    assert shop.worked == ["ticket:1"]
    assert shop.failures == ["lease_lost"]
    assert shop.left() == {"ticket:1": None, "ticket:2": None}


def test_a_beat_that_is_missed_ends_no_run(shop, renewed, monkeypatch):
    """The database does not answer once; the next time it does."""
    together, missed = shop.store.together, threading.Event()

    def fail_once(act):
        if not missed.is_set():
            missed.set()
            raise StoreUnavailable("locked")
        return together(act)

    def look(_desk, _claim):
        monkeypatch.setattr(shop.store, "together", fail_once)
        shop.clock.forward(seconds=25)
        assert missed.wait(10)
        assert renewed.acquire(timeout=10)

    shop.handler = look
    shop.due("ticket:1")
    assert shop.run().done == 1


def die_sixteen_times(shop):
    def die(_desk, claim):
        if claim.subject == "ticket:1":
            raise Killed

    shop.handler = die
    shop.due("ticket:1")
    for _ in range(16):
        with pytest.raises(Killed):
            shop.run()
        shop.clock.forward(seconds=61)


def test_a_row_whose_workers_die_again_and_again_is_set_aside_and_told(shop):
    die_sixteen_times(shop)
    assert shop.run().parked == 1
    assert shop.left()["ticket:1"] == "worker_lost"
    assert "due.parked" in shop.findings()


def test_a_row_that_is_always_given_back_has_lost_no_worker_however_often_it_is_tried(shop):
    def limit(_desk, _claim):
        raise RateLimited("spent", retry_after=30)

    shop.handler = limit
    shop.due("ticket:1")
    for _ in range(40):
        assert shop.run().retried == 1
        shop.clock.forward(seconds=61)
    assert shop.left() == {"ticket:1": None}


def test_a_row_that_lost_its_workers_is_tried_again_when_a_person_says_so(shop):
    die_sixteen_times(shop)
    shop.run()
    with shop.store.transaction() as tables:
        tables.due.replay("acme", now=shop.clock.now())
    shop.handler = lambda _desk, _claim: None
    shop.run()
    assert shop.worked == ["ticket:1"]
