"""The worker process: takes jobs from Redis and runs each in a forked child of its own."""

from __future__ import annotations

import gc
import os
import signal
from types import TracebackType
from typing import TYPE_CHECKING

from rq import Queue, Worker
from rq.serializers import JSONSerializer

from integration.core.errors import DeskwardenError
from integration.logs import get_logger
from integration.processes import die_with_parent
from integration.queueing.connection import connect, told_apart
from integration.queueing.jobs import QUEUE, SafeJob

if TYPE_CHECKING:
    from redis import Redis
    from rq.job import Job

WORKER_TTL = 20
"""Seconds. RQ looks after crashed jobs only between two waits, which last this long less 15."""
MONITORING_SECONDS = 5
MAINTENANCE_SECONDS = 10

_log = get_logger(__name__)


class SafeWorker(Worker):
    """A worker whose children die with it and that repeats no exception's text."""

    log_result_lifespan = False
    max_connection_wait_time = 5.0

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        """Remember who the parent is before there is a child."""
        self._parent = os.getpid()
        super().fork_work_horse(job, queue)

    def setup_work_horse_signals(self) -> None:
        """Tie the child to this worker: nobody would watch over it any more."""
        super().setup_work_horse_signals()  # type: ignore[no-untyped-call]
        die_with_parent(self._parent, signal.SIGKILL)

    def handle_exception(
        self,
        job: Job,
        *exc_info: type[BaseException] | BaseException | TracebackType | None,
    ) -> None:
        """Log what kind of failure it was; RQ would log the job's arguments and the text."""
        error = exc_info[1]
        reason = error.reason if isinstance(error, DeskwardenError) else type(error).__name__
        _log.error("job_failed", job=job.id, reason=reason, exc_info=error)


def run_worker(url: str, *, queue: str = QUEUE, burst: bool = False) -> None:
    """Work until SIGTERM: then finish the job in hand and return.

    What was loaded before is not paid for by any job; it must hold no socket and no database open.
    `burst` returns when the queue is empty. Raises ConfigError where Redis refuses us,
    QueueUnavailable when it is gone for long.
    """
    # A garbage collection in a job would write to each page of what was loaded, and so copy it all.
    gc.collect()
    gc.freeze()
    with told_apart():
        make_worker(url, queue=queue).work(burst=burst, logging_level=None)


def workers_alive(client: Redis, *, queue: str = QUEUE) -> int:
    """How many workers have been heard of within the last minute or so.

    Raises ConfigError where Redis refuses us, QueueUnavailable when it does not answer.
    """
    with told_apart():
        return len(Worker.all(queue=Queue(queue, connection=client)))


def make_worker(url: str, *, queue: str = QUEUE, job_class: type[SafeJob] = SafeJob) -> SafeWorker:
    """A worker with our settings, connected but not at work."""
    return SafeWorker(
        [queue],
        connection=connect(url),
        job_class=job_class,
        serializer=JSONSerializer,
        worker_ttl=WORKER_TTL,
        job_monitoring_interval=MONITORING_SECONDS,
        maintenance_interval=MAINTENANCE_SECONDS,
        log_job_description=False,
    )
