"""The request budget of an account, shared by all workers of all hosts.

One moving window per account. Every priority may fill the window only up to its share, so that a
sweep leaves room for what just came in, however long it runs.
"""

from __future__ import annotations

import random
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from limits.storage import MemoryStorage, MovingWindowSupport, RedisStorage
from redis import Redis
from redis.exceptions import RedisError

from integration.core.errors import RateLimited
from integration.core.models import Priority
from integration.core.ports import Clock
from integration.logs import get_logger

SHARES: Mapping[Priority, float] = MappingProxyType(
    {
        Priority.LIVE: 1.0,
        Priority.RECHECK: 0.9,
        Priority.FINDING: 0.7,
        Priority.RECONCILE: 0.6,
        Priority.SNAPSHOT: 0.5,
        Priority.SWEEP: 0.4,
    }
)
"""How far each priority may fill the window, as a part of the account's budget."""

WINDOW_SECONDS = 60
LONGEST_WAIT = 10.0
"""Seconds a worker thread waits for its turn; then the ticket goes back to the due table."""
LONGEST_DRAIN = 3600.0
_PREFIX = "deskwarden:budget"
_SHORTEST_NAP = 0.02
_JITTER = 0.05

_log = get_logger(__name__)


class SharedBudget:
    """The budgets of all accounts; `redis` None keeps them in this process.

    When Redis is lost, each process goes on with its `1/processes` of every budget.
    """

    def __init__(
        self,
        redis: Redis | None,
        *,
        clock: Clock,
        processes: int = 1,
        window_seconds: int = WINDOW_SECONDS,
        longest_wait: float = LONGEST_WAIT,
    ) -> None:
        self.clock = clock
        self.window_seconds = window_seconds
        self.longest_wait = longest_wait
        self._local = _LocalWindow(clock, window_seconds)
        self._shared = _RedisWindow(redis, window_seconds) if redis else None
        self._processes = processes if redis else 1
        self._lost = False

    def at(self, account: str, priority: Priority, *, per_minute: int) -> AccountBudget:
        """The budget of one account for one kind of work; implements core.ports.Budget.

        `per_minute` requests for the whole account; 0 means no limit.
        """
        return AccountBudget(self, account, SHARES[priority], per_minute)

    def take(self, account: str, share: float, amount: int) -> float:
        """Take one request of `amount` a window; 0, or the seconds to wait before asking again."""
        if self._shared:
            try:
                wait = self._shared.take(account, _part(amount, share))
            except RedisError as error:
                self._note_loss(error)
            else:
                self._note_return()
                return wait
        return self._local.take(account, _part(amount, share / self._processes))

    def wait(self, account: str, share: float, amount: int) -> float:
        """The seconds until a request of this share would be let through; takes none."""
        limit = _part(amount, share)
        if self._shared:
            with suppress(RedisError):
                return self._shared.wait(account, limit)
        return self._local.wait(account, limit)

    def drain(self, account: str, seconds: float) -> None:
        """Stop all calls to the account for so long."""
        until = min(seconds, LONGEST_DRAIN)
        _log.warning("helpdesk_rate_limited", account=account, seconds=round(until))
        self._local.drain(account, until)
        if self._shared:
            try:
                self._shared.drain(account, until)
            except RedisError as error:
                self._note_loss(error)

    def _note_loss(self, error: RedisError) -> None:
        if not self._lost:
            self._lost = True
            _log.warning("budget_kept_in_process", kind=type(error).__name__, of=self._processes)

    def _note_return(self) -> None:
        if self._lost:
            self._lost = False
            _log.info("budget_shared_again")


