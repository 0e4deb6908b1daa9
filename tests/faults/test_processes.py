"""kill -9 in the middle of the work: whoever comes next finishes it, once, and nobody doubles it.

Each death is timed by what can be seen from outside: by default when a masked copy stands beside
an original that is not yet deleted, the worst moment there is.
"""

from __future__ import annotations

import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.live import wait_until
from support.processes import stopped

AT_ONCE = 1.0
"""Seconds in which a horse follows its worker, and in which a delivery is answered."""
SLOW = 250
"""Milliseconds of latency: long enough to die between two calls."""


@pytest.fixture
def halfway(service):
    """Deliver six tickets and come back when a copy stands beside its original."""
    service.only_we_deliver()

    def begin():
        planted = service.write_tickets(6)
        service.stage.desk.switch(latency_ms=SLOW)
        assert service.takes(*planted)
        wait_until(lambda: any(_stands_twice(service, item) for item in planted))
        return planted

    return begin


def _stands_twice(service, planted) -> bool:
    texts = service.texts(planted).items()
    return sum("/message/" in place and planted.order in text for place, text in texts) == 2


def test_a_work_horse_that_is_killed_loses_nothing(service, halfway):
    halfway()
    for horse in service.horses():
        horse.kill()
    service.settle()


def test_workers_that_are_killed_take_their_horses_along_and_are_replaced(service, halfway):
    halfway()
    workers, horses = service.workers(), service.horses()
    assert horses
    for worker in workers:
        worker.kill()
    time.sleep(AT_ONCE)  # not until the horses have done their work
    assert not [process for process in (*workers, *horses) if process.lives]
    service.settle()
    assert len(service.workers()) == len(workers)


def test_what_the_web_process_acknowledged_outlives_it(service):
    service.only_we_deliver()
    planted = service.write_tickets(6)
    taken = service.takes(*planted)
    for process in service.processes("webhooks.serve"):
        process.kill()
    assert taken
    service.settle()
    wait_until(lambda: service.takes(planted[0]))
    service.settle()


def test_nothing_is_acknowledged_before_it_is_stored(service):
    service.only_we_deliver()
    (planted,) = service.write_tickets(1)
    with ThreadPoolExecutor(1) as pool, service.stage.runtime.store.transaction():
        answer = pool.submit(service.deliver, planted)  # nobody else can write now
        time.sleep(AT_ONCE)
        assert not answer.done()
        for process in service.processes("webhooks.serve"):
            process.kill()
        assert answer.result() == [0]
    wait_until(lambda: service.takes(planted))
    service.settle()


def test_a_supervisor_that_is_killed_leaves_a_folder_that_the_next_one_takes_over(service, halfway):
    planted = halfway()
    children = service.processes()
    assert any("valkey" in child.command for child in children)
    service.stage.service.kill()
    service.stage.service.wait()
    service.start_again()
    service.settle()
    wait_until(lambda: not any(child.lives for child in children))
    wait_until(lambda: service.takes(planted[0]))
    service.settle()


def test_a_flushed_valkey_is_only_a_lost_wake_up(service):
    service.only_we_deliver()
    planted = service.write_tickets(6)
    with stopped(service.workers()):
        assert service.takes(*planted)
        service.stage.runtime.redis.flushall()
    service.settle()


def test_a_valkey_flushed_in_the_middle_of_the_work_stops_nothing(service, halfway):
    halfway()
    service.stage.runtime.redis.flushall()
    service.settle()


def test_deliveries_are_taken_while_valkey_hangs_and_dies(service, halfway):
    halfway()
    later = service.write_tickets(4)
    (valkey,) = service.processes("valkey-server")
    valkey.signal(signal.SIGSTOP)
    try:
        taken = service.takes(*later)
    finally:
        valkey.kill()  # or it would hang for every test behind this one
    assert taken
    service.settle()
