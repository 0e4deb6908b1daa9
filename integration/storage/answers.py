"""One answer from the writer to a waiting request: two bare locks, for it is made per delivery."""

from __future__ import annotations

import threading

from integration.core.rows import Upserted


class Answer:
    """Given once by the writer, waited for by one request, or given up by it."""

    __slots__ = ("_error", "_given", "_taken", "_value")

    def __init__(self) -> None:
        self._taken = threading.Lock()
        self._given = threading.Lock()
        self._given.acquire()
        self._value = Upserted.NEW
        self._error: Exception | None = None

    def take(self) -> bool:
        """Whoever is first: the writer begins the work, or the request gives it up."""
        return self._taken.acquire(blocking=False)

    def give(self, value: Upserted) -> None:
        """The work is committed."""
        self._value = value
        self._given.release()

    def refuse(self, error: Exception) -> None:
        """The work failed."""
        self._error = error
        self._given.release()

    def wait(self, seconds: float) -> Upserted:
        """What was given; its error, or TimeoutError when nothing was."""
        if not self._given.acquire(timeout=seconds):
            raise TimeoutError
        if self._error is not None:
            raise self._error
        return self._value
