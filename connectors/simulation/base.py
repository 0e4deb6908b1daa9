"""The shape every simulator has, and the values it is made from."""

from __future__ import annotations

import random
import string
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Protocol

from flask import Flask

Now = Callable[[], datetime]
"""Gives the present time, aware, UTC."""


def system_now() -> datetime:
    """Return the machine's time: the clock of a simulator that is started by hand."""
    return datetime.fromtimestamp(time.time(), tz=UTC)


class Simulator(Protocol):
    """A helpdesk in memory: a web application, a way to start it, and what connects to it."""

    @property
    def app(self) -> Flask:
        """The application, for tests that need no socket."""
        ...

    def start(self, port: int = 0) -> str:
        """Serve on 127.0.0.1 (a free port for 0) and return the base URL."""
        ...

    def stop(self) -> None:
        """Stop serving and end every thread; harmless when it never started."""
        ...

    def wait(self) -> None:
        """Block while it serves."""
        ...

    def credentials(self) -> Mapping[str, str]:
        """`url` and the keys that an account needs to connect."""
        ...

    def seed_tickets(self, count: int) -> list[str]:
        """Write that many realistic tickets of the past; their ids, oldest first."""
        ...


class SimulatorFactory(Protocol):
    """What `connectors.<helpdesk>.simulator.create` is."""

    def __call__(self, seed: int = 0, now: Now = system_now) -> Simulator:
        """Make a fresh helpdesk; the same seed and clock make the same one."""
        ...


class Names:
    """Ids and secrets from one seeded source, so that a run can be repeated."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a repeatable simulation, nothing secret

    def short(self, length: int = 8) -> str:
        """Lower-case letters and digits, as short vendor ids are."""
        alphabet = string.ascii_lowercase + string.digits
        return "".join(self.random.choices(alphabet, k=length))

    def hexadecimal(self, length: int = 32) -> str:
        """Hexadecimal digits, as keys and file hashes are."""
        return "".join(self.random.choices("0123456789abcdef", k=length))

    def letters(self, length: int) -> str:
        """Capital letters."""
        return "".join(self.random.choices(string.ascii_uppercase, k=length))
