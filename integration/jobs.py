"""RQ entry points: ids in, nothing out. And the ticker that finds what no wake-up told of."""

from __future__ import annotations

import os

from integration.runtime import Runtime, load_config, open_runtime
from integration.services import periodic

_open: dict[int, Runtime] = {}
"""The runtime of this process, by process id: a forked job opens its own."""


def current() -> Runtime:
    """The runtime of this process; what a parent opened is not used by its child."""
    pid = os.getpid()
    if pid not in _open:
        _open.clear()
        _open[pid] = open_runtime(load_config())
    return _open[pid]


def process_due() -> None:
    """Work what is due; ask to be woken again when time ran out before the work did."""
    runtime = current()
    runtime.wake.begin()
    report = runtime.processor().run()
    if report.more:
        runtime.wake.wake()


def tick(runtime: Runtime) -> bool:
    """One look of the ticker: wake the workers when they may claim something. Whether it did."""
    backlog = runtime.backlog()
    return bool(backlog["due"]) and runtime.wake.wake()


def ensure_periodic(runtime: Runtime) -> None:
    """See that every account has its periodic rows."""
    with runtime.store.transaction() as tables:
        for row in tables.accounts.list():
            periodic.ensure(tables, row.id, now=runtime.clock.now())
