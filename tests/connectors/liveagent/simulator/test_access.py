from __future__ import annotations

from datetime import datetime

import pytest

from connectors.liveagent.simulator.auth import allowed_from


def test_a_key_in_the_url_is_refused(simulator, api):
    key = simulator.credentials()["v3_key"]
    assert api.call("GET", f"/ping?apikey={key}").status_code == 403
    assert api.call("GET", "/ping", headers={}).status_code == 403


def test_a_key_without_the_privilege_is_refused(simulator, api):
    api.headers = {"apikey": simulator.store.api_keys[3].key}
    assert api.call("GET", "/agents").status_code == 403
    assert api.call("GET", "/tickets").status_code == 200


def test_a_key_that_may_not_read_all_sees_its_departments_only(simulator, api):
    own, other = (
        simulator.customer_writes("own", "x"),
        simulator.customer_writes("other", "x", department="ceb5937b"),
    )
    key = simulator.store.api_keys[1]
    key.user_id = "a4gent2k"
    key.scopes -= {"ticket.read_all"}
    assert [t["id"] for t in api.get("/tickets")] == [own]
    assert api.call("GET", f"/tickets/{other}").status_code == 403


def test_an_expired_key_is_unknown(api, clock):
    clock.forward(days=366)
    assert api.call("GET", "/ping").get_json() == {"message": "ApiKey not found"}


def test_a_key_works_only_from_its_addresses(simulator, api):
    simulator.store.api_keys[1].whitelist = "203.0.113.0/24"
    assert api.call("GET", "/ping").status_code == 403
    assert allowed_from("10.0.0.1, 127.0.0.0/8", "127.0.0.1")
    assert not allowed_from("", "127.0.0.1")


def test_a_key_has_180_requests_a_minute(simulator, api, clock):
    statuses = [api.call("GET", "/ping").status_code for _ in range(181)]
    assert statuses == [200] * 180 + [429]
    refused = api.call("GET", "/ping")
    assert refused.get_json() == {"message": "Too many requests"}
    assert "Retry-After" not in refused.headers
    clock.forward(seconds=60)
    assert api.call("GET", "/ping").status_code == 200


@pytest.mark.parametrize(
    ("form", "expected"),
    [("seconds", "61"), ("http_date", "Wed, 01 Apr 2026 06:13:32 GMT")],
)
def test_a_429_may_say_when_to_come_back(simulator, api, form, expected):
    simulator.set_switches(requests_per_minute=1, retry_after=form)
    api.call("GET", "/ping")
    assert api.call("GET", "/ping").headers["Retry-After"] == expected


def test_the_limit_can_be_switched_off(simulator, api):
    simulator.set_switches(requests_per_minute=0)
    assert {api.call("GET", "/ping").status_code for _ in range(200)} == {200}


@pytest.mark.parametrize(
    ("login", "change", "status"),
    [
        ("emma.dahl@acme.example", {}, 200),
        ("emma.dahl@acme.example", {"password": "wrong"}, 403),
        ("ola.moe@acme.example", {}, 424),
        ("ola.moe@acme.example", {"two_factor_token": "000000"}, 425),
        ("emma.dahl@acme.example", {"password": None}, 400),
    ],
    ids=["right", "wrong password", "second factor missing", "second factor wrong", "no password"],
)
def test_an_agent_logs_in_for_a_key(simulator, api, login, change, status):
    agent = simulator.store.agent(login)
    agent.password = agent.password or "given"
    body = {"login": login, "password": agent.password, **change}
    answer = api.call("POST", "/apikeys/_login", json=body, headers={})
    assert answer.status_code == status
    if status == 200:
        assert api.call("GET", "/ping", headers={"apikey": answer.get_json()["key"]}).json == {}


def test_logins_are_limited_by_the_hour(api):
    body = {"login": "nobody", "password": "x"}
    calls = [api.call("POST", "/apikeys/_login", json=body) for _ in range(11)]
    assert [c.status_code for c in calls] == [403] * 10 + [429]


def test_the_agents_list_may_fail_while_the_grid_works(simulator, api):
    simulator.set_switches(agents_500=True)
    answer = api.call("GET", "/agents")
    assert answer.status_code == 500
    assert answer.get_json() == {"message": "Internal server error: Row does not exist"}
    assert len(api.get("/grid/agents", _perPage=100)) == 9


def test_the_account_has_something_for_an_access_review_to_find(simulator, api):
    agents = {a["id"]: a for a in api.get("/agents", _perPage=100)}
    admins = [a for a in agents.values() if a["role"] in {"owner", "admin"}]
    assert {a["twofactor_auth"] for a in admins} == {"Y", "N"}
    gone = {a["id"] for a in agents.values() if a["status"] == "X"}
    members = {m for d in api.get("/departments") for m in d["agent_ids"]}
    owners = {k["userid"] for k in api.get("/apikeys")}
    assert gone & members
    assert gone & owners
    keys = api.get("/apikeys")
    assert {k["whitelist"] for k in keys} >= {"*"}
    assert "" in {k["valid_to_date"] for k in keys}
    assert any(a["email"].endswith("@gmail.com") for a in agents.values())
    stale = [a for a in agents.values() if a["last_pswd_change"] < "2026-01-01"]
    assert datetime.fromisoformat(stale[0]["last_pswd_change"])


def test_the_credentials_suffice_for_a_ticket_that_mails_nobody(simulator, api):
    given = simulator.credentials()
    body = {
        "useridentifier": given["contact_email"],
        "recipient": given["mail_account"],
        "departmentid": given["compliance_department"],
        "subject": "s",
        "message": "m",
        "do_not_send_mail": "Y",
    }
    ticket_id = api.post("/tickets", body).get_json()["id"]
    assert api.messages(ticket_id)[1]["userid"] not in simulator.store.agents
    assert simulator.outbox() == ()
    assert simulator.store.agent(given["bot_user"]).email == given["bot_email"]
