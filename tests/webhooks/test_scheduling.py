"""A process that answers deliveries stays on one processor, and its threads take turns."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from webhooks import scheduling
from webhooks.scheduling import (
    keep_on_one_processor,
    let_answers_go_first,
    settle,
    take_turns,
)

pytestmark = pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity"), reason="this system places no thread on a processor"
)


def _in_a_thread_of_its_own(work):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def test_a_thread_that_settles_and_those_it_starts_run_on_one_processor():
    placed = []

    def work():
        settle()
        started = threading.Thread(target=lambda: placed.append(_how_it_runs()))
        started.start()
        started.join()
        return os.sched_getaffinity(0)

    before = _how_it_runs()
    (kept,) = _in_a_thread_of_its_own(work)
    assert kept in before[0]
    assert placed == [({kept}, os.SCHED_BATCH)]
    assert _how_it_runs() == before


def _how_it_runs():
    return os.sched_getaffinity(0), os.sched_getscheduler(0)


def test_it_takes_none_that_it_may_not_use():
    one = max(os.sched_getaffinity(0))

    def work():
        os.sched_setaffinity(0, {one})
        keep_on_one_processor()
        return os.sched_getaffinity(0)

    assert _in_a_thread_of_its_own(work) == {one}


def test_where_it_is_forbidden_all_is_as_it_was(monkeypatch):
    def refuse(pid, processors):
        raise PermissionError

    monkeypatch.setattr(os, "sched_setaffinity", refuse)
    before = os.sched_getaffinity(0)
    keep_on_one_processor()
    assert os.sched_getaffinity(0) == before


def test_where_the_system_cannot_all_is_as_it_was(monkeypatch):
    monkeypatch.delattr(os, "sched_setaffinity")
    before = os.sched_getaffinity(0)
    keep_on_one_processor()
    assert os.sched_getaffinity(0) == before


def test_where_turns_are_forbidden_or_unknown_all_is_as_it_was(monkeypatch):
    def refuse(pid, policy, parameters):
        raise PermissionError

    before = _how_it_runs()
    monkeypatch.setattr(os, "sched_setscheduler", refuse)
    take_turns()
    monkeypatch.delattr(os, "SCHED_BATCH")
    take_turns()
    assert _how_it_runs() == before


def test_where_no_thread_is_a_servers_none_waits():
    _ask_again()
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == _usual()


def test_only_the_thread_of_the_server_waits_and_only_where_that_is_allowed(monkeypatch):
    stop = threading.Event()
    server = threading.Thread(target=stop.wait)
    server.start()
    try:
        Path(f"/proc/self/task/{server.native_id}/comm").write_text("tokio-rt-worker")
        with monkeypatch.context() as forbidden:
            forbidden.setattr(os, "setpriority", _refuse)
            _ask_again()
            assert os.getpriority(os.PRIO_PROCESS, server.native_id) == _usual()
        _ask_again()
        assert os.getpriority(os.PRIO_PROCESS, server.native_id) == _usual() + 5
    finally:
        stop.set()
        server.join()
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == _usual()


def test_where_threads_are_not_to_be_seen_none_waits(monkeypatch):
    monkeypatch.setattr(scheduling, "_THREADS", Path("/nowhere"))
    _ask_again()


def _ask_again():
    let_answers_go_first.cache_clear()
    let_answers_go_first()


def _refuse(*_):
    raise PermissionError


def _usual():
    return os.getpriority(os.PRIO_PROCESS, 0)


def test_the_web_process_settles_once_its_application_is_loaded(tmp_path):
    """The factory that granian calls, on a new data folder, in a process of its own."""
    code = (
        "import gc, os; from webhooks.wsgi import create\n"
        "app = create()\n"
        "print(app.name, len(os.sched_getaffinity(0)), gc.get_freeze_count() > 10_000)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "DESKWARDEN_DATA_FOLDER": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout == "webhooks.app 1 True\n", ran.stderr
