"""The wake-up: one job for any number of events, and no harm when it is lost."""

from __future__ import annotations

import time
from collections.abc import Callable

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

from integration.logs import get_logger
from integration.queueing.jobs import PROCESS_DUE, QUEUE, SafeJob

WAKE_KEY = f"{QUEUE}:wake"
WAKE_SECONDS = 5
"""How long a wake-up counts as given when no job takes it: then the ticker asks again."""
JOB_SECONDS = 120
"""A job stops by itself well before; this is the guard."""
FAILURE_SECONDS = 600
MOST_QUEUED = 64
"""More waiting jobs than this cannot help: without workers the queue would only grow."""
REST_SECONDS = 2.0
"""After a failure nobody tries for so long: ingest must not wait for a dead Redis."""

_log = get_logger(__name__)


class NoWake:
    """Where nobody would hear it: the ticker or the poller finds the row."""

    def wake(self) -> bool:
        """Ask nobody."""
        return False

    def begin(self) -> None:
        """There was nothing to clear."""


class RqWake:
    """Asks the workers for a `process_due`; implements core.ports.Wake."""

    def __init__(
        self, redis: Redis, *, queue: str = QUEUE, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._redis = redis
        self._queue = Queue(queue, connection=redis, job_class=SafeJob, serializer=JSONSerializer)
        self._monotonic = monotonic
        self._rests_until = 0.0

    def wake(self) -> bool:
        """Ask once per burst; False when Redis does not answer. Never raises."""
        if self._monotonic() < self._rests_until:
            return False
        try:
            if self._redis.set(WAKE_KEY, 1, nx=True, ex=WAKE_SECONDS):
                self._enqueue()
        except RedisError as error:
            self._rests_until = self._monotonic() + REST_SECONDS
            _log.warning("wake_failed", kind=type(error).__name__)
            return False
        return True

    def begin(self) -> None:
        """The job has started: rows that come from now on wake again. Called before any claim."""
        try:
            self._redis.delete(WAKE_KEY)
        except RedisError as error:
            _log.warning("wake_not_cleared", kind=type(error).__name__)

    def _enqueue(self) -> None:
        if self._queue.count >= MOST_QUEUED:
            return
        self._queue.enqueue(
            PROCESS_DUE,
            job_timeout=JOB_SECONDS,
            result_ttl=0,
            failure_ttl=FAILURE_SECONDS,
            description="process_due",
        )
