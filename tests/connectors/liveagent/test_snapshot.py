from __future__ import annotations

from datetime import UTC, datetime

import pytest

from integration.core.errors import AuthExpired, PermanentError
from integration.core.models import AgentRole, Plugin

V3 = "https://acme.ladesk.com/api/v3"
NOW = datetime(2026, 4, 2, tzinfo=UTC)
OURS = {
    "id": 3.0,
    "key": "v3-0123456789abcdef",
    "name": "deskwarden",
    "userid": "b0t00001",
    "valid_to_date": "2027-01-01 00:00:00",
    "whitelist": "198.51.100.7",
}
OTHER = {
    "id": 4,
    "key": "other-secret",
    "name": "old",
    "userid": "zz88xx11",
    "valid_to_date": "",
    "whitelist": "*",
}
PLUGINS = [
    {"code_name": "LaSearchAndReplace", "name": "Search and replace", "active": True},
    {"code_name": "LaAuditLog", "name": "Audit log", "active": "N"},
    {"code_name": "LaOther"},
]
PRIVILEGES = [{"object": "ticket", "privileges": ["read", "create"]}]


@pytest.fixture
def account(edge, fixture):
    """An account where everything can be read; returns a way to make parts fail."""
    department = {"department_id": "default", "name": "General", "agent_ids": ["1pkaew79"]}
    edge.assert_all_requests_are_fired = False
    edge.get(f"{V3}/agents", json=fixture("agents.json"))
    edge.get(f"{V3}/departments", json=[department])
    edge.get(f"{V3}/apikeys", json=[OURS], headers={"next_page_cursor": "abc"})
    edge.get(f"{V3}/apikeys", json=[OTHER])
    edge.get(f"{V3}/apikeys/3", json=OURS | {"privileges": PRIVILEGES})
    edge.get(f"{V3}/apikeys/4", json=OTHER | {"privileges": []})
    edge.get(f"{V3}/grid/plugins", json=PLUGINS)

    def fail(path: str, status: int) -> None:
        edge.replace("GET", f"{V3}/{path}", json={"message": "no"}, status=status)

    return fail


def test_agents_departments_and_keys_are_read(desk, account):
    snapshot = desk.snapshot(now=NOW)

    agents = {a.id: a for a in snapshot.agents}
    assert agents["00054iwg"].role is AgentRole.OWNER
    assert agents["00054iwg"].two_factor is True
    assert agents["1pkaew79"].two_factor is False
    assert agents["1pkaew79"].password_changed == datetime(2025, 6, 1, 8, 0, tzinfo=UTC)
    assert agents["zz88xx11"].active is False
    assert [a.id for a in snapshot.agents if a.is_our_bot] == ["b0t00001"]
    assert snapshot.departments[0].agent_ids == {"1pkaew79"}
    assert snapshot.readable == snapshot.supported
    assert snapshot.errors == {}


def test_keys_are_described_without_the_key(desk, account):
    ours, other = desk.snapshot(now=NOW).api_keys

    assert (ours.id, ours.is_ours, ours.never_expires, ours.open_to_any_address) == (
        "3",
        True,
        False,
        False,
    )
    assert ours.privileges == {"ticket.read", "ticket.create"}
    assert (other.is_ours, other.never_expires, other.open_to_any_address) == (False, True, True)
    assert other.privileges == frozenset()
    assert "secret" not in repr((ours, other))


def test_agents_come_from_the_grid_when_one_bad_row_fails_the_list(desk, account, edge):
    account("agents", 500)
    row = {
        "agentid": "1pkaew79",
        "firstname": "Agent",
        "lastname": "One",
        "username": "one@acme.no",
        "roleid": "agent000",
        "twofa": "",
        "last_pswd_change": "",
        "userstatus": "A",
    }
    edge.get(f"{V3}/grid/agents", json=[row])

    snapshot = desk.snapshot(now=NOW)

    (agent,) = snapshot.agents
    assert (agent.name, agent.email, agent.active, agent.two_factor) == (
        "Agent One",
        "one@acme.no",
        True,
        None,
    )
    assert "agents.two_factor" in snapshot.readable
    assert "agents.role" not in snapshot.readable
    assert snapshot.errors == {"agents.role": "server_error"}


def test_agents_that_cannot_be_read_at_all_are_unknown_not_none(desk, account, edge):
    account("agents", 500)
    edge.get(f"{V3}/grid/agents", status=500)

    snapshot = desk.snapshot(now=NOW)

    assert "agents" in snapshot.supported - snapshot.readable
    assert snapshot.errors["agents"] == "server_error"


def _agents(count: int) -> list[dict]:
    return [{"id": f"a{n}", "status": "A", "twofactor_auth": "Y"} for n in range(count)]


def test_agents_that_may_be_just_the_first_are_unknown_not_all(desk, account, edge):
    edge.replace("GET", f"{V3}/agents", json=_agents(10))
    edge.get(f"{V3}/grid/agents", status=403)

    snapshot = desk.snapshot(now=NOW)

    assert snapshot.agents == ()
    assert "agents.two_factor" not in snapshot.readable
    assert snapshot.errors["agents.role"] == "broken_answer"


def test_departments_that_may_be_just_the_first_are_unknown_not_all(desk, account, edge):
    rows = [{"department_id": f"d{n}", "name": "General"} for n in range(20)]
    edge.replace("GET", f"{V3}/departments", json=rows)

    snapshot = desk.snapshot(now=NOW)

    assert snapshot.departments == ()
    assert snapshot.errors["departments"] == "broken_answer"


@pytest.mark.parametrize(
    ("path", "fact"),
    [
        ("agents", "agents"),
        ("departments", "departments.members"),
        ("apikeys", "api_keys"),
        ("apikeys/4", "api_keys.privileges"),
        ("grid/plugins", "plugins"),
    ],
)
def test_a_missing_right_leaves_the_other_parts_readable(desk, account, edge, path, fact):
    account(path, 403)

    snapshot = desk.snapshot(now=NOW)

    assert snapshot.errors[fact] == "forbidden"
    assert fact not in snapshot.readable
    assert len(snapshot.readable) >= 5


def test_plugins_are_named_and_what_is_not_told_of_them_is_unknown(desk, account):
    assert desk.snapshot(now=NOW).plugins == (
        Plugin("LaSearchAndReplace", "Search and replace", active=True),
        Plugin("LaAuditLog", "Audit log", active=False),
        Plugin("LaOther", "", active=None),
    )


def test_a_version_that_wants_a_purpose_leaves_plugins_unknown_and_the_rest_readable(desk, account):
    account("grid/plugins", 400)

    snapshot = desk.snapshot(now=NOW)

    assert snapshot.plugins == ()
    assert snapshot.supported - snapshot.readable == {"plugins"}
    assert snapshot.errors == {"plugins": "http_400"}


def test_plugins_that_are_refused_in_an_unforeseen_way_are_a_failure(desk, account, edge):
    edge.replace("GET", f"{V3}/grid/plugins", status=418)

    with pytest.raises(PermanentError):
        desk.snapshot(now=NOW)


def test_a_key_that_is_no_longer_accepted_is_no_snapshot(desk, account, edge):
    edge.replace("GET", f"{V3}/departments", json={"message": "ApiKey not found"}, status=403)

    with pytest.raises(AuthExpired):
        desk.snapshot(now=NOW)
