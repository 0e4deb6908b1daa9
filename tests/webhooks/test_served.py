"""Over a real server and a real socket: what only the wire can show."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.webhooks.example import body_of, signature, ticket
from tests.webhooks.served import LIMIT

PATH = "/hooks/example/acme/hush-hush-token"


@dataclass
class Served:
    port: int
    log: Path
    process: subprocess.Popen

    def post(self, body, *, path=PATH, chunked=False, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        proof = signature(body, at=datetime.fromtimestamp(time.time(), UTC))
        headers = {"Content-Type": "application/json", **proof, **(headers or {})}
        sent = (body[n : n + 65536] for n in range(0, len(body), 65536)) if chunked else body
        # Refused before the whole body was sent: the answer is there to be read.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.request("POST", path, sent, headers, encode_chunked=chunked)
        response = connection.getresponse()
        answer = response.status, response.read()
        connection.close()
        return answer

    def workers(self):
        pid = self.process.pid
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()

    def raw(self, request):
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as sock:
            sock.sendall(request)
            sock.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: sock.recv(65536), b""))


def _free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def _wait_for(served):
    for _ in range(400):
        try:
            socket.create_connection(("127.0.0.1", served.port), timeout=1).close()
        except OSError:
            assert served.process.poll() is None, served.log.read_text()
            time.sleep(0.05)
        else:
            return
    pytest.fail("the server did not start")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    log, port = tmp_path_factory.mktemp("served") / "log", _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    command += ["--blocking-threads", "4", "--log-level", "debug", "tests.webhooks.served:app"]
    root = Path(__file__).parents[2]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=root, stdout=out, stderr=subprocess.STDOUT)
    running = Served(port, log, process)
    try:
        _wait_for(running)
        yield running
    finally:
        process.terminate()
        process.wait(20)


@pytest.mark.parametrize("chunked", [False, True], ids=["declared", "chunked"])
def test_a_body_at_the_limit_is_taken_however_it_is_sent(served, chunked):
    body = body_of(ticket("1")).ljust(LIMIT)
    assert served.post(body, chunked=chunked)[0] in {200, 202}


@pytest.mark.parametrize("chunked", [False, True], ids=["declared", "chunked"])
@pytest.mark.parametrize("more", [1, 3 * LIMIT], ids=["one byte", "four times"])
def test_a_body_over_the_limit_is_refused_however_it_is_sent(served, chunked, more):
    body = body_of(ticket("1")).ljust(LIMIT + more)
    assert served.post(body, chunked=chunked) == (413, b'{"error": "too_large"}')


def test_a_delivery_without_a_length_is_read_whole(served):
    body = body_of(ticket("chunked"))
    assert served.post(body, chunked=True)[0] in {200, 202}


def test_a_body_that_ends_before_its_declared_length_is_not_taken(served):
    body = body_of(ticket("cut"))
    proof = signature(body, at=datetime.fromtimestamp(time.time(), UTC))
    lines = [f"POST {PATH} HTTP/1.1", "Host: x", "Content-Type: application/json"]
    lines += [f"{name}: {value}" for name, value in proof.items()]
    lines += [f"Content-Length: {len(body) + 10}", "", ""]
    answer = served.raw("\r\n".join(lines).encode() + body)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400")
    assert served.post(body)[0] == 202


@pytest.mark.skipif(sys.platform != "linux", reason="threads have no niceness of their own")
def test_after_a_delivery_the_thread_of_the_sockets_waits_for_those_that_answer(served):
    assert served.post(body_of(ticket()))[0] == 202
    threads = [
        (thread / "comm").read_text().strip() + (thread / "stat").read_text().rpartition(")")[2]
        for process in served.workers()
        for thread in Path(f"/proc/{process}/task").iterdir()
    ]
    niceness = {(line.split()[0], int(line.split()[17])) for line in threads}
    usual = os.getpriority(os.PRIO_PROCESS, 0)
    assert [name for name, nice in niceness if nice == usual + 5] == ["tokio-rt-worker"]
    assert ("python", usual) in niceness


def test_a_url_token_is_in_no_line_the_server_writes(served):
    body = body_of(ticket("9"))
    answers = [
        served.post(body)[0],
        served.post(body, path=PATH + "?fail=1")[0],
        served.post(body, path=PATH + "/")[0],
        served.post(body, path=PATH.replace("acme", "nobody"))[0],
        served.post(body, headers={"X-Signature": "0"})[0],
        served.post(body, headers={"Content-Type": "text/plain"})[0],
    ]
    assert answers == [202, 500, 404, 401, 401, 415]
    written = served.log.read_text()
    assert "unexpected RuntimeError" in written
    assert "hush-hush" not in written
    assert "/hooks" not in written
