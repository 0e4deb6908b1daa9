from __future__ import annotations

import threading

import pytest

from integration.core.errors import StoreUnavailable
from integration.queueing import InProcessWake


@pytest.mark.parametrize(
    "error", [StoreUnavailable("locked"), ValueError("x")], ids=["ours", "any"]
)
def test_it_works_when_woken_and_goes_on_after_an_error(error):
    ran = threading.Semaphore(0)
    failures = [error]

    def process_due() -> None:
        ran.release()
        if failures:
            raise failures.pop()

    poller = InProcessWake(process_due, poll_seconds=600)
    assert poller.wake() is False
    poller.start()
    assert ran.acquire(timeout=60)
    while not ran.acquire(timeout=0.05):
        assert poller.wake()
    poller.stop()
    assert poller.wake() is False


def test_it_looks_every_few_seconds_without_being_woken():
    ran = threading.Semaphore(0)
    poller = InProcessWake(ran.release, poll_seconds=0.01)
    poller.start()
    assert all(ran.acquire(timeout=60) for _ in range(3))
    poller.stop()


def test_a_wake_up_during_a_run_asks_for_one_more():
    ran = threading.Semaphore(0)
    wakes = [True]

    def process_due() -> None:
        if wakes:
            wakes.pop()
            poller.wake()
            poller.wake()
        ran.release()

    poller = InProcessWake(process_due, poll_seconds=600)
    poller.start()
    assert all(ran.acquire(timeout=10) for _ in range(2))
    poller.stop()
    assert not ran.acquire(blocking=False)
