"""Work without a queue: a thread of this process, for a machine without Valkey or Redis."""

from __future__ import annotations

import threading
from collections.abc import Callable

from integration.core.errors import DeskwardenError
from integration.logs import get_logger

_log = get_logger(__name__)


class Poller:
    """Runs `process_due` in a thread, again and again."""

    def __init__(self, process_due: Callable[[], object], *, seconds: float) -> None:
        """`seconds`: the pause between two runs."""
        self._process_due = process_due
        self._seconds = seconds
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="poller", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self, timeout: float = 30.0) -> None:
        """Let the run in progress finish, then end."""
        self._stopping.set()
        self._thread.join(timeout)

    def _loop(self) -> None:
        while not self._stopping.is_set():
            try:
                self._process_due()
            except DeskwardenError as error:
                _log.warning("process_due_failed", reason=error.reason)
            except Exception:  # noqa: BLE001 - the edge of the thread: the next run must come
                _log.exception("process_due_failed")
            self._stopping.wait(self._seconds)
