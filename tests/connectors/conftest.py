from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from integration.core.errors import RateLimited


class FakeClock:
    """A clock that moves only by what it is asked to sleep."""

    def __init__(self) -> None:
        self.time = datetime(2026, 4, 1, 8, 12, 30, tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)


class CountingBudget:
    """A budget that gives every request, counts them, and can be empty."""

    def __init__(self) -> None:
        self.acquired = 0
        self.drained: list[float] = []
        self.empty = False

    def acquire(self) -> None:
        if self.empty:
            raise RateLimited("no request left")
        self.acquired += 1

    def drain(self, seconds: float) -> None:
        self.drained.append(seconds)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def budget() -> CountingBudget:
    return CountingBudget()
