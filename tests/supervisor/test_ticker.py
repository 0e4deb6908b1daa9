from __future__ import annotations

import threading

from integration.core.errors import StoreUnavailable
from integration.supervisor import Task, Ticker


def test_the_ticker_calls_each_task_at_its_own_pace_and_survives_failures():
    now = [0.0]
    called: list[str] = []

    def fail(error: Exception) -> None:
        called.append("failing")
        raise error

    ticker = Ticker(
        [
            Task("sweep", 5, lambda: called.append("sweep")),
            Task("ours", 10, lambda: fail(StoreUnavailable("locked"))),
            Task("any", 10, lambda: fail(ValueError("x"))),
        ],
        monotonic=lambda: now[0],
    )
    assert ticker.tick() == 5
    assert called == ["sweep", "failing", "failing"]
    now[0] = 5
    ticker.tick()
    assert called[3:] == ["sweep"]
    now[0] = 10
    ticker.tick()
    assert called[4:] == ["sweep", "failing", "failing"]


def test_the_ticker_runs_until_told_to_stop():
    stop = threading.Event()
    ticker = Ticker([Task("once", 0.01, stop.set)])
    ticker.run(stop)
    assert stop.is_set()
