"""A snapshot with something wrong in it, and a helpdesk in memory that tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from support.memory_desk import MemoryDesk

from integration.core.capabilities import Capabilities
from integration.core.models import Agent, AgentRole, Snapshot

FACTS = frozenset({"agents", "agents.role", "agents.two_factor"})


def agent(agent_id: str, *, two_factor: bool | None = False, **facts: object) -> Agent:
    given = {"role": AgentRole.AGENT, "name": f"Kari {agent_id}", **facts}
    return Agent(agent_id, email=f"{agent_id}@example.com", two_factor=two_factor, **given)


@dataclass
class StaffedDesk(MemoryDesk):
    """A desk with agents."""

    matrix: Capabilities = field(default_factory=Capabilities)
    agents: list[Agent] = field(default_factory=list)
    readable: frozenset[str] = FACTS
    snapshots: int = 0

    def snapshot(self, *, now: datetime) -> Snapshot:
        self._call()
        self.snapshots += 1
        return Snapshot(now, tuple(self.agents), readable=self.readable, supported=FACTS)
