"""What the simulated helpdesks share: a server, faults on demand, and the shape of a simulator."""

from __future__ import annotations
