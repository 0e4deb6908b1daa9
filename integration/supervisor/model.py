"""What a supervisor watches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum


class Stage(IntEnum):
    """Children start in this order and stop in the reverse one."""

    QUEUE = 0
    WORK = 1
    WEB = 2


@dataclass(frozen=True, slots=True)
class Child:
    """A process to keep running until the supervisor is told to stop."""

    name: str
    argv: Sequence[str]
    stage: Stage
    env: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Laid over the supervisor's own environment."""
    ready: Callable[[], bool] = lambda: True
    """Whether it can be used; the next stage waits for it."""
    stop_seconds: float = 10.0
    """How long it may take to end after SIGTERM before it is killed."""
