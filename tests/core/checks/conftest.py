"""Agents and keys to check, and a way to run one check over them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from integration.core.checks.run import run
from integration.core.models import Agent, AgentRole, ApiKey, Department, Snapshot
from integration.core.policy import Policy

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ALL = frozenset(
    {
        "agents",
        "agents.role",
        "agents.two_factor",
        "agents.password_changed",
        "departments",
        "departments.members",
        "api_keys",
        "api_keys.expiry",
        "api_keys.whitelist",
        "api_keys.privileges",
        "api_keys.owner",
    }
)


@pytest.fixture
def answers():
    """Run one check: resource -> (status, facts)."""

    def run_one(check, *things, policy=None, hidden=(), missing=(), errors=None):
        of = lambda kind: tuple(t for t in things if isinstance(t, kind))  # noqa: E731
        snapshot = Snapshot(
            NOW,
            of(Agent),
            of(Department),
            of(ApiKey),
            readable=ALL - set(hidden) - set(missing),
            supported=ALL - set(missing),
            errors=errors or {},
        )
        found = [r for r in run(snapshot, policy or Policy(), NOW) if r.check == check]
        assert len({r.resource for r in found}) == len(found)
        return {r.resource: (r.status.value, dict(r.facts)) for r in found}

    return run_one


@pytest.fixture
def statuses(answers):
    """Run one check: resource -> status."""

    def run_one(check, *things, **more):
        return {
            resource: status for resource, (status, _) in answers(check, *things, **more).items()
        }

    return run_one


@pytest.fixture
def agent():
    def make(agent_id="a1", **facts):
        given = {
            "name": "Kari Nordmann",
            "email": "kari@example.com",
            "role": AgentRole.AGENT,
            **facts,
        }
        return Agent(agent_id, **given)

    return make
