from __future__ import annotations

import pytest
import requests

from connectors.liveagent.simulator import create
from connectors.simulation.faults import Fault


@pytest.fixture
def control(simulator):
    client = simulator.app.test_client()
    headers = {"X-Simulator-Token": simulator.credentials()["admin_token"]}

    def call(method, path, body=None):
        return client.open(f"/_simulator{path}", method=method, json=body, headers=headers)

    return call


def test_only_the_token_opens_the_control_routes(simulator):
    client = simulator.app.test_client()
    assert client.get("/_simulator/switches").status_code == 403
    keys = simulator.credentials()
    wrong = {"X-Simulator-Token": keys["v3_key"], "apikey": keys["v3_key"]}
    assert client.get("/_simulator/switches", headers=wrong).status_code == 403


def test_switches_are_read_and_set(simulator, control):
    answer = control("PUT", "/switches", {"message_delete": "soft", "latency_ms": 0})
    assert answer.get_json()["message_delete"] == "soft"
    assert control("GET", "/switches").get_json() == simulator.switches.as_dict()


@pytest.mark.parametrize(
    "changes", [{"message_delete": "x"}, {"nothing": True}, {"latency_ms": "1"}, {"tz": 1}]
)
def test_switches_that_do_not_fit_change_nothing(simulator, control, changes):
    before = simulator.switches.as_dict()
    assert control("PUT", "/switches", {"emit_206": True, **changes}).status_code == 400
    assert simulator.switches.as_dict() == before


def test_a_fault_is_queued_and_forgotten(api, control):
    control("POST", "/faults", {"status": 503, "times": 9})
    assert api.call("GET", "/ping").status_code == 503
    control("DELETE", "/faults")
    assert api.call("GET", "/ping").status_code == 200
    assert control("POST", "/faults", {"kind": "earthquake"}).status_code == 400


def test_a_failed_create_may_have_taken_effect(simulator, api):
    simulator.fail_next(500, path="/tickets", method="POST", after=True)
    body = {
        "useridentifier": "bot@customer.example",
        "subject": "Once",
        "departmentid": "default",
        "recipient": "support@acme.example",
        "message": "m",
    }
    assert api.post("/tickets", body).status_code == 500
    assert [t["subject"] for t in api.get("/tickets")] == ["Once"]


def test_an_injected_error_speaks_as_the_helpdesk_does(simulator, api, v1):
    simulator.fail_next(503, times=2)
    assert api.call("GET", "/ping").get_json() == {"message": "Service Unavailable"}
    assert v1("GET", "/departments").get_json()["response"]["statuscode"] == 503
    simulator.add_fault(Fault(status=429, retry_after="7"))
    assert api.call("GET", "/ping").headers["Retry-After"] == "7"


def test_the_requests_that_were_let_in_can_be_counted(simulator, api, v1):
    api.call("GET", "/ping")
    api.call("GET", "/ping", headers={})
    v1("GET", "/departments")
    calls = [(call.api, call.method, call.path) for call in simulator.api_calls()]
    assert calls == [("v3", "GET", "/api/v3/ping"), ("v1", "GET", "/api/departments")]


def test_people_act_over_the_control_routes(api, control):
    made = control("POST", "/people/customer_writes", {"subject": "Hei", "text": "Hello"})
    ticket_id = made.get_json()["id"]
    control("POST", "/people/agent_notes", {"ticket_id": ticket_id, "text": "note"})
    assert api.texts(ticket_id) == ["Hei", "Hello", "note"]
    assert control("POST", "/people/stop", {}).status_code == 400
    assert (
        control("POST", "/people/agent_notes", {"ticket_id": "x", "text": "y"}).status_code == 400
    )
    assert control("POST", "/people/open_chat", []).status_code == 400


