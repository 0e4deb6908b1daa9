"""How the threads that answer deliveries are scheduled: set once as they load, and at the first."""

from __future__ import annotations

import gc
import os
from functools import cache
from pathlib import Path
from typing import Final

_THREADS: Final = Path("/proc/self/task")
_OF_THE_SERVER: Final = "tokio-rt-worker"
"""The name of granian's thread that reads from the sockets and writes to them, and of some that it
starts later."""
_LATER: Final = 5
"""How much nicer it is: beside one other that could run, it has a quarter of the time."""


def settle() -> None:
    """Keep on one processor, let threads take turns, and spare the garbage collector.

    The interpreter runs one thread at a time. Where each delivery's thread may wake on another
    processor, that one has nothing of it at hand: a delivery then costs half as much again.
    """
    keep_on_one_processor()
    take_turns()
    # What is loaded stays: without this, going through all of it stops each delivery for 40 ms.
    gc.collect()
    gc.freeze()


def keep_on_one_processor() -> None:
    """Run this thread and those it starts on one of the processors they may use.

    Which one goes by the number of the process, so that several do not meet on the first. Where
    the system has no such call (macOS), or forbids it, all is as it was.
    """
    if not hasattr(os, "sched_setaffinity"):
        return
    allowed = sorted(os.sched_getaffinity(0))
    try:
        os.sched_setaffinity(0, {allowed[os.getpid() % len(allowed)]})
    except OSError:
        return


def take_turns() -> None:
    """Let a thread that wakes wait until the one that runs gives way, in those started from here.

    The writer wakes many at once after a commit. Each that stepped in at once would find the
    interpreter taken, and sleep again: two switches for nothing. Linux calls it SCHED_BATCH
    (sched(7)); where it is missing or forbidden, all is as it was.
    """
    if not hasattr(os, "SCHED_BATCH"):
        return
    try:
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    except OSError:
        return


@cache
def let_answers_go_first() -> None:
    """Have the server's thread wait for those that answer; called once it is there.

    Each answer wakes it. Where it runs at once it sends that one and sleeps again; where the others
    go first it sends all that a commit has let go. Linux has a niceness for each thread
    (setpriority(2)); where there is no such thread, all is as it was.
    """
    if (thread := _thread_of_the_server()) is None:
        return
    try:
        os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, 0) + _LATER)
    except OSError:
        return


def _thread_of_the_server() -> int | None:
    """The first thread that bears its name."""
    try:
        threads = sorted(int(each.name) for each in _THREADS.iterdir())
        names = ((each, (_THREADS / str(each) / "comm").read_text().strip()) for each in threads)
        return next((each for each, name in names if name == _OF_THE_SERVER), None)
    except OSError:
        return None
