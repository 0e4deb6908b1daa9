"""What a live account would refuse, or answer in a way that a client must survive."""

from __future__ import annotations

import json

import pytest

NEW = {
    "useridentifier": "bot@customer.example",
    "subject": "s",
    "departmentid": "default",
    "recipient": "support@acme.example",
    "message": "m",
}


@pytest.mark.parametrize(
    "change",
    [
        {"useridentifier": "support@acme.example"},
        {"useridentifier": "nobody00"},
        {"useridentifier": "1pkaew79"},
        {"departmentid": "nothere0"},
        {"status": "I"},
        {"tags": ["nope"]},
        {"tags": "x7f2"},
        {"custom_fields": {"a": "b"}},
        {"custom_fields": [{"code": "a", "value": 1}]},
        {"do_not_send_mail": "yes"},
        {"message": 5},
    ],
    ids="-".join,
)
def test_a_ticket_that_does_not_fit_is_not_created(simulator, api, change):
    assert api.post("/tickets", NEW | change).status_code == 400
    assert simulator.store.tickets == {}


def test_an_unknown_attachment_is_not_found(simulator, api):
    assert api.post("/tickets", NEW | {"attachments": "nothere0"}).status_code == 404
    stored = simulator.desk.store_file("a.txt", "text/plain", b"a")
    ticket_id = api.post("/tickets", NEW | {"attachments": stored.id}).get_json()["id"]
    assert [m["type"] for m in api.messages(ticket_id)] == ["T", "M", "F"]


def test_a_ticket_that_may_send_mail_is_acknowledged_where_that_is_on(simulator, api):
    simulator.set_switches(auto_reply=True, agent_mails="off")
    api.post("/tickets", NEW | {"use_template": "N"})
    assert simulator.outbox() == ()
    api.post("/tickets", NEW)
    assert [(m.cause, m.to) for m in simulator.outbox()] == [("auto reply", "bot@customer.example")]


def test_copies_are_mailed_unless_no_mail_is_wanted(simulator, api):
    simulator.set_switches(agent_mails="off")
    copied = NEW | {
        "carbon_copies": "a@x.example, b@x.example",
        "blind_carbon_copies": "c@x.example",
    }
    api.post("/tickets", copied | {"do_not_send_mail": "Y"})
    assert simulator.outbox() == ()
    api.post("/tickets", copied)
    assert [m.to[0] for m in simulator.outbox()] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"status": "L"}, 400),
        ({"departmentid": "nothere0"}, 400),
        ({"agentid": "zz88xx11"}, 404),
        ({"owner_contactid": "nothere0"}, 404),
        ({"subject": 1}, 400),
    ],
    ids=["closed", "department", "deleted agent", "owner", "subject"],
)
def test_an_update_that_does_not_fit_is_refused(simulator, api, change, status):
    ticket_id = simulator.customer_writes("Hei", "Hei")
    assert api.put(f"/tickets/{ticket_id}", change).status_code == status


def test_an_update_hands_over_to_a_department_and_an_agent(simulator, api):
    ticket_id = simulator.customer_writes("Hei", "Hei")
    api.put(f"/tickets/{ticket_id}", {"departmentid": "ceb5937b", "agentid": "1pkaew79"})
    ticket = api.get(f"/tickets/{ticket_id}")
    assert (ticket["departmentid"], ticket["agentid"]) == ("ceb5937b", "1pkaew79")


@pytest.mark.parametrize("body", ["{", "[1]", '"x"'], ids=["broken", "list", "text"])
def test_a_body_that_is_no_object_is_refused(api, body):
    headers = api.headers | {"Content-Type": "application/json"}
    assert api.call("POST", "/tickets", data=body, headers=headers).status_code == 400
    assert api.call("POST", "/apikeys/_login", data=body, headers=headers).status_code == 400


@pytest.mark.parametrize(
    "query",
    ["_sortField=colour", "_sortDir=UP", "_perPage=x", "_from=x"],
)
def test_list_parameters_that_do_not_fit_are_refused(api, query):
    assert api.call("GET", f"/tickets?{query}").status_code == 400


