"""Checks of agents and admins. Deactivated agents cannot sign in and are looked at only for traces.

Our own bot account is looked at like any other: whoever knows its password can sign in with it
(PCI DSS 8.6.1). Only its name, which is that of no person, is not held against it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from importlib import resources
from typing import Any

from integration.core.checks.model import CheckFunction, Look, Status, Verdict
from integration.core.models import Agent, AgentRole

ADMINS = frozenset({AgentRole.OWNER, AgentRole.ADMIN})


def _data(name: str, table: str) -> frozenset[str]:
    file = resources.files("integration.core.checks").joinpath(name)
    return frozenset(tomllib.loads(file.read_text(encoding="utf-8"))[table])


GENERIC_WORDS = _data("generic_names.toml", "words")
FREE_MAIL = _data("free_mail.toml", "domains")


def admins_have_two_factors(look: Look) -> Iterator[Verdict]:
    """Each owner and admin has two-factor sign-in on."""
    for agent in _active(look):
        if agent.role in ADMINS:
            yield _two_factor(agent)


def agents_have_two_factors(look: Look) -> Iterator[Verdict]:
    """Each agent below admin has two-factor sign-in on; admins have a check of their own."""
    for agent in _active(look):
        if agent.role not in ADMINS:
            yield _two_factor(agent)


def lone_passwords_are_young(look: Look) -> Iterator[Verdict]:
    """A password without a second factor is younger than 90 days (PCI DSS 8.3.9)."""
    for agent in _active(look):
        yield _password(agent, look)


def accounts_are_personal(look: Look) -> Iterator[Verdict]:
    """Neither the address nor the name of an agent is that of a function."""
    for agent in _active(look):
        if not agent.is_our_bot:
            reason = _generic(agent)
            yield _judge(agent, reason is None, {"reason": reason} if reason else {})


def agents_use_company_mail(look: Look) -> Iterator[Verdict]:
    """The address of an agent is not at a free mail service."""
    free = FREE_MAIL | look.policy.free_mail_domains
    for agent in _active(look):
        domain = agent.email.rpartition("@")[2].lower().rstrip(".")
        if not domain:
            yield Verdict(Status.UNKNOWN, _resource(agent))
        else:
            yield _judge(agent, not any(_within(domain, listed) for listed in free), {})


def admins_are_few(look: Look) -> Iterator[Verdict]:
    """No more owners and admins than the policy allows, nor too large a share of a larger team."""
    agents = list(_active(look))
    admins = [agent for agent in agents if agent.role in ADMINS]
    limit = look.policy.max_admins
    if len(agents) >= look.params["share_from"]:
        limit = min(limit, int(look.params["max_share"] * len(agents)))
    status = Status.PASS if len(admins) <= limit else Status.FAIL
    who = sorted(_resource(agent) for agent in admins)
    yield Verdict(status, "account", {"members": who, "limit": limit, "agents": len(agents)})


def leavers_have_no_access(look: Look) -> Iterator[Verdict]:
    """Agents who are deactivated or no longer listed are in no department and own no key."""
    snapshot = look.snapshot
    traces = {"departments": "departments.members", "api_keys": "api_keys.owner"}
    looked_at = {name for name, fact in traces.items() if fact in snapshot.readable}
    if hidden := sorted(
        fact
        for name, fact in traces.items()
        if name not in looked_at and fact in snapshot.supported
    ):
        yield Verdict(Status.UNKNOWN, "account", {"hidden": hidden})
    current = {agent.id for agent in _active(look)}
    deactivated = {agent.id for agent in snapshot.agents} - current
    found: dict[str, dict[str, Any]] = {agent_id: {} for agent_id in deactivated}
    if "departments" in looked_at:
        for department in snapshot.departments:
            for agent_id in department.agent_ids - current:
                _trace(found, agent_id, "departments", f"department:{department.id}")
    if "api_keys" in looked_at:
        for key in snapshot.api_keys:
            if key.owner_id is not None and key.owner_id not in current:
                _trace(found, key.owner_id, "api_keys", f"api_key:{key.id}")
    for agent_id, facts in sorted(found.items()):
        reason = "deactivated" if agent_id in deactivated else "not_listed"
        status = Status.FAIL if facts else Status.PASS
        yield Verdict(status, f"agent:{agent_id}", {"reason": reason, **facts})


CHECKS: Mapping[str, CheckFunction] = {
    "access.two_factor.admins": admins_have_two_factors,
    "access.two_factor.agents": agents_have_two_factors,
    "access.password_age": lone_passwords_are_young,
    "access.shared_accounts": accounts_are_personal,
    "access.free_mail": agents_use_company_mail,
    "access.admin_count": admins_are_few,
    "access.deleted_agents": leavers_have_no_access,
}


def _active(look: Look) -> Iterator[Agent]:
    """Everyone who may be able to sign in: what is not told counts as active."""
    return (agent for agent in look.snapshot.agents if agent.active is not False)


def _resource(agent: Agent) -> str:
    return f"agent:{agent.id}"


def _judge(agent: Agent, good: bool, facts: Mapping[str, Any]) -> Verdict:  # noqa: FBT001
    return Verdict(Status.PASS if good else Status.FAIL, _resource(agent), facts)


def _two_factor(agent: Agent) -> Verdict:
    facts = {"role": agent.role.value}
    if agent.two_factor is None:
        return Verdict(Status.UNKNOWN, _resource(agent), facts)
    return _judge(agent, agent.two_factor, facts)


def _password(agent: Agent, look: Look) -> Verdict:
    if agent.two_factor:
        return Verdict(Status.PASS, _resource(agent))
    if agent.two_factor is None or agent.password_changed is None:
        return Verdict(Status.UNKNOWN, _resource(agent))
    age = look.now - agent.password_changed
    good = age <= timedelta(days=look.params["max_days"])
    return _judge(agent, good, {"days": age.days})


def _generic(agent: Agent) -> str | None:
    """`address` or `name` when it is generic."""
    local = agent.email.partition("@")[0].partition("+")[0]
    for reason, text in (("address", local), ("name", agent.name)):
        words = re.findall(r"[^\W\d_]+", text.lower())
        if words and all(word in GENERIC_WORDS for word in words):
            return reason
    return None


def _within(domain: str, listed: str) -> bool:
    return domain == listed or domain.endswith(f".{listed}")


def _trace(found: dict[str, dict[str, Any]], agent_id: str, name: str, resource: str) -> None:
    facts = found.setdefault(agent_id, {})
    facts[name] = sorted({*facts.get(name, ()), resource})