def test_files_and_times_travel_as_json(simulator, api, control):
    given = {
        "subject": "Hei",
        "text": "Hello",
        "files": [["a.txt", "text/plain", "inside"]],
        "at": "2026-03-01T12:00:00+00:00",
    }
    ticket_id = control("POST", "/people/customer_writes", given).get_json()["id"]
    assert api.get(f"/tickets/{ticket_id}")["date_created"] == "2026-03-01 13:00:00"
    assert [f.content for f in simulator.store.files.values()] == [b"inside"]


def test_rules_are_made_over_the_control_routes(simulator, control):
    rule = {
        "name": "tag them",
        "trigger": "ticket created",
        "conditions": [["department", "is", "default"]],
        "actions": [{"action": "add_tag", "tag_id": "r3f1"}],
    }
    assert control("POST", "/rules", rule).status_code == 200
    ticket_id = simulator.customer_writes("Hei", "Hei")
    assert simulator.store.tickets[ticket_id].tags == ["r3f1"]
    bad = rule | {"conditions": [["colour", "is", "red"]]}
    assert control("POST", "/rules", bad).status_code == 400


def test_what_is_stored_and_seen_can_be_read(simulator, control):
    simulator.customer_writes("Hei", "Hello")
    stored = control("GET", "/stored").get_json()
    assert "Hei" in [text for place, text in stored if place.endswith("/subject")]
    assert [t for p, t in control("GET", "/visible").get_json() if "/message/502" in p] == ["Hello"]


def test_the_mails_about_a_ticket_are_counted(simulator, control):
    simulator.set_switches(agent_mails="off")
    ticket_id, quiet = (simulator.customer_writes("Hei", "Hello") for _ in range(2))
    simulator.agent_replies(ticket_id, "the answer")
    code = simulator.store.tickets[ticket_id].code
    assert control("GET", f"/tickets/{ticket_id}").get_json() == {"code": code, "mails": 1}
    assert control("GET", f"/tickets/{quiet}").get_json()["mails"] == 0


def test_the_outbox_is_stored_but_not_on_the_ticket(simulator):
    ticket_id = simulator.customer_writes("Hei", "Hello")
    simulator.agent_replies(ticket_id, "the answer")
    stored = {
        place.split("/")[0] for place, text in simulator.stored_texts() if text == "the answer"
    }
    visible = {
        place.split("/")[0] for place, text in simulator.visible_texts() if text == "the answer"
    }
    assert (stored, visible) == ({"ticket", "outbox"}, {"ticket"})


def test_files_and_contacts_are_among_the_stored_texts(simulator, api):
    ticket_id = simulator.customer_writes("Hei", "x", files=[("name.txt", "text/plain", b"inside")])
    contact = simulator.store.tickets[ticket_id].owner_id
    api.call("PATCH", f"/contacts/{contact}", json={"note": "about", "phones": ["12"]})
    texts = dict(simulator.stored_texts())
    assert {"name.txt", "inside", "about", '["12"]'} <= set(texts.values())


def test_the_same_seed_and_clock_make_the_same_account(clock):
    def account(seed):
        made = create(seed=seed, now=clock)
        made.seed_tickets(20)
        return made.credentials(), made.stored_texts()

    assert account(1) == account(1)
    assert account(1) != account(2)


def test_seeded_tickets_lie_in_the_past_and_oldest_come_first(simulator, api):
    made = simulator.seed_tickets(12)
    listed = api.get("/tickets", _perPage=50)
    assert [ticket["id"] for ticket in listed] == made
    assert listed[0]["date_created"] < listed[-1]["date_created"] < "2026-04-01"
    assert simulator.seed_tickets(0) == []


def test_it_serves_over_a_socket(clock):
    made = create(now=clock)
    url = made.start()
    assert made.credentials()["url"] == url
    with requests.Session() as session:
        key = made.credentials()["v3_key"]
        answer = session.get(f"{url}/api/v3/ping", headers={"apikey": key}, timeout=5)
        assert (answer.status_code, answer.json()) == (200, {})
    made.stop()
    made.wait()
