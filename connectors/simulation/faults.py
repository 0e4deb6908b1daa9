"""Faults on demand, the same for every simulator: errors, broken bodies, latency, hanging."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

Respond = Callable[[int, str], tuple[bytes, str]]
"""Status and path -> the helpdesk's own error body and its content type."""

KINDS = frozenset({"status", "truncate", "cut", "empty", "hang"})


def _message_body(status: int, _path: str) -> tuple[bytes, str]:
    return json.dumps({"message": f"Simulated error {status}"}).encode(), "application/json"


@dataclass
class Fault:
    """What happens to the next `times` requests whose method and path match."""

    kind: str = "status"
    """`status`, `truncate` (half a body, sent as if it were whole), `cut` (the connection ends in
    the middle of the body), `empty` (no body) or `hang` (no answer in time)."""
    status: int = 500
    times: int = 1
    method: str = ""
    """Any method when empty."""
    path: str = ""
    """A part of the path; any path when empty."""
    after: bool = False
    """True: the request takes effect first, then the error is sent."""
    retry_after: str = ""
    """The Retry-After header of an error: seconds or an HTTP date; none when empty."""
    seconds: float = 30.0
    """How long `hang` holds the request before it is dropped."""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            message = f"no such fault: {self.kind}"
            raise ValueError(message)

    def matches(self, method: str, path: str) -> bool:
        """Whether a request is one of those it waits for."""
        return self.times > 0 and self.method in {"", method} and self.path in path


class Faults:
    """WSGI middleware: spends the queued faults, delays every answer, and can be let go."""

    def __init__(self, app: WSGIApplication, spare: str, respond: Respond = _message_body) -> None:
        self._app = app
        self._spare = spare
        self._respond = respond
        self._lock = threading.Lock()
        self._queue: list[Fault] = []
        self._released = threading.Event()
        self.latency_ms = 0

    def add(self, fault: Fault) -> None:
        """Queue a fault; those queued first are spent first."""
        with self._lock:
            self._queue.append(fault)

    def clear(self) -> None:
        """Forget every queued fault."""
        with self._lock:
            self._queue.clear()

    def release(self) -> None:
        """Let every delayed and hanging request go, for good: the simulator stops."""
        self._released.set()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Serve one request, or the fault that waits for it."""
        path = str(environ.get("PATH_INFO", ""))
        if path.startswith(self._spare):
            return self._app(environ, start)
        if self.latency_ms:
            self._released.wait(self.latency_ms / 1000)
        fault = self._take(str(environ["REQUEST_METHOD"]), path)
        if fault is None:
            return self._app(environ, start)
        return self._spoil(fault, environ, start)

    def _take(self, method: str, path: str) -> Fault | None:
        with self._lock:
            for fault in self._queue:
                if fault.matches(method, path):
                    fault.times -= 1
                    return fault
        return None

    def _spoil(
        self, fault: Fault, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        if fault.kind in {"truncate", "cut", "empty"}:
            return self._broken(fault.kind, environ, start)
        if fault.after:
            self._swallow(environ)
        if fault.kind == "hang":
            self._released.wait(fault.seconds)
        body, media_type = self._respond(fault.status, str(environ.get("PATH_INFO", "")))
        headers = [("Content-Type", media_type), ("Content-Length", str(len(body)))]
        if fault.retry_after:
            headers.append(("Retry-After", fault.retry_after))
        start(f"{fault.status} Simulated", headers)
        return [body]

    def _broken(self, kind: str, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        status, headers, body = self._answer(environ)
        half = b"" if kind == "empty" else body[: len(body) // 2]
        promised = len(body) if kind == "cut" else len(half)
        kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
        start(status, [*kept, ("Content-Length", str(promised))])
        return [half]

    def _swallow(self, environ: WSGIEnvironment) -> None:
        self._answer(environ)

    def _answer(self, environ: WSGIEnvironment) -> tuple[str, list[tuple[str, str]], bytes]:
        seen: list[tuple[str, list[tuple[str, str]]]] = []

        def start(
            status: str, headers: list[tuple[str, str]], _error: object = None
        ) -> Callable[[bytes], object]:
            seen.append((status, headers))
            return lambda _chunk: None

        chunks = self._app(environ, start)
        try:
            body = b"".join(chunks)
        finally:
            close = getattr(chunks, "close", None)
            if close:
                close()
        status, headers = seen[0]
        return status, headers, body
