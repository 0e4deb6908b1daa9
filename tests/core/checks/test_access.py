"""Checks of agents and admins: what fails, what passes, what cannot be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from integration.core.models import AgentRole, ApiKey, Department
from integration.core.policy import Policy

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ADMINS, AGENTS = "access.two_factor.admins", "access.two_factor.agents"


@pytest.mark.parametrize(
    ("check", "role"),
    [
        (ADMINS, AgentRole.OWNER),
        (ADMINS, AgentRole.ADMIN),
        (AGENTS, AgentRole.AGENT),
    ],
)
@pytest.mark.parametrize(
    ("two_factor", "status"), [(True, "pass"), (False, "fail"), (None, "unknown")]
)
def test_two_factors_are_asked_of_each_role_by_its_own_check(
    statuses, agent, check, role, two_factor, status
):
    someone = agent(role=role, two_factor=two_factor)
    other = AGENTS if check == ADMINS else ADMINS
    assert statuses(check, someone) == {"agent:a1": status}
    assert statuses(other, someone) == {}


@pytest.mark.parametrize(
    "check",
    [ADMINS, AGENTS, "access.password_age", "access.shared_accounts", "access.free_mail"],
)
def test_a_deactivated_agent_is_not_looked_at(statuses, agent, check):
    gone = agent(
        active=False,
        two_factor=False,
        name="Info",
        email="info@gmail.com",
        password_changed=NOW - timedelta(days=900),
    )
    assert statuses(check, gone, replace(gone, id="a2", role=AgentRole.ADMIN)) == {}


def test_an_agent_of_whom_it_is_not_told_counts_as_active(statuses, agent):
    assert statuses(AGENTS, agent(active=None, two_factor=False)) == {"agent:a1": "fail"}


@pytest.mark.parametrize(
    ("two_factor", "days", "status"),
    [
        (False, 90, "pass"),
        (False, 91, "fail"),
        (True, 900, "pass"),
        (True, None, "pass"),
        (None, 900, "unknown"),
        (False, None, "unknown"),
    ],
)
def test_only_a_password_that_stands_alone_grows_old(statuses, agent, two_factor, days, status):
    changed = None if days is None else NOW - timedelta(days=days)
    someone = agent(two_factor=two_factor, password_changed=changed)
    assert statuses("access.password_age", someone) == {"agent:a1": status}


def test_the_age_of_an_old_password_is_told_in_days(answers, agent):
    old = agent(two_factor=False, password_changed=NOW - timedelta(days=120, hours=5))
    assert answers("access.password_age", old) == {"agent:a1": ("fail", {"days": 120})}


@pytest.mark.parametrize(
    "email",
    [
        "info@example.com",
        "Support@example.com",
        "support-2@example.com",
        "kundeservice@example.no",
        "vikar1@example.no",
        "customer.service@example.com",
        "agent1+x@example.com",
        "støtte@example.no",
        "post@example.no",
    ],
)
def test_an_address_of_a_function_is_shared(answers, agent, email):
    found = answers("access.shared_accounts", agent(email=email))
    assert found == {"agent:a1": ("fail", {"reason": "address"})}


@pytest.mark.parametrize("name", ["Customer Service", "Support Team 2", "Kundesenter", "TEST"])
def test_a_name_of_a_function_is_shared(answers, agent, name):
    found = answers("access.shared_accounts", agent(name=name))
    assert found == {"agent:a1": ("fail", {"reason": "name"})}


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("Hans Post", "hans.post@example.no"),
        ("Kari Salg", "kari@example.no"),
        ("", ""),
        ("Ola", "12345@example.no"),
        ("Bill Ing", "information@example.com"),
    ],
)
def test_a_person_with_a_working_name_is_a_person(statuses, agent, name, email):
    someone = agent(name=name, email=email)
    assert statuses("access.shared_accounts", someone) == {"agent:a1": "pass"}


def test_our_bot_is_not_held_to_be_a_person_but_is_asked_for_two_factors(statuses, agent):
    bot = agent(name="Support", email="agent@example.com", is_our_bot=True, two_factor=False)
    assert statuses("access.shared_accounts", bot) == {}
    assert statuses(AGENTS, bot) == {"agent:a1": "fail"}


@pytest.mark.parametrize(
    ("email", "status"),
    [
        ("kari@gmail.com", "fail"),
        ("kari@GMail.com.", "fail"),
        ("kari@mail.online.no", "fail"),
        ("kari@example.com", "pass"),
        ("kari@notgmail.com", "pass"),
        ("kari", "pass"),
        ("", "unknown"),
        ("kari@", "unknown"),
    ],
    ids=lambda value: value.replace("@", "-at-"),
)
def test_a_free_mailbox_is_none_of_the_company(statuses, agent, email, status):
    assert statuses("access.free_mail", agent(email=email)) == {"agent:a1": status}


def test_the_policy_may_name_more_free_mail(statuses, agent):
    policy = Policy(free_mail_domains=frozenset({"example.com"}))
    assert statuses("access.free_mail", agent(), policy=policy) == {"agent:a1": "fail"}


def staff(agent, admins, others):
    roles = [AgentRole.OWNER, *[AgentRole.ADMIN] * admins][:admins] + [AgentRole.AGENT] * others
    return [agent(f"a{n:02}", role=role) for n, role in enumerate(roles)]


@pytest.mark.parametrize(
    ("admins", "others", "status"),
    [
        (5, 20, "pass"),
        (6, 20, "fail"),
        (2, 1, "pass"),
        (5, 6, "pass"),
        (4, 8, "pass"),
        (5, 7, "fail"),
        (0, 0, "pass"),
    ],
)
def test_admins_are_few_in_number_and_in_share(statuses, agent, admins, others, status):
    assert statuses("access.admin_count", *staff(agent, admins, others)) == {"account": status}


def test_the_admins_are_named_when_there_are_too_many(answers, agent):
    found = answers("access.admin_count", *staff(agent, 2, 1), policy=Policy(max_admins=1))
    status, facts = found["account"]
    assert status == "fail"
    assert facts == {"members": ["agent:a00", "agent:a01"], "limit": 1, "agents": 3}


SALES = Department("d1", "Sales", frozenset({"a1", "a2", "a9"}))
KEY = ApiKey("k1", "shop", owner_id="a2")


def test_traces_of_those_who_left_are_found(answers, agent):
    found = answers(
        "access.deleted_agents",
        agent("a1"),
        agent("a2", active=False),
        agent("a3", active=False),
        SALES,
        KEY,
        ApiKey("k2", "app", owner_id="a1"),
        ApiKey("k3", "none", owner_id=None),
        ApiKey("k4", "old", owner_id="a8"),
    )
    assert found == {
        "agent:a2": (
            "fail",
            {"reason": "deactivated", "departments": ["department:d1"], "api_keys": ["api_key:k1"]},
        ),
        "agent:a3": ("pass", {"reason": "deactivated"}),
        "agent:a8": ("fail", {"reason": "not_listed", "api_keys": ["api_key:k4"]}),
        "agent:a9": ("fail", {"reason": "not_listed", "departments": ["department:d1"]}),
    }


def test_what_is_hidden_of_the_traces_is_unknown_beside_what_is_seen(answers, agent):
    found = answers(
        "access.deleted_agents",
        agent("a1"),
        agent("a2", active=False),
        SALES,
        KEY,
        hidden=["api_keys.owner"],
    )
    assert found["account"] == ("unknown", {"hidden": ["api_keys.owner"]})
    assert found["agent:a2"][1] == {"reason": "deactivated", "departments": ["department:d1"]}


def test_what_a_helpdesk_does_not_have_is_not_asked_for(statuses, agent):
    found = statuses(
        "access.deleted_agents",
        agent("a1"),
        agent("a2", active=False),
        SALES,
        KEY,
        missing=["departments.members"],
    )
    assert found == {"agent:a2": "fail"}