@pytest.mark.parametrize("cursor", ["%%%", "bm9wZQ==", "e30="], ids=["noise", "no json", "empty"])
def test_a_cursor_that_is_not_ours_is_refused(api, cursor):
    assert api.call("GET", "/grid/agents", query_string={"_cursor": cursor}).status_code == 400


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ([["datecreated", ">", 0]], 1),
        ([["datecreated", ">", "0"]], 1),
        ([["agentid", "!=", "x"]], 1),
        ([["agentid", "=", "x"]], 0),
        ([["status", "IN", ["N", "C"]]], 1),
    ],
    ids=["number", "text for a number", "missing differs", "missing is not", "list"],
)
def test_grid_filters_compare_numbers_lists_and_what_is_missing(simulator, api, filters, count):
    simulator.customer_writes("Hei", "Hei")
    assert api.get("/grid/tickets/count", _filters=json.dumps(filters)) == {"count": count}


@pytest.mark.parametrize(
    "filters",
    ['[["datecreated",">","x"]]', '[["a"]]', '[["status","~","N"]]', '[["status",1,"N"]]'],
    ids=["no number", "no triple", "no operator", "operator is a number"],
)
def test_grid_filters_that_do_not_fit_are_refused(simulator, api, filters):
    simulator.customer_writes("Hei", "Hei")
    answer = api.call("GET", "/grid/tickets", query_string={"_filters": filters})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/agents/nothere0", None, 404),
        ("GET", "/users/nothere0", None, 404),
        ("GET", "/departments/default/nothere0", None, 404),
        ("GET", "/settings?settingsNames=PASSWORDS", None, 400),
        ("GET", "/apikeys/x", None, 400),
        ("GET", "/api/info/v2", None, 404),
        ("POST", "/apikeys", {"valid_to_date": "soon"}, 400),
        ("POST", "/apikeys", {"privileges": [{"object": "moon", "privileges": ["read"]}]}, 400),
        ("POST", "/apikeys", {"privileges": "all"}, 400),
        ("POST", "/tags", {"name": "vip"}, 400),
        ("DELETE", "/contacts/{contact}", None, 400),
        ("POST", "/contacts", {"emails": ["kari@customer.example"]}, 400),
        ("POST", "/files", None, 400),
        ("PUT", "/tickets/{ticket}/postpone", {"date_time": "tomorrow"}, 400),
        ("GET", "/tickets/{ticket}/attributes/none", None, 404),
        ("GET", "/bans/x", None, 400),
        ("POST", "/bans", {"start_ip": "no"}, 400),
        ("PUT", "/bans/_exclude?ipAddress=no", None, 400),
        ("PUT", "/bans/_exclude?ipAddress=203.0.113.9", None, 404),
    ],
)
def test_what_does_not_exist_or_fit_is_refused(simulator, admin_api, method, path, body, status):
    ticket_id = simulator.customer_writes("Hei", "Hei", "kari@customer.example")
    contact = simulator.store.tickets[ticket_id].owner_id
    given = {"json": body} if body else {}
    answer = admin_api.call(method, path.format(ticket=ticket_id, contact=contact), **given)
    assert answer.status_code == status
    assert set(answer.get_json()) == {"message"}


def test_a_duplicate_contact_is_named_in_the_refusal(simulator, admin_api):
    ticket_id = simulator.customer_writes("Hei", "Hei", "kari@customer.example")
    owner = simulator.store.tickets[ticket_id].owner_id
    answer = admin_api.post("/contacts", {"emails": ["kari@customer.example"]})
    assert answer.get_json()["message"].endswith(f"already exist. Id: {owner}")


