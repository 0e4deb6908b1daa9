"""Deliveries counted in memory, and written down and logged once a second by a thread of its own.

So the way in does not wait for it, a flood of refused deliveries costs one commit a second and
fills no disk with lines, and no answer takes longer because an account exists. A process that is
killed loses what it counted within that second; no delivery is lost with it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from integration.core.errors import DeskwardenError
from integration.core.rows import REFUSED, ReceivedRow

EVERY = 1.0
"""Seconds between what is written down."""
SAY_AGAIN = timedelta(minutes=1)
"""An account and a reason have one line in so long; it says how many there were since the last."""

_log = logging.getLogger(__name__)
_Key = tuple[str, str]


@dataclass(slots=True)
class _Count:
    """What one row is going to say; changed in place, for it is done for every delivery."""

    times: int
    status: int
    at: datetime

    def add(self, times: int, status: int, at: datetime) -> None:
        self.times += times
        if at >= self.at:
            self.status, self.at = status, at


class Tally:
    """`core.web.Received` that hands what it counted to `keep`. Its thread starts when needed."""

    def __init__(self, keep: Callable[[Sequence[ReceivedRow]], None]) -> None:
        self._keep = keep
        self._counted: dict[_Key, _Count] = {}
        self._unkept: dict[_Key, _Count] = {}
        self._unsaid: dict[_Key, int] = {}
        self._said: dict[_Key, datetime] = {}
        self._lock = threading.Lock()
        self._is_waiting = threading.Event()
        self._thread: threading.Thread | None = None

    def count(self, account: str, result: str, *, status: int, at: datetime) -> None:
        """Count one delivery; waits for nothing and never fails."""
        with self._lock:
            _add(self._counted, (account, result), _Count(1, status, at))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="tally", daemon=True)
                self._thread.start()
        if not self._is_waiting.is_set():
            self._is_waiting.set()

    def write(self) -> None:
        """Log and write down what was counted since the last time; kept where that fails."""
        self._is_waiting.clear()
        with self._lock:
            counted, self._counted = self._counted, {}
        for key, count in counted.items():
            self._say(key, count)
            _add(self._unkept, key, count)
        if not self._unkept:
            return
        try:
            self._keep(
                [ReceivedRow(*key, c.status, c.times, c.at) for key, c in self._unkept.items()]
            )
        except DeskwardenError:
            self._is_waiting.set()
        else:
            self._unkept.clear()

    def _say(self, key: _Key, count: _Count) -> None:
        if count.status < REFUSED:
            return
        times = self._unsaid.pop(key, 0) + count.times
        said = self._said.get(key)
        if said is not None and timedelta() <= count.at - said < SAY_AGAIN:
            self._unsaid[key] = times
            return
        self._said[key] = count.at
        account, reason = key
        line = "delivery refused: account=%s reason=%s status=%s times=%s"
        _log.warning(line, account or "none", reason, count.status, times)

    def _run(self) -> None:
        while True:
            self._is_waiting.wait()
            time.sleep(EVERY)
            try:
                self.write()
            except Exception as error:  # noqa: BLE001 - edge of a thread: counting goes on
                _log.error("deliveries were not counted: %s", type(error).__name__)


def _add(counted: dict[_Key, _Count], key: _Key, more: _Count) -> None:
    if before := counted.get(key):
        before.add(more.times, more.status, more.at)
    else:
        counted[key] = more
