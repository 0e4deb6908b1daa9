"""What a process of ours does to itself at its start, and a launcher that does it to a command.

`python -m integration.processes PARENT COMMAND...` becomes COMMAND after it has tied its life to
that of its parent. A launcher, because code between fork and exec is not safe beside threads.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

PR_SET_PDEATHSIG = 1
"""linux/prctl.h: the signal this process gets when its parent dies."""


def no_core_dumps() -> None:
    """Card data may be in memory: a crash must not write it to disk. Children inherit this."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def die_with_parent(parent: int, sig: signal.Signals) -> None:
    """Get `sig` when the parent dies, or at once when it is dead already. Linux only.

    Elsewhere a dead supervisor's children are found by the next one.
    """
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(sig), 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), sig)


@contextmanager
def ended_quietly() -> Iterator[None]:
    """Within the block Ctrl-C ends the process without a word: there is nothing yet to be ended."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handler = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)


def launcher(command: Sequence[str]) -> list[str]:
    """The command line that starts `command` as a child of this process, tied to its life."""
    return [sys.executable, "-m", "integration.processes", str(os.getpid()), *command]


def main(argv: Sequence[str]) -> None:
    """Become the command; nothing of this process stays but its id."""
    parent, *command = argv
    no_core_dumps()
    die_with_parent(int(parent), signal.SIGTERM)
    os.execvp(command[0], command)  # noqa: S606 - the command is the supervisor's own


if __name__ == "__main__":
    main(sys.argv[1:])
