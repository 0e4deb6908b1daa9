"""What the process that answers deliveries does once, when its application is loaded."""

from __future__ import annotations

import gc
import os


def settle() -> None:
    """Keep on one processor, and keep the garbage collector from what is loaded.

    The interpreter runs one thread at a time. Where each delivery's thread may wake on another
    processor, that one has nothing of it at hand: a delivery then costs half as much again.
    """
    keep_on_one_processor()
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
