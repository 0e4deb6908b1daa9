"""`deskwarden run`: everything on one machine, watched over.

`children` says what runs, `Supervisor` keeps it running, `Ticker` does what is due by the clock.
"""

from __future__ import annotations

from integration.supervisor.children import children, web_command
from integration.supervisor.model import Child, Stage
from integration.supervisor.supervisor import Supervisor
from integration.supervisor.ticker import Task, Ticker

__all__ = [
    "Child",
    "Stage",
    "Supervisor",
    "Task",
    "Ticker",
    "children",
    "web_command",
]
