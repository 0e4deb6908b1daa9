"""A ceiling for proved deliveries of one account, counted in this process."""

from __future__ import annotations

from datetime import datetime
from threading import Lock

from integration.core.errors import RateLimited

WINDOW = 60.0
"""Seconds."""


class Window:
    """Counts per account in windows of a minute.

    Only proved deliveries are counted: a stranger can neither use up an account's share nor learn
    from a 429 that the account exists, and the table cannot outgrow the connected accounts.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._counts: dict[str, tuple[float, int]] = {}
        self._lock = Lock()

    def count(self, account: str, *, now: datetime) -> None:
        """Count one delivery. Raises RateLimited, with the seconds until the next window."""
        time = now.timestamp()
        with self._lock:
            began, count = self._counts.get(account, (time, 0))
            if not 0 <= time - began < WINDOW:
                began, count = time, 0
            self._counts[account] = (began, count + 1)
        if count >= self._limit:
            raise RateLimited("too many deliveries", retry_after=began + WINDOW - time)
