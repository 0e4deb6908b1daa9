"""A load generator: one thread, some keep-alive connections, each with one request in flight."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

HEAD_END = b"\r\n\r\n"


@dataclass
class Load:
    """What came back: seconds per answer, answers per status, the share of time we were busy."""

    seconds: float
    latencies: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    busy: float = 0.0
    """CPU seconds of this generator per second: near 1 and it measured itself."""

    @property
    def per_second(self) -> float:
        """Answers per second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Latency in milliseconds that this share of the answers kept under."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


class _Connection:
    """One keep-alive connection and the answer it is waiting for."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = b""
        self._sent = 0.0

    def send(self, request: bytes) -> None:
        """Send one request whole."""
        self._sent = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> tuple[int, float] | None:
        """Read what is there; (status, seconds) when an answer is complete."""
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("the server closed a connection")
        self._received += data
        head, end, body = self._received.partition(HEAD_END)
        if not end or len(body) < _length(head):
            return None
        self._received = b""
        return int(head[9:12]), time.perf_counter() - self._sent


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.partition(b"\r\n")[0]) if found else 0


def drive(port: int, requests: Iterator[bytes], *, connections: int, seconds: float) -> Load:
    """Keep `connections` busy for so many seconds and tell how it went."""
    load = Load(seconds)
    selector = selectors.DefaultSelector()
    for _ in range(connections):
        connection = _Connection(port)
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.send(next(requests))
    cpu, until = time.process_time(), time.perf_counter() + seconds
    while time.perf_counter() < until:
        for key, _ in selector.select(timeout=0.1):
            answer = key.data.receive()
            if answer is not None:
                status, latency = answer
                load.latencies.append(latency)
                load.statuses[status] = load.statuses.get(status, 0) + 1
                key.data.send(next(requests))
    load.busy = (time.process_time() - cpu) / seconds
    for key in list(selector.get_map().values()):
        key.data.socket.close()
    selector.close()
    return load
