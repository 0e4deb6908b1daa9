"""How long a fallen child waits before it is started again, on a clock that is stepped."""

from __future__ import annotations

import pytest

from integration.supervisor import Child, Stage, Supervisor
from integration.supervisor.supervisor import LONGEST_DELAY, STABLE_SECONDS


class Steps:
    """A monotonic clock that moves only when told."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock():
    return Steps()


@pytest.fixture
def watched(clock):
    """A child that runs."""
    child = Child("a", ["sleep", "600"], Stage.WORK)
    (watched,) = Supervisor([child], first_delay=10, monotonic=clock)._watched
    watched.look()
    yield watched
    kill(watched)


def kill(watched):
    watched.process.kill()
    watched.process.wait()


@pytest.fixture
def fall(watched, clock):
    """Kill the child; how many seconds passed before it was started again."""

    def fall():
        kill(watched)
        for waited in range(100):
            watched.look()
            if watched.running:
                return waited
            clock.seconds += 1
        return pytest.fail("it is never started again")

    return fall


def test_a_fallen_child_waits_ever_longer_up_to_a_limit(fall):
    assert [fall() for _ in range(4)] == [10, 20, LONGEST_DELAY, LONGEST_DELAY]


@pytest.mark.parametrize(
    ("ran", "waits"), [(STABLE_SECONDS - 1, 20), (STABLE_SECONDS, 10)], ids=["short", "long"]
)
def test_a_child_that_ran_for_long_waits_as_at_its_first_fall(fall, clock, ran, waits):
    fall()
    clock.seconds += ran
    assert fall() == waits
