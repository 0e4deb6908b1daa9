"""One commit for whoever wants one now: threads that wait for the writer share a transaction."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from integration.core.tables import Tables
from integration.storage.forks import bring_through_forks

Transaction = Callable[[], AbstractContextManager[Tables]]


class _Work:
    """What one thread wants done, and what came of it."""

    def __init__(self, act: Callable[[Tables], Any]) -> None:
        self.act = act
        self.done = False
        self.result: Any = None
        self.error: Exception | None = None

    def run(self, transaction: Transaction) -> None:
        """In a transaction of its own."""
        try:
            with transaction() as tables:
                self.result = self.act(tables)
        except Exception as error:  # noqa: BLE001  it is raised in the thread that asked
            self.error = error
        self.done = True


class Grouped:
    """Runs pieces of work together; each thread gets its own result or its own error."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._waiting: deque[_Work] = deque()
        self._leading = threading.Lock()
        bring_through_forks(self)

    def before_fork(self) -> None:
        """Nothing: the database itself waits for the transaction that runs."""

    def after_fork_in_parent(self) -> None:
        """Nothing: the threads go on."""

    def after_fork_in_child(self) -> None:
        """Forget the parent's threads: the one that led is not here to let go."""
        self._waiting = deque()
        self._leading = threading.Lock()

    def run(self, act: Callable[[Tables], Any]) -> Any:  # noqa: ANN401  what `act` returns
        """The result of `act`, committed. `act` may be called twice, so it only touches tables."""
        work = _Work(act)
        self._waiting.append(work)
        with self._leading:
            if not work.done:
                self._lead()
        if work.error is not None:
            raise work.error
        return work.result

    def _lead(self) -> None:
        """Do the work of everyone who waits by now, or comes when given a moment to."""
        time.sleep(0)  # another thread's turn: what it hands in now shares the commit
        group = []
        while self._waiting:
            group.append(self._waiting.popleft())
        if len(group) == 1 or not self._at_once(group):
            for work in group:
                work.run(self._transaction)

    def _at_once(self, group: Sequence[_Work]) -> bool:
        """All in one transaction; False when that failed: one failure must not take the others."""
        try:
            with self._transaction() as tables:
                results = [work.act(tables) for work in group]
        except Exception:  # noqa: BLE001  each is tried alone and gets its own error
            return False
        for work, result in zip(group, results, strict=True):
            work.result, work.done = result, True
        return True
