"""Durable deliveries per second beside the same application's empty 204 route, same server flags.

Every delivery is signed (HMAC-SHA256), names another ticket, and is answered after its commit
(SQLite, synchronous=FULL, in groups).
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.ingest_app import ACCOUNT, HELPDESK, SECRET
from benchmarks.load import Load, drive
from benchmarks.stalls import measure
from integration.storage import upgrade

CONNECTIONS = 16
ROUNDS = 3
SECONDS = 4.0
SERVER = ("--interface", "wsgi", "--workers", "1", "--blocking-threads", "16", "--no-ws")
FLOOR, P99_MS = 0.22, 30.0
"""What is asked of it: the least ratio to the 204 route, the most p99."""

PING = b"GET /ping HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def _delivery(number: int, now: int) -> bytes:
    body = json.dumps({"ticket": number, "transaction": number}).encode()
    mac = hmac.new(SECRET.encode(), b"%d.%b" % (now, body), hashlib.sha256).hexdigest()
    head = (
        f"POST /hooks/{HELPDESK}/{ACCOUNT} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        f"X-RT-Timestamp: {now}\r\nX-RT-Signature: sha256={mac}\r\n\r\n"
    )
    return head.encode() + body


def _deliveries() -> Iterator[bytes]:
    """Signed deliveries, each of another ticket, made ahead so that it costs no measured time."""
    for start in itertools.count(1, 60_000):
        now = int(time.time())
        yield from [_delivery(number, now) for number in range(start, start + 60_000)]


@contextmanager
def _server(folder: Path) -> Iterator[int]:
    url = f"sqlite:///{folder / 'bench.db'}"
    upgrade(url)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "granian",
        *SERVER,
        "--port",
        str(port),
        "--no-log",
        "--factory",
    ]
    process = subprocess.Popen(
        [*command, "benchmarks.ingest_app:create"], env={**os.environ, "BENCHMARK_DATABASE": url}
    )
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not start")


def _rounds(port: int) -> dict[str, list[Load]]:
    """Both routes in turn, so that a busy moment of the machine hits both."""
    routes = {"ping": itertools.repeat(PING), "durable": _deliveries()}
    loads: dict[str, list[Load]] = {route: [] for route in routes}
    for seconds in (1.0, *[SECONDS] * ROUNDS):
        for route, requests in routes.items():
            loads[route].append(drive(port, requests, connections=CONNECTIONS, seconds=seconds))
    return {route: measured[1:] for route, measured in loads.items()}


def _row(route: str, loads: list[Load]) -> dict[str, Any]:
    return {
        "benchmark": "ingest",
        "route": route,
        "per_second": round(statistics.median(load.per_second for load in loads)),
        "p50_ms": round(statistics.median(load.percentile(0.5) for load in loads), 2),
        "p99_ms": round(statistics.median(load.percentile(0.99) for load in loads), 2),
        "statuses": sorted({status for load in loads for status in load.statuses}),
        "generator_busy": round(max(load.busy for load in loads), 2),
    }


def run() -> list[dict[str, Any]]:
    """Measure both routes; the last row is the ratio and whether it is what is asked.

    The first row says how steady the machine is: its pauses are in every p99.
    """
    machine = {"benchmark": "ingest", "machine": measure()}
    with tempfile.TemporaryDirectory() as folder, _server(Path(folder)) as port:
        loads = _rounds(port)
    ping, durable = (_row(route, loads[route]) for route in ("ping", "durable"))
    ratio = statistics.median(
        mine.per_second / floor.per_second
        for mine, floor in zip(loads["durable"], loads["ping"], strict=True)
    )
    fine = ratio >= FLOOR and durable["p99_ms"] <= P99_MS and durable["statuses"] == [202]
    return [machine, ping, durable, {"benchmark": "ingest", "ratio": round(ratio, 3), "fine": fine}]


if __name__ == "__main__":
    for row in run():
        print(json.dumps(row))
