"""How steady the machine is: a latency at p99 cannot be better than the pauses of its processor.

A virtual machine may run many times slower for tens of milliseconds without telling so (no steal
time): the same small work is timed again and again, with nothing else to do.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable
from itertools import groupby

SECONDS = 3.0
SLOW = 3.0
"""So many times the usual time and a piece of work was slowed down."""
_WORK = range(1000)


def stalls(pieces: Iterable[float]) -> dict[str, float]:
    """Of the seconds that equal pieces of work took: the share that was slow, and the longest row.

    >>> stalls([1.0, 1.0, 5.0, 4.0, 1.0, 1.0, 1.0, 1.0])
    {'slow_share': 0.6, 'longest_ms': 9000.0}
    """
    times = list(pieces)
    usual = statistics.median(times)
    rows = [sum(row) for is_slow, row in groupby(times, lambda t: t > SLOW * usual) if is_slow]
    return {
        "slow_share": round(sum(rows) / sum(times), 4),
        "longest_ms": round(max(rows, default=0.0) * 1000, 1),
    }


def measure(seconds: float = SECONDS) -> dict[str, float]:
    """The same of this machine, now."""
    times: list[float] = []
    begun = last = time.perf_counter()
    while last - begun < seconds:
        sum(_WORK)
        now = time.perf_counter()
        times.append(now - last)
        last = now
    return stalls(times)
