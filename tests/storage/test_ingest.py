from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select, text

from integration.core.errors import MalformedDelivery, StoreUnavailable
from integration.core.models import Priority
from integration.core.rows import Upserted
from integration.storage import Database, Ingest, sqlite_file
from integration.storage import ingest as ingest_module
from integration.storage.database import RolledBack
from integration.storage.schema import deliveries


class Watched(Ingest):
    """Tells what the writer has begun to write."""

    begun = 0

    def _write(self, group):
        self.begun += len(group)
        super()._write(group)


@pytest.fixture
def commits():
    """How many rows each group had, as told to the wake-up."""
    return []


@pytest.fixture
def ingest(database_url, commits):
    ingest = Watched(database_url, after_commit=commits.append)
    yield ingest
    ingest.close()


@pytest.fixture
def submit(ingest, clock):
    def submit(subject, account="acme", **more):
        return ingest.submit(account, subject, due_at=clock.now(), **more)

    return submit


@pytest.fixture
def rows(store):
    def rows():
        with store.transaction() as tables:
            return {row["subject"]: row for row in tables.due.rows()}

    return rows


@pytest.fixture
def held(database_url):
    """A context in which nobody else can write."""

    @contextmanager
    def held():
        other = Database(database_url)
        with other.transaction() as connection:
            if not other.is_sqlite:
                connection.execute(text("LOCK TABLE due IN ACCESS EXCLUSIVE MODE"))
            yield
        other.dispose()

    return held


def until(condition):
    """Wait for what another thread is about to do."""
    for _ in range(2000):
        if condition():
            return
        time.sleep(0.005)
    pytest.fail("it did not happen within ten seconds")


def waiting(ingest):
    return ingest._writer._queue.qsize() if ingest._writer else 0


def busy(ingest):
    """Whether the writer has taken a group and is stuck with it."""
    return ingest.begun > 0 and waiting(ingest) == 0


def test_what_is_submitted_is_due_when_the_call_returns(submit, rows, clock):
    assert submit("ticket:1", priority=Priority.RECHECK) is Upserted.NEW
    row = rows()["ticket:1"]
    assert (row["priority"], row["attempts"], row["leased"]) == (Priority.RECHECK, 0, False)
    assert submit("ticket:1") is Upserted.ALREADY_DUE
    assert rows()["ticket:1"] | {"seq": 2, "priority": Priority.LIVE} == rows()["ticket:1"]


def test_many_requests_share_a_commit_and_each_gets_its_answer(ingest, submit, rows, held, commits):
    with ThreadPoolExecutor(20) as pool:
        with held():
            first = pool.submit(submit, "ticket:first")
            until(lambda: busy(ingest))
            others = [pool.submit(submit, f"ticket:{n % 4}") for n in range(19)]
            until(lambda: waiting(ingest) == 19)
        answers = [other.result() for other in others]
        assert first.result() is Upserted.NEW
    ingest.close()
    assert commits == [1, 19]
    assert answers.count(Upserted.NEW) == 4
    assert {s: row["seq"] for s, row in rows().items()} == {
        "ticket:first": 1,
        "ticket:0": 5,
        "ticket:1": 5,
        "ticket:2": 5,
        "ticket:3": 4,
    }


def test_what_comes_a_moment_after_the_first_shares_its_commit(
    ingest, submit, commits, monkeypatch
):
    moment = SimpleNamespace(sleep=lambda _: until(lambda: waiting(ingest) == 1))
    monkeypatch.setattr("integration.storage.ingest.time", moment)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(submit, ("ticket:1", "ticket:2")))
    assert answers == [Upserted.NEW] * 2
    monkeypatch.undo()
    ingest.close()
    assert commits == [2]


def test_the_earliest_time_of_a_group_counts(ingest, rows, held, clock):
    early, late = clock.now(), clock.now().replace(year=2027)
    with ThreadPoolExecutor(3) as pool, held():
        pool.submit(ingest.submit, "acme", "sweep", due_at=late)
        until(lambda: busy(ingest))
        for at, priority in ((late, Priority.LIVE), (early, Priority.SWEEP)):
            pool.submit(ingest.submit, "acme", "ticket:1", due_at=at, priority=priority)
        until(lambda: waiting(ingest) == 2)
    row = rows()["ticket:1"]
    assert row["due_at"] == row["first_due"] == "2026-03-01T12:00:00.123456+00:00"
    assert row["priority"] == Priority.LIVE


