from __future__ import annotations

import logging
import os
import pickle
import zlib

import pytest
from rq import Queue
from rq.callbacks import Callback
from rq.job import Job
from rq.serializers import JSONSerializer, PickleSerializer

from integration.queueing import QUEUE
from integration.queueing.jobs import SafeJob
from integration.queueing.worker import make_worker

CARD = "4111 1111 1111 1111"

MODULE = f"""
from pathlib import Path
from integration.core.errors import StoreUnavailable

def write(path): Path(path).write_text("ran")
def fail(): raise ValueError("{CARD} of Kari")
def fail_neatly(): raise StoreUnavailable("the database is locked")
def callback(job, connection, *args): Path(job.args[0]).write_text("called back")
"""


@pytest.fixture
def module(tmp_path, monkeypatch) -> str:
    """A module of functions that a job could name."""
    (tmp_path / "job_functions_under_test.py").write_text(MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    return "job_functions_under_test"


@pytest.fixture
def run(server, module):
    class OurJob(SafeJob):
        allowed = tuple(f"{module}.{name}" for name in ("write", "fail", "fail_neatly"))

    def _run() -> None:
        make_worker(server.url, job_class=OurJob).work(burst=True, logging_level=None)

    return _run


def queue(redis, serializer=JSONSerializer) -> Queue:
    """What an attacker has: the plain queue and job classes."""
    return Queue(QUEUE, connection=redis, job_class=Job, serializer=serializer)


def status(redis, job) -> str:
    return redis.hget(f"rq:job:{job.id}", "status").decode()


def everything_in(redis) -> bytes:
    """All that Redis holds, unpacked where RQ packs it."""
    pieces = []
    for key in redis.keys("*"):
        kind = redis.type(key)
        if kind == b"hash":
            pieces += [part for pair in redis.hgetall(key).items() for part in pair]
        elif kind == b"stream":
            pieces += [repr(redis.xrange(key)).encode()]
            for _, fields in redis.xrange(key):
                pieces += fields.values()
        pieces.append(key)
    return b"\n".join(_unpacked(piece) for piece in pieces)


def _unpacked(piece: bytes) -> bytes:
    import base64

    for unpack in (zlib.decompress, lambda p: zlib.decompress(base64.b64decode(p))):
        try:
            return unpack(piece)
        except (zlib.error, ValueError):
            continue
    return piece


def test_an_allowed_function_runs(redis, run, module, tmp_path):
    target = tmp_path / "out"
    queue(redis).enqueue(f"{module}.write", str(target))
    run()
    assert target.read_text() == "ran"


def test_a_function_that_is_not_ours_is_refused(redis, run, tmp_path):
    target = tmp_path / "out"
    job = queue(redis).enqueue("os.system", f"touch {target}")
    run()
    assert not target.exists()
    assert status(redis, job) == "failed"


def test_a_pickled_job_is_refused_before_it_is_opened(redis, run, module, tmp_path):
    target = tmp_path / "out"

    class Bomb:
        def __reduce__(self):
            return os.system, (f"touch {target}",)

    job = queue(redis, PickleSerializer).enqueue(f"{module}.write", str(target))
    bomb = pickle.dumps(Bomb())
    redis.hset(f"rq:job:{job.id}", mapping={"data": zlib.compress(bomb), "meta": bomb})
    run()
    assert not target.exists()


@pytest.mark.parametrize("when", ["on_success", "on_failure", "on_stopped"])
def test_no_callback_is_ever_made(redis, run, module, tmp_path, when):
    target = tmp_path / "out"
    callback = Callback(f"{module}.callback")
    queue(redis).enqueue(f"{module}.write", str(target), **{when: callback})
    queue(redis).enqueue(f"{module}.fail", **{when: callback})
    run()
    assert not target.exists() or target.read_text() == "ran"


def test_a_job_that_asks_for_a_callback_does_not_run_at_all(redis, run, module, tmp_path):
    target = tmp_path / "out"
    job = queue(redis).enqueue(
        f"{module}.write", str(target), on_success=Callback(f"{module}.callback")
    )
    run()
    assert not target.exists()
    assert status(redis, job) == "failed"


def test_no_webhook_is_called(redis, run, module, tmp_path):
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer

    from rq.webhook import Webhook

    called: list[str] = []

    class Recorder(BaseHTTPRequestHandler):
        def do_POST(self):
            called.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/x"
    hooks = [Webhook(url, status, method="POST") for status in ("finished", "failed")]
    queue(redis).enqueue(f"{module}.write", str(tmp_path / "out"), webhooks=hooks)
    queue(redis).enqueue(f"{module}.fail", webhooks=hooks)
    run()
    server.shutdown()
    server.server_close()
    assert (tmp_path / "out").exists()
    assert called == []


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [
        pytest.param(({"a": 1},), {}, id="object"),
        pytest.param((["x"],), {}, id="list"),
        pytest.param((), {"path": "x"}, id="keyword"),
    ],
)
def test_arguments_that_are_not_ids_are_refused(redis, run, module, args, kwargs):
    job = queue(redis).enqueue(f"{module}.write", args=args, kwargs=kwargs)
    run()
    assert status(redis, job) == "failed"


def test_nothing_of_an_exception_reaches_redis_or_the_log(redis, run, module, caplog):
    caplog.set_level(logging.DEBUG)
    job = queue(redis).enqueue(f"{module}.fail")
    run()
    assert status(redis, job) == "failed"
    stored = everything_in(redis)
    assert b"Kari" not in stored
    assert b"1111" not in stored
    assert b"Traceback" not in stored
    assert b"failed" in stored


def test_a_failure_says_its_reason_in_the_log(redis, server, module, capfd):
    from integration import logs

    class OurJob(SafeJob):
        allowed = (f"{module}.fail_neatly", f"{module}.fail")

    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    logs.configure(form="json")
    try:
        queue(redis).enqueue(f"{module}.fail_neatly")
        queue(redis).enqueue(f"{module}.fail")
        make_worker(server.url, job_class=OurJob).work(burst=True, logging_level=None)
    finally:
        root.handlers[:] = kept
        root.setLevel(level)
        logging.captureWarnings(capture=False)
    said = capfd.readouterr().err
    assert '"reason": "store_unavailable"' in said
    assert '"reason": "ValueError"' in said
    assert "Kari" not in said


def test_only_our_functions_are_on_the_list():
    assert SafeJob.allowed == ("integration.jobs.process_due",)


def test_results_are_not_read_as_pickle(redis):
    job = SafeJob("a", connection=redis, serializer=PickleSerializer)
    assert job.serializer is JSONSerializer
