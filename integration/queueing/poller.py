"""The wake-up without a queue: a thread of this process, for a machine without Valkey or Redis."""

from __future__ import annotations

import threading
from collections.abc import Callable

from integration.core.errors import DeskwardenError
from integration.logs import get_logger

POLL_SECONDS = 5.0

_log = get_logger(__name__)


class InProcessWake:
    """Runs `process_due` in a thread when woken and every few seconds; core.ports.Wake."""

    def __init__(
        self, process_due: Callable[[], object], *, poll_seconds: float = POLL_SECONDS
    ) -> None:
        self._process_due = process_due
        self._poll_seconds = poll_seconds
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="poller", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self, timeout: float = 30.0) -> None:
        """Let the run in progress finish, then end."""
        self._stopping.set()
        self._woken.set()
        self._thread.join(timeout)

    def wake(self) -> bool:
        """Ask for a run; many calls during one run ask for one more."""
        self._woken.set()
        return self._thread.is_alive()

    def _loop(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                self._process_due()
            except DeskwardenError as error:
                _log.warning("process_due_failed", reason=error.reason)
            except Exception:  # noqa: BLE001 - the edge of the thread: the next run must come
                _log.exception("process_due_failed")
            self._woken.wait(self._poll_seconds)
