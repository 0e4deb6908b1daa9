from __future__ import annotations

import threading

import pytest

from integration.core.errors import StoreUnavailable
from integration.queueing import Poller


@pytest.mark.parametrize(
    "error", [StoreUnavailable("locked"), ValueError("x")], ids=["ours", "any"]
)
def test_it_works_again_and_again_and_goes_on_after_an_error(error):
    ran = threading.Semaphore(0)
    failures = [error]

    def process_due() -> None:
        ran.release()
        if failures:
            raise failures.pop()

    poller = Poller(process_due, seconds=0.01)
    poller.start()
    assert all(ran.acquire(timeout=60) for _ in range(3))
    poller.stop()


def test_it_stops_within_its_pause_and_not_amid_a_run():
    begun, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    def process_due() -> None:
        begun.set()
        may_end.wait(60)
        ended.set()

    poller = Poller(process_due, seconds=600)
    poller.start()
    assert begun.wait(60)
    threading.Timer(0.05, may_end.set).start()
    poller.stop()
    assert ended.is_set()
