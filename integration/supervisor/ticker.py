"""The ticker: asks again and again whether something is due, and puts back periodic rows.

It works nothing itself: it wakes the workers, and what is due stands in the due table.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from integration.core.errors import DeskwardenError
from integration.logs import get_logger

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """Something to call every so many seconds; it must be quick, or make work due and return."""

    name: str
    every_seconds: float
    run: Callable[[], object]


class Ticker:
    """Calls its tasks, each at its own pace, first at once; one that fails is called again."""

    def __init__(
        self, tasks: Sequence[Task], *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._tasks = tasks
        self._monotonic = monotonic
        self._due = {task.name: monotonic() for task in tasks}

    def tick(self) -> float:
        """Call what is due; the seconds until the next."""
        for task in self._tasks:
            if self._due[task.name] <= self._monotonic():
                self._due[task.name] = self._monotonic() + task.every_seconds
                _run(task)
        return max(0.0, min(self._due.values(), default=1.0) - self._monotonic())

    def run(self, stop: threading.Event) -> None:
        """Tick until told to stop."""
        while not stop.is_set():
            stop.wait(self.tick())


def _run(task: Task) -> None:
    try:
        task.run()
    except DeskwardenError as error:
        _log.warning("task_failed", task=task.name, reason=error.reason)
    except Exception:  # noqa: BLE001 - the edge of the loop: the other tasks must go on
        _log.exception("task_failed", task=task.name)
