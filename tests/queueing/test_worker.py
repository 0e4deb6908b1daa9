from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer

from integration.core.errors import ConfigError, QueueUnavailable
from integration.queueing import QUEUE, connect, run_worker, workers_alive
from integration.queueing.worker import make_worker

FUNCTIONS = """
import gc, os, time
from pathlib import Path

def hold(path):
    Path(path).write_text(str(os.getpid()))
    while not Path(path + ".go").exists():
        time.sleep(0.02)
    Path(path + ".done").write_text(str(gc.get_freeze_count()))
"""
WORKER = """
import sys
import worker_functions_under_test  # before it forks
from integration.queueing import SafeJob, run_worker
SafeJob.allowed = ("worker_functions_under_test.hold",)
run_worker(sys.argv[1])
"""


@pytest.fixture
def target(tmp_path) -> Path:
    (tmp_path / "worker_functions_under_test.py").write_text(FUNCTIONS)
    return tmp_path / "target"


@pytest.fixture
def worker(redis, server, target, until):
    """A worker process with a job in hand, and the number of its work horse."""
    Queue(QUEUE, connection=redis, job_class=Job, serializer=JSONSerializer).enqueue(
        "worker_functions_under_test.hold", str(target)
    )
    env = {**os.environ, "PYTHONPATH": str(target.parent)}
    process = subprocess.Popen([sys.executable, "-c", WORKER, server.url], env=env)
    until(lambda: target.exists() and target.read_text())
    yield process, int(target.read_text())
    process.kill()
    process.wait()


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_work_horse_dies_with_its_worker(worker, until):
    process, horse = worker
    process.kill()
    process.wait()
    until(lambda: not alive(horse))


def test_a_worker_told_to_stop_finishes_the_job_in_hand(worker, target):
    process, _ = worker
    process.send_signal(signal.SIGTERM)
    Path(f"{target}.go").write_text("")
    assert process.wait(60) == 0
    assert Path(f"{target}.done").exists()


def test_what_was_loaded_before_is_not_copied_by_the_garbage_collector_of_a_job(worker, target):
    process, _ = worker
    process.send_signal(signal.SIGTERM)
    Path(f"{target}.go").write_text("")
    process.wait(60)
    frozen = int(Path(f"{target}.done").read_text())
    assert frozen > len(sys.modules)


def test_a_killed_work_horse_does_not_take_the_worker_along(worker, redis, until):
    process, horse = worker
    os.kill(horse, signal.SIGKILL)
    jobs = list(redis.keys("rq:job:*"))
    until(lambda: [redis.hget(key, "status") for key in jobs] == [b"failed"])
    assert process.poll() is None


def test_it_looks_after_crashed_jobs_between_short_waits(server):
    worker = make_worker(server.url)
    assert worker.dequeue_timeout <= 10
    assert worker.log_job_description is False
    assert worker.maintenance_interval == 10


def test_a_burst_ends_when_the_queue_is_empty(redis, server):
    run_worker(server.url, burst=True)


def test_a_server_that_refuses_us_is_told_from_one_that_is_silent(server):
    with connect(server.url) as admin:
        admin.config_set("requirepass", "right")
        try:
            with pytest.raises(ConfigError, match="refuses us"):
                run_worker(server.url, burst=True)
        finally:
            admin.config_set("requirepass", "")
    with pytest.raises(QueueUnavailable):
        run_worker("redis://127.0.0.1:1/0", burst=True)


def test_a_worker_is_alive_while_it_works_and_not_without(server, redis, worker):
    assert workers_alive(redis) == 1
    assert workers_alive(redis, queue="other") == 0
