"""The queue: a wake-up that may be lost, and the request budget that all workers share.

The only importer of rq and redis. The truth is the due table; nothing here needs to survive.
"""

from __future__ import annotations

from redis import Redis

from integration.queueing.budget import SHARES, AccountBudget, SharedBudget
from integration.queueing.connection import connect, is_alive
from integration.queueing.embedded import EmbeddedServer, find_server
from integration.queueing.jobs import ALLOWED_FUNCTIONS, QUEUE, SafeJob
from integration.queueing.poller import Poller
from integration.queueing.wake import NoWake, RqWake
from integration.queueing.worker import run_worker, workers_alive

__all__ = [
    "ALLOWED_FUNCTIONS",
    "QUEUE",
    "SHARES",
    "AccountBudget",
    "EmbeddedServer",
    "NoWake",
    "Poller",
    "Redis",
    "RqWake",
    "SafeJob",
    "SharedBudget",
    "connect",
    "find_server",
    "is_alive",
    "run_worker",
    "workers_alive",
]
