"""Samples of tickets: which ones, and reading them when nothing else needs the budget."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import TypeVar

from integration.core.errors import RateLimited
from integration.core.ports import Clock

T = TypeVar("T")
NAP = 5.0
"""Seconds to wait for budget when nobody says how long."""


def draw(seed: str, tickets: Iterable[str], size: int) -> tuple[str, ...]:
    """A sample page by page: the tickets whose hash with the seed is smallest.

    A ticket that two pages list is drawn once, which picking by its place would not ensure.
    """

    def order(ticket: str) -> bytes:
        return hashlib.sha256(f"{seed}:{ticket}".encode()).digest()

    return tuple(sorted(set(tickets), key=order)[:size])


def patiently(clock: Clock, ask: Callable[[], T]) -> T:
    """Ask as soon as the budget allows: everything else goes first."""
    while True:
        try:
            return ask()
        except RateLimited as error:
            clock.sleep(error.retry_after or NAP)
