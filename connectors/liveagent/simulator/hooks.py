"""Sends the HTTP requests of rules from a few threads, never again when one fails."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import requests

from connectors.liveagent.simulator.switches import Switches

THREADS = 4
TIMEOUT_SECONDS = 5.0


@dataclass(frozen=True)
class HttpCall:
    """A filled template, ready to be sent."""

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: str = field(repr=False)


@dataclass(frozen=True)
class Sent:
    """What became of one request: the status, or the name of the error."""

    method: str
    status: int
    error: str = ""


class HookSender:
    """A small pool. A slow receiver holds a thread; a failing one gets nothing again."""

    def __init__(self, switches: Switches) -> None:
        self._switches = switches
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._pool: ThreadPoolExecutor | None = None
        self._waiting = 0
        self._idle = threading.Condition(self._lock)
        self._own = threading.local()
        self._sessions: list[requests.Session] = []
        self._count = 0
        self.sent: list[Sent] = []
        self.dropped = 0

    def send(self, call: HttpCall) -> None:
        """Queue a request; once, twice or not at all, as the switches say."""
        with self._lock:
            if self._stopping.is_set():
                return
            self._count += 1
            every = self._switches.hook_drop_every
            if every and self._count % every == 0:
                self.dropped += 1
                return
            for _ in range(2 if self._switches.hook_twice else 1):
                self._submit(call)

    def wait_until_idle(self, timeout: float = 10.0) -> bool:
        """Block until nothing is queued or under way; False when that took too long."""
        with self._idle:
            return self._idle.wait_for(lambda: self._waiting == 0, timeout)

    def stop(self) -> None:
        """Send nothing more and end the threads."""
        self._stopping.set()
        with self._lock:
            pool, self._pool = self._pool, None
        if pool:
            pool.shutdown(wait=True, cancel_futures=True)
        for session in self._sessions:
            session.close()

    def _session(self) -> requests.Session:
        """The session of this thread: connections stay open from one request to the next."""
        if (session := getattr(self._own, "session", None)) is None:
            session = self._own.session = requests.Session()
            session.trust_env = False
            self._sessions.append(session)
        return session

    def _submit(self, call: HttpCall) -> None:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="rule-http")
        self._waiting += 1
        future = self._pool.submit(self._deliver, call)
        future.add_done_callback(self._done)

    def _done(self, _future: object) -> None:
        with self._idle:
            self._waiting -= 1
            self._idle.notify_all()

    def _deliver(self, call: HttpCall) -> None:
        if self._stopping.wait(self._switches.hook_delay_ms / 1000):
            return
        outcome = _request(self._session(), call)
        with self._lock:
            self.sent.append(outcome)


def _request(session: requests.Session, call: HttpCall) -> Sent:
    # The receiver's answer is thrown away, as LiveAgent does; only its status is noted.
    send: Callable[..., requests.Response] = session.request
    try:
        answer = send(
            call.method,
            call.url,
            headers=dict(call.headers),
            data=call.body.encode(),
            timeout=TIMEOUT_SECONDS,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        return Sent(call.method, 0, type(error).__name__)
    return Sent(call.method, answer.status_code)
