"""Starts children in order, starts the fallen again, stops all in the reverse order."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import groupby
from types import FrameType

from integration.logs import get_logger
from integration.processes import launcher
from integration.supervisor.model import Child, Stage

FIRST_DELAY = 0.5
LONGEST_DELAY = 30.0
STABLE_SECONDS = 60.0
"""A child that ran so long starts again at once when it falls."""
READY_SECONDS = 30.0
_PAUSE = 0.05

_log = get_logger(__name__)


class _Watched:
    """One child, its process and when it may start again."""

    def __init__(self, child: Child, first_delay: float, monotonic: Callable[[], float]) -> None:
        self.child = child
        self.process: subprocess.Popen[bytes] | None = None
        self._first_delay = first_delay
        self._monotonic = monotonic
        self._delay = first_delay
        self._started = 0.0
        self._not_before = 0.0

    def start(self) -> None:
        """Start it in a process group of its own: a Ctrl-C at the terminal is ours to handle."""
        self.process = subprocess.Popen(  # noqa: S603 - our own command lines
            launcher(self.child.argv),
            env={**os.environ, **self.child.env},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._started = self._monotonic()
        _log.info("child_started", child=self.child.name, pid=self.process.pid)

    def look(self) -> None:
        """Start it again when it has fallen and waited long enough."""
        if self.process and (code := self.process.poll()) is not None:
            self._fell(code)
        if self.process is None and self._monotonic() >= self._not_before:
            self.start()

    def end(self, sig: signal.Signals) -> None:
        """Signal it; SIGKILL goes to its whole group."""
        if self.process is None or self.process.poll() is not None:
            return
        with suppress(ProcessLookupError):
            if sig is signal.SIGKILL:
                os.killpg(self.process.pid, sig)
            else:
                self.process.send_signal(sig)

    @property
    def running(self) -> bool:
        """Whether there is a process."""
        return self.process is not None and self.process.poll() is None

    def _fell(self, code: int) -> None:
        if self.process:
            # What it started may live on and hold its port: granian's own workers do.
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        now = self._monotonic()
        if now - self._started >= STABLE_SECONDS:
            self._delay = self._first_delay
        self.process = None
        self._not_before = now + self._delay
        _log.warning("child_fell", child=self.child.name, code=code, again_in=self._delay)
        self._delay = min(self._delay * 2, LONGEST_DELAY)


class Supervisor:
    """Runs children until `stop` is called or SIGTERM or SIGINT comes."""

    def __init__(
        self,
        children: Sequence[Child],
        *,
        first_delay: float = FIRST_DELAY,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        by_stage = sorted(children, key=lambda child: child.stage)
        self._watched = [_Watched(child, first_delay, monotonic) for child in by_stage]
        self._stopping = threading.Event()
        self.ready = threading.Event()
        """Set when every child was ready once."""

    def run(self) -> None:
        """Block until told to stop; then every child has ended. Called in the main thread."""
        kept = {sig: signal.signal(sig, self._on_signal) for sig in _STOP_SIGNALS}
        try:
            self.watch()
        finally:
            for sig, handler in kept.items():
                signal.signal(sig, handler)

    def watch(self) -> None:
        """As `run`, without signals. The calling thread must outlive the children."""
        try:
            self._start()
            while not self._stopping.wait(_PAUSE):
                for watched in self._watched:
                    watched.look()
        finally:
            self._stop()

    def stop(self) -> None:
        """Ask it to end; returns at once. From any thread."""
        self._stopping.set()

    def _on_signal(self, signum: int, _: FrameType | None) -> None:
        _log.info("stopping", signal=signal.Signals(signum).name)
        self.stop()

    def _start(self) -> None:
        for stage, group in groupby(self._watched, key=lambda watched: watched.child.stage):
            members = list(group)
            for watched in members:
                watched.look()
            self._await_ready(stage, members)
            if self._stopping.is_set():
                return
        self.ready.set()
        _log.info("all_started")

    def _await_ready(self, stage: Stage, members: Sequence[_Watched]) -> None:
        """Wait for a stage; one that is not ready in time does not keep the others down."""

        def all_ready() -> bool:
            for watched in members:
                watched.look()
            return self._stopping.is_set() or all(w.running and w.child.ready() for w in members)

        if not _until(all_ready, READY_SECONDS):
            _log.error("not_ready", stage=stage.name.lower())

    def _stop(self) -> None:
        for _, group in groupby(reversed(self._watched), key=lambda watched: watched.child.stage):
            members = list(group)
            for watched in members:
                watched.end(signal.SIGTERM)
            for watched in members:
                _end_in_time(watched)
        _log.info("all_stopped")


_STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def _end_in_time(watched: _Watched) -> None:
    if not _until(lambda: not watched.running, watched.child.stop_seconds):
        _log.error("child_killed", child=watched.child.name)
        watched.end(signal.SIGKILL)
    if watched.process:
        watched.process.wait()


def _until(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait for the condition; whether it came true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(_PAUSE)
    return True
