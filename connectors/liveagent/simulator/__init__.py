"""A LiveAgent account in memory, held against the published client of its API v3.

It knows nothing of this product's LiveAgent connector and follows the documented paths, names,
types and errors. What no public page says is a switch (`switches.py`) or is marked as ours.

People look at it under `/agent/`. Whoever runs it sets switches, faults and rules, lets people
write, and reads what is really stored under `/_simulator/` (`control.py`), with a token of its own.
"""

from __future__ import annotations

from connectors.liveagent.simulator.simulator import LiveAgentSimulator
from connectors.simulation.base import Now, system_now

__all__ = ["LiveAgentSimulator", "create"]


def create(seed: int = 0, now: Now = system_now) -> LiveAgentSimulator:
    """Make a fresh account; the same seed and clock make the same ids and keys."""
    return LiveAgentSimulator(seed, now)
