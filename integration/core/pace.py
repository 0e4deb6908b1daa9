"""What work costs in a helpdesk: calls, and the time that they take at a rate."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effort:
    """What some work takes, estimated."""

    tickets: int
    calls: int
    seconds: int | None
    """None: there is no limit that would tell."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast tickets can be read."""

    calls_per_ticket: float
    is_measured: bool
    """Whether it was counted in this account; else it is what a clean ticket takes."""
    calls_per_minute: int
    """The share of the request budget; 0: no limit."""

    def effort(self, tickets: int, *, listing: int = 0) -> Effort:
        """Of reading so many tickets, and of the calls that list them.

        >>> Pace(2.0, False, 72).effort(500)
        Effort(tickets=500, calls=1000, seconds=834)
        """
        calls = math.ceil(tickets * self.calls_per_ticket) + listing
        rate = self.calls_per_minute
        return Effort(tickets, calls, math.ceil(calls * 60 / rate) if rate else None)
