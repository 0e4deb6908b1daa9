"""The processes below one process, and how to kill, stop and starve them. Linux, no root."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

MEASURED = "COVERAGE_PROCESS_CONFIG"
"""With this in its environment a process is traced: it needs twice the time to start and to work.

A whole service goes without: its code is measured where one process runs a part of it.
"""


def untraced() -> dict[str, str]:
    """Our environment, for a process that is not traced."""
    return {name: value for name, value in os.environ.items() if name != MEASURED}


@dataclass(frozen=True)
class Process:
    """One process as /proc shows it."""

    pid: int
    parent: int
    command: str

    def signal(self, sig: signal.Signals) -> None:
        """Send a signal; harmless when it has ended."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, sig)

    def kill(self) -> None:
        """As a power cut would: nothing of it runs any more."""
        self.signal(signal.SIGKILL)

    @property
    def lives(self) -> bool:
        """Whether it still runs, whoever its parent is by now; a zombie does not."""
        found = _read(Path(f"/proc/{self.pid}"))
        return found is not None and found.command == self.command


def below(pid: int) -> list[Process]:
    """All descendants, nearest first."""
    known = list(_all())
    found: list[Process] = []
    parents = {pid}
    while level := [p for p in known if p.parent in parents]:
        found += level
        parents = {p.pid for p in level}
    return found


def process(pid: int) -> Process:
    """One that is known to run."""
    found = _read(Path(f"/proc/{pid}"))
    assert found is not None
    return found


@contextmanager
def stopped(processes: Iterable[Process]) -> Iterator[None]:
    """Within the block they stand still."""
    chosen = list(processes)
    for one in chosen:
        one.signal(signal.SIGSTOP)
    try:
        yield
    finally:
        for one in chosen:
            one.signal(signal.SIGCONT)


@contextmanager
def no_space_for(processes: Iterable[Process]) -> Iterator[None]:
    """Within the block no write of theirs to a file succeeds, as on a full disk."""
    before = {p.pid: resource.prlimit(p.pid, resource.RLIMIT_FSIZE) for p in processes}
    for pid, (_, most) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, most))
    try:
        yield
    finally:
        for pid, limits in before.items():
            with suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


def _all() -> Iterator[Process]:
    folders = (p for p in Path("/proc").iterdir() if p.name.isdigit())
    return (found for folder in folders if (found := _read(folder)))


def _read(folder: Path) -> Process | None:
    try:
        state, parent = (folder / "stat").read_text().rpartition(") ")[2].split()[:2]
        command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return None
    return None if state == "Z" else Process(int(folder.name), int(parent), command)
