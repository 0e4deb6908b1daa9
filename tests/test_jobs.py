from __future__ import annotations

import os
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from support.database import make_database

from integration import jobs
from integration.core.mode import Mode
from integration.core.models import Priority
from integration.core.rows import AccountRow
from integration.queueing import EmbeddedServer
from integration.queueing.jobs import QUEUE
from integration.runtime import load_config, open_runtime
from integration.storage.records import utc_text


@pytest.fixture
def folder(monkeypatch):
    with tempfile.TemporaryDirectory(prefix="dw-") as path:
        monkeypatch.setenv("DESKWARDEN_DATA_FOLDER", f"{path}/data")
        monkeypatch.chdir(path)
        yield Path(path) / "data"


@pytest.fixture
def runtime(folder):
    config = load_config()
    opened = open_runtime(config)
    make_database(config.database_url)
    yield opened
    opened.close()


@pytest.fixture
def queue(folder, runtime):
    server = EmbeddedServer(folder)
    server.start()
    yield server
    runtime.close()
    server.stop()


@pytest.fixture(autouse=True)
def _own_runtime(monkeypatch):
    monkeypatch.setattr(jobs, "_open", {})
    yield
    for opened in jobs._open.values():
        opened.close()


def add(runtime, account):
    """An account that can be opened; its helpdesk does not answer."""
    settings = {"url": "http://127.0.0.1:9", "bot_agent": "bot"}
    sealed = runtime.keyring.seal({"v3_key": "a", "v1_key": "b"})
    with runtime.store.transaction() as tables:
        now = runtime.clock.now()
        tables.accounts.save(
            AccountRow(account, "liveagent", settings, sealed, Mode.MONITOR, created=now)
        )


def make_due(runtime, subject="journal"):
    with runtime.store.transaction() as tables:
        now = runtime.clock.now()
        tables.due.upsert("acme", subject, due_at=now, priority=Priority.LIVE)


def jobs_asked_for(runtime):
    return runtime.redis.llen(f"rq:queue:{QUEUE}")


def test_one_process_has_one_runtime(runtime):
    assert jobs.current() is jobs.current()


def test_a_forked_child_opens_its_own(runtime):
    ours = jobs.current()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, b"own" if jobs.current() is not ours else b"same")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 10) == b"own"
    os.close(read)
    os.close(write)
    assert jobs.current() is ours


def test_a_forked_job_works_what_is_due_and_its_parent_goes_on(runtime):
    add(runtime, "acme")
    make_due(runtime, "journal")
    soon = utc_text(runtime.clock.now() + timedelta(minutes=50))
    child = os.fork()
    if child == 0:
        jobs.process_due()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status == 0
    assert (runtime.backlog()["leased"], runtime.backlog()["due"]) == (0, 0)
    with runtime.store.transaction() as tables:
        (row,) = tables.due.rows("acme")
    assert (row["subject"], row["attempts"]) == ("journal", 0)
    assert row["due_at"] > soon, "worked, and asked for again in an hour"


def test_the_ticker_wakes_only_for_what_is_due(runtime, queue):
    assert jobs.tick(runtime) is False
    add(runtime, "acme")
    make_due(runtime)
    assert jobs.tick(runtime) is True
    jobs.tick(runtime)
    assert jobs_asked_for(runtime) == 1


@pytest.mark.parametrize("reason", ["admin", "auth_expired"])
def test_the_ticker_wakes_nobody_for_a_paused_account_until_it_is_resumed(runtime, queue, reason):
    add(runtime, "acme")
    make_due(runtime)
    with runtime.store.transaction() as tables:
        tables.accounts.set_paused("acme", reason)
    assert jobs.tick(runtime) is False
    assert runtime.backlog()["paused"] == 1
    with runtime.store.transaction() as tables:
        tables.accounts.set_paused("acme", None)
    assert jobs.tick(runtime) is True


def test_the_ticker_wakes_for_an_account_that_its_breaker_has_paused(runtime, queue):
    add(runtime, "acme")
    make_due(runtime)
    with runtime.store.transaction() as tables:
        tables.accounts.set_paused("acme", "breaker")
    assert jobs.tick(runtime) is True


def test_without_a_queue_there_is_no_one_to_wake(runtime):
    add(runtime, "acme")
    make_due(runtime)
    assert jobs.tick(runtime) is False


def test_a_job_takes_the_wake_up_so_that_the_next_is_heard(runtime, queue):
    add(runtime, "acme")
    make_due(runtime)
    runtime.wake.wake()
    jobs.process_due()
    runtime.wake.wake()
    assert jobs_asked_for(runtime) == 2


def test_a_wake_up_while_a_job_works_asks_for_another_job(runtime, queue):
    add(runtime, "acme")
    make_due(runtime)
    runtime.wake.wake()
    comes = ["outbox"]

    def come(step):
        if step == "claimed" and comes:
            make_due(runtime, comes.pop())
            runtime.wake.wake()

    jobs.current().on_step = come
    jobs.process_due()
    assert comes == []
    assert jobs_asked_for(runtime) == 2


def test_work_that_is_left_asks_for_another_job(runtime, queue, monkeypatch):
    add(runtime, "acme")
    opened = jobs.current()
    processor = opened.processor()
    processor.batch_seconds = 0
    monkeypatch.setattr(opened, "processor", lambda: processor)
    jobs.process_due()
    assert jobs_asked_for(runtime) == 1


def test_every_account_gets_its_periodic_rows(runtime):
    add(runtime, "acme")
    add(runtime, "beta")
    jobs.ensure_periodic(runtime)
    with runtime.store.transaction() as tables:
        kinds = {name: {r["subject"] for r in tables.due.rows(name)} for name in ("acme", "beta")}
    assert kinds["acme"] == kinds["beta"] >= {"reconcile", "snapshot", "outbox"}