def test_a_contact_is_deleted_with_its_tickets_or_without(simulator, admin_api):
    kept = simulator.customer_writes("Hei", "Hei", "kari@customer.example", name="Kari Nordmann")
    gone = simulator.customer_writes("Hei", "Hei", "per@customer.example", name="Per Nordmann")
    for ticket_id, with_tickets in ((kept, False), (gone, True)):
        contact = simulator.store.tickets[ticket_id].owner_id
        admin_api.delete(f"/contacts/{contact}?deleteTickets={with_tickets}")
        assert admin_api.call("GET", f"/contacts/{contact}").status_code == 404
    assert simulator.store.tickets[kept].status == "N"
    assert simulator.store.tickets[gone].status == "X"
    assert admin_api.get("/contacts") == []


def test_a_key_is_made_with_an_end_and_few_privileges(admin_api):
    body = {
        "name": "reader",
        "valid_to_date": "2026-04-02 00:00:00",
        "privileges": [{"object": "tag", "privileges": ["read"]}],
    }
    made = admin_api.post("/apikeys", body).get_json()
    assert made["valid_to_date"] == "2026-04-02 00:00:00"
    admin_api.headers = {"apikey": made["key"]}
    assert admin_api.call("GET", "/tags").status_code == 200
    assert admin_api.call("GET", "/agents").status_code == 403


def test_empty_values_may_come_as_null(simulator, api):
    simulator.set_switches(omit_empty=False)
    ticket = api.get(f"/tickets/{simulator.customer_writes('Hei', 'Hei')}")
    assert (ticket["agentid"], ticket["tags"]) == (None, [])


def test_a_ticket_goes_back_to_the_status_it_had(simulator, api):
    ticket_id = simulator.customer_writes("Hei", "Hei")
    simulator.agent_replies(ticket_id, "answer")
    api.delete(f"/tickets/{ticket_id}")
    simulator.desk.restore(simulator.store.tickets[ticket_id], "00054iwg")
    assert api.get(f"/tickets/{ticket_id}")["status"] == "A"


def test_people_that_do_not_exist_cannot_act(simulator):
    ticket_id = simulator.customer_writes("Hei", "Hei")
    with pytest.raises(KeyError, match="no such active agent"):
        simulator.agent_notes(ticket_id, "x", agent="zz88xx11")


@pytest.mark.parametrize(
    ("method", "path", "form", "status"),
    [
        ("GET", "/conversations/{id}", {}, 200),
        ("GET", "/conversations/{id}/messages", {}, 200),
        ("GET", "/conversations/{id}/tags", {}, 200),
        ("PUT", "/conversations/{id}/attendants", {"departmentid": "ceb5937b"}, 200),
        ("PUT", "/conversations/{id}/attendants", {"departmentid": "x"}, 404),
        ("PUT", "/conversations/{id}/status", {"status": "?"}, 500),
        ("POST", "/conversations/{id}/messages", {"message": "m", "type": "X"}, 500),
        ("DELETE", "/conversations/{id}", {}, 200),
        ("GET", "/conversations?limit=x", {}, 500),
        ("GET", "/conversations?datechanged=near:2026", {}, 500),
        ("GET", "/agents", {}, 200),
        ("GET", "/agents/ola.moe@acme.example", {}, 200),
        ("GET", "/departments", {}, 200),
        ("GET", "/application/status", {}, 200),
    ],
)
def test_the_older_api_answers_in_its_envelope(simulator, v1, method, path, form, status):
    ticket_id = simulator.customer_writes("Hei", "Hei")
    answer = v1(method, path.format(id=ticket_id), **form)
    assert answer.status_code == status
    assert set(answer.get_json()) == {"response"}


def test_a_reply_of_the_older_api_can_be_kept_from_the_customer(simulator, v1):
    ticket_id = simulator.customer_writes("Hei", "Hei")
    before = simulator.outbox()
    v1(
        "POST",
        f"/conversations/{ticket_id}/messages",
        message="<b>m</b>",
        is_html_message="Y",
        do_not_send_mail="Y",
        useridentifier="1pkaew79",
    )
    assert simulator.outbox() == before
    assert simulator.store.tickets[ticket_id].groups[-1].messages[0].format == "H"