def test_a_replayed_delivery_does_not_make_anything_due_again(submit, rows, store, clock):
    assert submit("ticket:1", delivery_id="d1") is Upserted.NEW
    with store.transaction() as tables:
        [claim] = tables.due.claim("w1", now=clock.now(), lease=60, limit=1)
        tables.due.finish(claim)
    assert submit("ticket:1", delivery_id="d1") is Upserted.ALREADY_DUE
    assert rows() == {}
    assert submit("ticket:1", delivery_id="d2") is Upserted.NEW


def test_a_delivery_that_names_two_tickets_makes_both_due(submit, rows):
    assert submit("ticket:1", delivery_id="d1") is Upserted.NEW
    assert submit("ticket:2", delivery_id="d1") is Upserted.NEW
    assert submit("ticket:1", account="other", delivery_id="d1") is Upserted.NEW


def test_the_same_delivery_twice_in_one_group_counts_once(ingest, submit, rows, held):
    with ThreadPoolExecutor(4) as pool:
        with held():
            pool.submit(submit, "ticket:first")
            until(lambda: busy(ingest))
            twice = [pool.submit(submit, "ticket:1", delivery_id="d1") for _ in range(2)]
            until(lambda: waiting(ingest) == 2)
        answers = sorted(answer.result() for answer in twice)
    assert answers == [Upserted.ALREADY_DUE, Upserted.NEW]
    assert rows()["ticket:1"]["seq"] == 1


def test_deliveries_are_forgotten_after_a_while(submit, store, clock, database_url):
    submit("ticket:1", delivery_id="old")
    clock.sleep(60)
    submit("ticket:1", delivery_id="young")
    assert store.prune(clock.now())["deliveries"] == 1
    opened = Database(database_url)
    with opened.transaction() as connection:
        assert connection.execute(select(deliveries.c.delivery_id)).scalars().all() == ["young"]
    opened.dispose()


def test_nothing_is_acknowledged_that_is_not_committed_in_time(database_url, rows, held, clock):
    ingest = Watched(database_url, timeout=0.2)
    with ThreadPoolExecutor(2) as pool, held():
        first = pool.submit(ingest.submit, "acme", "ticket:stuck", due_at=clock.now())
        until(lambda: busy(ingest))
        second = pool.submit(
            ingest.submit, "acme", "ticket:gave up", due_at=clock.now(), delivery_id="d1"
        )
        for answer in (first, second):
            with pytest.raises(StoreUnavailable):
                answer.result()
    ingest.close()
    assert "ticket:gave up" not in rows(), "its request was answered with an error: come again"


def test_a_full_disk_refuses_and_loses_nothing_that_was_acknowledged(
    database_url, rows, clock, monkeypatch, on_sqlite, commits
):
    if not on_sqlite:
        pytest.skip("the disk is the server's")
    opened = Database(database_url)
    with opened.transaction() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    opened.dispose()
    limit = f"PRAGMA max_page_count = {pages + 4}"
    with monkeypatch.context() as full:
        full.setattr(sqlite_file, "PRAGMAS", (*sqlite_file.PRAGMAS, limit))
        ingest = Ingest(database_url, after_commit=commits.append)
        acknowledged, refused = fill(ingest, clock)
        ingest.close()
    assert acknowledged
    assert refused
    assert sum(commits) == len(acknowledged)
    assert rows().keys() == set(acknowledged)

    ingest = Ingest(database_url)
    assert ingest.submit("acme", refused[0], due_at=clock.now()) is Upserted.NEW
    ingest.close()


def fill(ingest, clock):
    acknowledged, refused = [], []
    for number in range(2000):
        subject = f"ticket:{number:0200}"
        try:
            ingest.submit("acme", subject, due_at=clock.now())
        except StoreUnavailable:
            refused.append(subject)
            if len(refused) == 3:
                break
        else:
            acknowledged.append(subject)
    return acknowledged, refused


def test_a_row_that_cannot_be_stored_does_not_take_its_group_with_it(ingest, submit, rows, held):
    with ThreadPoolExecutor(4) as pool:
        with held():
            pool.submit(submit, "ticket:first")
            until(lambda: busy(ingest))
            poison = pool.submit(submit, "ticket:poison", priority=2**80)
            good = [pool.submit(submit, f"ticket:{n}") for n in range(2)]
            until(lambda: waiting(ingest) == 3)
        assert [answer.result() for answer in good] == [Upserted.NEW, Upserted.NEW]
        assert poison.exception() is not None
    assert rows().keys() == {"ticket:first", "ticket:0", "ticket:1"}