@dataclass(frozen=True, slots=True)
class AccountBudget:
    """What one kind of work may ask of one account; core.ports.Budget."""

    budgets: SharedBudget
    account: str
    share: float
    per_minute: int

    def acquire(self) -> None:
        """Wait for one request; RateLimited, with the seconds to wait, when that takes too long."""
        clock = self.budgets.clock
        deadline = clock.now() + timedelta(seconds=self.budgets.longest_wait)
        while (wait := self.budgets.take(self.account, self.share, self._amount())) > 0:
            if clock.now() + timedelta(seconds=wait) > deadline:
                raise RateLimited(
                    "the request budget of the account is spent",
                    hint="It goes on by itself.",
                    retry_after=wait,
                )
            # Apart, or all threads that wait would ask at the same moment.
            clock.sleep(max(wait, _SHORTEST_NAP) + random.uniform(0, _JITTER))  # noqa: S311

    def wait(self) -> float:
        """The seconds until the next request would be let through, for people who watch."""
        return self.budgets.wait(self.account, self.share, self._amount())

    @property
    def share_per_minute(self) -> int:
        """Requests a minute, as many as it may make while nothing else does; 0: no limit."""
        return _part(self.per_minute, self.share)

    def drain(self, seconds: float) -> None:
        """The helpdesk said 429: nobody calls this account for so long."""
        self.budgets.drain(self.account, seconds)

    def _amount(self) -> int:
        return self.per_minute * self.budgets.window_seconds // WINDOW_SECONDS


def _part(amount: int, share: float) -> int:
    """Requests a window for a share; at least one, and 0 (no limit) stays 0."""
    return amount and max(1, int(amount * share))


class _Window(ABC):
    """The moving windows of all accounts, and how long each account is to be left alone."""

    def __init__(self, storage: MovingWindowSupport, window_seconds: int) -> None:
        self._storage = storage
        self._window_seconds = window_seconds

    def take(self, account: str, limit: int) -> float:
        """One entry in the account's window, when fewer than `limit` are in it; else the wait.

        All limits of an account share one key. Trimming it to a lower limit loses nothing: an
        entry is only added when every older one beyond that limit has left the window.
        """
        if left := self._drain_left(account):
            return left
        if not limit or self._storage.acquire_entry(account, limit, self._window_seconds):
            return 0.0
        return max(_SHORTEST_NAP, self._full_for(account, limit))

    def wait(self, account: str, limit: int) -> float:
        """Seconds until fewer than `limit` entries are in the account's window."""
        return self._drain_left(account) or self._full_for(account, limit)

    @abstractmethod
    def drain(self, account: str, seconds: float) -> None:
        """Leave the account alone for so long, or for longer if that was said before."""

    @abstractmethod
    def _drain_left(self, account: str) -> float:
        """Seconds for which the account is still to be left alone."""

    def _full_for(self, account: str, limit: int) -> float:
        oldest, count = self._storage.get_moving_window(account, limit, self._window_seconds)
        if not limit or count < limit:
            return 0.0
        # limits reads this clock itself.
        return max(0.0, oldest + self._window_seconds - time.time())


class _OverRedis(RedisStorage):
    """The storage of limits without its other client, whose import takes a third of a second."""

    DEPENDENCIES = {"redis": None}  # noqa: RUF012  of any version, as our own client is


class _RedisWindow(_Window):
    """In Valkey, for all processes."""

    def __init__(self, redis: Redis, window_seconds: int) -> None:
        pool = redis.connection_pool
        storage = _OverRedis("redis://", connection_pool=pool, key_prefix=_PREFIX)
        super().__init__(storage, window_seconds)
        self._redis = redis

    def drain(self, account: str, seconds: float) -> None:
        key, milliseconds = _drain_key(account), max(1, int(seconds * 1000))
        if milliseconds > int(self._redis.pttl(key)):
            self._redis.set(key, 1, px=milliseconds)

    def _drain_left(self, account: str) -> float:
        return max(0, int(self._redis.pttl(_drain_key(account)))) / 1000


class _LocalWindow(_Window):
    """In this process."""

    def __init__(self, clock: Clock, window_seconds: int) -> None:
        super().__init__(MemoryStorage(), window_seconds)
        self._clock = clock
        self._drained: dict[str, datetime] = {}
        self._one_at_a_time = threading.Lock()

    def take(self, account: str, limit: int) -> float:
        # The storage starts a timer with each entry, and two threads may start the same one.
        with self._one_at_a_time:
            return super().take(account, limit)

    def drain(self, account: str, seconds: float) -> None:
        until = self._clock.now() + timedelta(seconds=seconds)
        self._drained[account] = max(until, self._drained.get(account, until))

    def _drain_left(self, account: str) -> float:
        now = self._clock.now()
        return max(0.0, (self._drained.get(account, now) - now).total_seconds())


def _drain_key(account: str) -> str:
    return f"{_PREFIX}:drain:{account}"
