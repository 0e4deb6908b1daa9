from __future__ import annotations

import pytest


@pytest.fixture
def ticket_id(simulator):
    return simulator.customer_writes("Hei", "Hei")


def test_a_note_is_written_and_mails_nobody(simulator, api, v1, ticket_id):
    before = simulator.outbox()
    answer = v1(
        "POST",
        f"/conversations/{ticket_id}/messages",
        type="N",
        message="checked",
        useridentifier="b0t00001",
    )
    assert answer.get_json() == {"response": {"status": "OK"}}
    note = api.messages(ticket_id)[-1]
    assert (note["type"], note["userid"], note["message"]) == ("N", "b0t00001", "checked")
    assert simulator.outbox() == before
    assert api.get(f"/tickets/{ticket_id}")["status"] == "N"


def test_a_reply_mails_the_customer(simulator, api, v1, ticket_id):
    path = f"/conversations/{ticket_id}/messages"
    v1("POST", path, message="hello", useridentifier="1pkaew79")
    last = simulator.outbox()[-1]
    assert (last.audience, last.body) == ("customer", "hello")
    assert api.get(f"/tickets/{ticket_id}")["status"] == "A"


def test_a_reply_without_a_valid_agent_becomes_a_note(simulator, api, v1, ticket_id):
    path = f"/conversations/{ticket_id}/messages"
    v1("POST", path, message="hello", type="M", useridentifier="zz88xx11")
    assert api.messages(ticket_id)[-1]["type"] == "N"


def test_the_body_may_be_empty(simulator, v1, ticket_id):
    simulator.set_switches(v1_empty_body=True)
    answer = v1("POST", f"/conversations/{ticket_id}/messages", message="x", type="N")
    assert (answer.status_code, answer.data) == (200, b"")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/conversations/{id}/messages", 500),
        ("GET", "/conversations/nothere0", 404),
        ("GET", "/nothing", 404),
    ],
)
def test_errors_have_the_older_body(v1, ticket_id, method, path, status):
    answer = v1(method, path.format(id=ticket_id))
    assert answer.status_code == status
    body = answer.get_json()["response"]
    assert (body["status"], body["statuscode"]) == ("ERROR", status)
    assert isinstance(body["errormessage"], str)


def test_each_api_refuses_the_key_of_the_other(simulator, api):
    client, keys = simulator.app.test_client(), simulator.credentials()
    wrong = client.get("/api/conversations", headers={"apikey": keys["v3_key"]})
    assert wrong.status_code == 403
    assert wrong.get_json()["response"]["errormessage"] == "ApiKey not found"
    other = api.call("GET", "/ping", headers={"apikey": keys["v1_key"]})
    assert (other.status_code, other.get_json()) == (403, {"message": "ApiKey not found"})
    assert client.get("/api/conversations", headers={"apikey": "?"}).status_code == 401


def test_conversations_are_listed_from_a_date_on(simulator, v1, clock, ticket_id):
    clock.forward(hours=1)
    later = simulator.customer_writes("Later", "Hei")
    client, key = simulator.app.test_client(), simulator.credentials()["v1_key"]
    rows = client.get(
        "/api/conversations?datechanged=gt:2026-04-01 08:30:00", headers={"apikey": key}
    ).get_json()["response"]["conversations"]
    assert [row["conversationid"] for row in rows] == [later]


def test_tags_and_status_can_be_changed(simulator, api, v1, ticket_id):
    v1("POST", f"/conversations/{ticket_id}/tags", name="vip")
    v1("PUT", f"/conversations/{ticket_id}/status", status="R")
    ticket = api.get(f"/tickets/{ticket_id}")
    assert (ticket["tags"], ticket["status"]) == (["x7f2"], "R")
    v1("DELETE", f"/conversations/{ticket_id}/tags/vip")
    assert "tags" not in api.get(f"/tickets/{ticket_id}")