@pytest.fixture
def deadlock(monkeypatch):
    """The next commits are thrown out, as PostgreSQL does with one of two that block each other."""

    def deadlock(times):
        commit = Database.transaction
        left = [None] * times

        @contextmanager
        def transaction(database):
            with commit(database) as connection:
                yield connection
                if left:
                    left.pop()
                    raise RolledBack("busy")

        monkeypatch.setattr(Database, "transaction", transaction)
        monkeypatch.setattr(ingest_module, "REPEAT_AFTER", (0, 0, 0))

    return deadlock


def test_a_group_that_the_database_threw_out_is_written_again_until_it_is_through(
    submit, rows, deadlock
):
    deadlock(3)
    assert submit("ticket:1", delivery_id="d1") is Upserted.NEW
    assert rows().keys() == {"ticket:1"}


def test_a_group_that_is_thrown_out_each_time_is_refused(submit, rows, deadlock):
    deadlock(4)
    with pytest.raises(StoreUnavailable):
        submit("ticket:1", delivery_id="d1")
    assert rows() == {}
    assert submit("ticket:1", delivery_id="d1") is Upserted.NEW


@pytest.mark.parametrize(
    "subject",
    ["", "ticket:" + "9" * 300, "ticket:\x00", "ticket:\ud800"],
    ids=["empty", "too long", "a control character", "half a character"],
)
def test_an_id_that_cannot_be_one_is_rejected(submit, rows, subject):
    with pytest.raises(MalformedDelivery):
        submit(subject)
    assert rows() == {}


def test_a_wake_that_fails_is_logged_and_does_not_stop_the_writer(database_url, clock, caplog):
    def fail(_):
        raise ConnectionError("redis://:password@host")

    ingest = Ingest(database_url, after_commit=fail)
    assert ingest.submit("acme", "ticket:1", due_at=clock.now()) is Upserted.NEW
    assert ingest.submit("acme", "ticket:2", due_at=clock.now()) is Upserted.NEW
    ingest.close()
    assert "ConnectionError" in caplog.text
    assert "password" not in caplog.text


def test_closing_writes_what_was_handed_in(ingest, submit, rows, held):
    with ThreadPoolExecutor(4) as pool:
        with held():
            answers = [pool.submit(submit, "ticket:first")]
            until(lambda: busy(ingest))
            answers += [pool.submit(submit, f"ticket:{n}") for n in range(2)]
            until(lambda: waiting(ingest) == 2)
            closing = pool.submit(ingest.close)
            until(lambda: ingest._closed)
        closing.result()
        assert [answer.result() for answer in answers] == [Upserted.NEW] * 3
    assert len(rows()) == 3
    with pytest.raises(StoreUnavailable):
        submit("ticket:late")


def test_closing_what_was_never_used_does_nothing(database_url):
    Ingest(database_url).close()


def test_a_child_process_gets_a_writer_of_its_own(submit, rows):
    submit("ticket:parent")
    pid = os.fork()
    if pid == 0:
        # A child that waits for ever ends, and fails.
        signal.alarm(10)
        with suppress(StoreUnavailable):
            submit("ticket:child")
            os._exit(0)
        os._exit(1)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert submit("ticket:parent") is Upserted.ALREADY_DUE
    assert rows().keys() == {"ticket:parent", "ticket:child"}


def test_a_burst_from_many_threads_is_stored_whole(submit, rows, ingest, commits):
    def burst(thread):
        return [submit(f"ticket:{thread}-{n}", delivery_id=f"{thread}-{n}") for n in range(50)]

    with ThreadPoolExecutor(16) as pool:
        answers = [answer for answers in pool.map(burst, range(16)) for answer in answers]
    assert answers == [Upserted.NEW] * 800
    assert len(rows()) == 800
    ingest.close()
    assert sum(commits) == 800


def test_the_table_of_deliveries_stays_empty_without_delivery_ids(submit, database_url):
    submit("ticket:1")
    opened = Database(database_url)
    with opened.transaction() as connection:
        assert connection.execute(select(func.count()).select_from(deliveries)).scalar_one() == 0
    opened.dispose()


def test_threads_do_not_pile_up(database_url, clock):
    before = threading.active_count()
    for _ in range(3):
        ingest = Ingest(database_url)
        ingest.submit("acme", "ticket:1", due_at=clock.now())
        ingest.close()
    assert threading.active_count() == before
