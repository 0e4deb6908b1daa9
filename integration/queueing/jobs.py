"""What may run: a short list of our functions, arguments that are ids, and nothing else.

Whoever can write to Redis could otherwise run any function of any package in our workers: a JSON
job names its function as text. Callbacks and job webhooks are doors of the same kind.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from rq.job import Job
from rq.serializers import JSONSerializer

from integration.core.errors import PermanentError

if TYPE_CHECKING:
    from redis import Redis
    from redis.client import Pipeline

QUEUE = "deskwarden"
PROCESS_DUE = "integration.jobs.process_due"
ALLOWED_FUNCTIONS: tuple[str, ...] = (PROCESS_DUE,)

FAILED = "failed"
"""All that Redis learns of a failure: an exception's text may hold a ticket's."""


class JobRefused(PermanentError):
    """A job in Redis that is not one of ours; it was not run."""

    reason = "job_refused"


class SafeJob(Job):
    """A job that runs allowed functions only, reads JSON only, and calls nobody back."""

    allowed: ClassVar[tuple[str, ...]] = ALLOWED_FUNCTIONS

    def __init__(
        self,
        id: str | None = None,  # noqa: A002 - the base class's name
        connection: Redis | None = None,
        serializer: Any = None,  # noqa: ANN401, ARG002 - whatever is asked for, it is JSON
    ) -> None:
        super().__init__(id, connection, JSONSerializer)

    @property
    def func(self) -> Callable[..., Any]:
        """The function to run. Raises JobRefused."""
        if self.func_name not in self.allowed or self.instance is not None:
            raise JobRefused("a job names a function that is not ours")
        if not all(isinstance(argument, str | int) for argument in self.args) or self.kwargs:
            raise JobRefused("a job has arguments that are not ids")
        if self._success_callback_name or self._failure_callback_name:
            raise JobRefused("a job asks to be called back")
        function: Callable[..., Any] = super().func
        return function

    @property
    def success_callback(self) -> None:
        """None, whatever the job says."""

    @property
    def failure_callback(self) -> None:
        """None, whatever the job says."""

    @property
    def stopped_callback(self) -> None:
        """None, whatever the job says."""

    def send_webhooks(self, *_: object, **__: object) -> None:
        """Tell nobody: a webhook's address comes from Redis, its body would hold an exception."""

    def _handle_failure(
        self,
        exc_string: str,  # noqa: ARG002 - it never reaches Redis
        pipeline: Pipeline,
        worker_name: str = "",
        execution_id: str | None = None,
        execution_started_at: datetime | None = None,
        execution_ended_at: datetime | None = None,
    ) -> None:
        super()._handle_failure(
            FAILED, pipeline, worker_name, execution_id, execution_started_at, execution_ended_at
        )
