from __future__ import annotations

import json

import pytest

NEW = {
    "useridentifier": "compliance-bot@customer.example",
    "subject": "A finding",
    "departmentid": "c0mpl1an",
    "recipient": "support@acme.example",
    "message": "text",
    "do_not_send_mail": "Y",
    "use_template": "N",
}


def test_what_has_no_value_is_left_out(simulator, api):
    ticket = api.get(f"/tickets/{simulator.customer_writes('Hei', 'Hei')}")
    assert not {"agentid", "tags", "owner_name", "date_deleted", "custom_fields"} & ticket.keys()


def test_times_are_in_the_zone_of_the_account(simulator, api):
    ticket_id = simulator.customer_writes("Hei", "Hei")
    assert api.get(f"/tickets/{ticket_id}")["date_created"] == "2026-04-01 08:12:31"
    simulator.set_switches(tz="America/Los_Angeles")
    assert api.get(f"/tickets/{ticket_id}")["date_created"] == "2026-03-31 23:12:31"
    assert api.get("/settings", settingsNames="TIMEZONE")[0]["value"] == "Europe/Oslo"


def test_a_ticket_is_found_by_its_code(simulator, api):
    ticket_id = simulator.customer_writes("Hei", "Hei")
    code = api.get(f"/tickets/{ticket_id}")["code"]
    assert api.get(f"/tickets/{code}")["id"] == ticket_id


def test_a_visitor_writes_to_a_mail_account_only(api):
    answer = api.post("/tickets", NEW | {"recipient": "someone@customer.example"})
    assert answer.status_code == 400
    assert answer.get_json()["message"].startswith("Visitor user can only create conversation")


def test_a_ticket_without_mail_leaves_the_outbox_alone(simulator, api):
    assert api.post("/tickets", NEW).status_code == 200
    assert simulator.outbox() == ()


def test_a_ticket_by_an_agent_mails_the_customer(simulator, api):
    body = NEW | {"useridentifier": "1pkaew79", "recipient": "kari@customer.example"}
    assert api.post("/tickets", body | {"do_not_send_mail": "N"}).status_code == 200
    assert [(m.audience, m.to) for m in simulator.outbox()] == [
        ("customer", "kari@customer.example")
    ]


@pytest.mark.parametrize("missing", ["useridentifier", "subject", "departmentid", "message"])
def test_a_ticket_needs_its_required_fields(api, missing):
    body = {name: value for name, value in NEW.items() if name != missing}
    assert api.post("/tickets", body).status_code == 400


def test_an_update_changes_only_what_it_names(simulator, api):
    ticket_id = simulator.customer_writes("Hei", "Hei", custom_fields={"a": "1", "b": "2"})
    before = api.get(f"/tickets/{ticket_id}")
    api.put(f"/tickets/{ticket_id}", {"custom_fields": [{"code": "a", "value": "x"}]})
    after = api.get(f"/tickets/{ticket_id}")
    assert {f["code"]: f["value"] for f in after.pop("custom_fields")} == {"a": "x", "b": "2"}
    before.pop("custom_fields")
    assert after == before


def test_an_update_to_an_unknown_status_changes_nothing(simulator, api):
    ticket_id = simulator.customer_writes("Hei", "Hei")
    answer = api.put(f"/tickets/{ticket_id}", {"status": "?", "subject": "new"})
    assert answer.status_code == 400
    assert api.get(f"/tickets/{ticket_id}")["subject"] == "Hei"


@pytest.mark.parametrize(("kept", "title"), [(False, "clean"), (True, "dirty")])
def test_the_title_message_follows_the_subject_unless_it_is_kept(simulator, api, kept, title):
    simulator.set_switches(subject_message_kept=kept)
    ticket_id = simulator.customer_writes("dirty", "Hei")
    api.put(f"/tickets/{ticket_id}", {"subject": "clean"})
    assert api.get(f"/tickets/{ticket_id}")["subject"] == "clean"
    assert api.messages(ticket_id)[0]["message"] == title


def test_tags_are_replaced_unless_the_fault_drops_them(simulator, api):
    ticket_id = simulator.customer_writes("Hei", "Hei", tags=["vip"])
    simulator.set_switches(tags_put_drops=True)
    assert api.put(f"/tickets/{ticket_id}", {"tags": ["r3f1"]}).status_code == 200
    assert api.get(f"/tickets/{ticket_id}")["tags"] == ["x7f2"]
    simulator.set_switches(tags_put_drops=False)
    api.put(f"/tickets/{ticket_id}", {"tags": ["r3f1"]})
    assert api.get(f"/tickets/{ticket_id}")["tags"] == ["r3f1"]


def test_a_deleted_ticket_can_be_restored_until_it_is_purged(simulator, api, clock):
    ticket_id = simulator.customer_writes("Hei", "Hei")
    assert api.delete(f"/tickets/{ticket_id}").get_json() == {}
    assert api.get(f"/tickets/{ticket_id}")["status"] == "X"
    clock.forward(days=29)
    assert simulator.retention() == []
    api.put(f"/tickets/{ticket_id}", {"status": "C"})
    assert "date_deleted" not in api.get(f"/tickets/{ticket_id}")
    api.delete(f"/tickets/{ticket_id}")
    clock.forward(days=30)
    assert simulator.retention() == [ticket_id]
    assert api.call("GET", f"/tickets/{ticket_id}").status_code == 404
    assert not [place for place, _ in simulator.stored_texts() if ticket_id in place]


def test_a_customer_starts_the_clock_and_a_note_does_not(simulator, api):
    ticket_id = simulator.customer_writes("Hei", "Hei")
    assert api.get(f"/tickets/{ticket_id}")["date_due"] == "2026-04-01 16:12:31"
    simulator.agent_replies(ticket_id, "answer")
    simulator.agent_notes(ticket_id, "note")
    assert "date_due" not in api.get(f"/tickets/{ticket_id}")
    finding = api.post("/tickets", NEW).get_json()["id"]
    assert "date_due" not in api.get(f"/tickets/{finding}")


def test_the_history_tells_each_change_of_state(simulator, api, clock):
    ticket_id = simulator.customer_writes("Hei", "Hei")
    clock.forward(minutes=5)
    api.put(f"/tickets/{ticket_id}", {"status": "R"})
    first, second = api.get(f"/tickets/{ticket_id}/history")
    assert (first["status"], first["elapsed_time"], second["status"]) == ("N", "300", "R")


def test_pages_end_with_a_short_one(simulator, api):
    made = [simulator.customer_writes(f"{n}", "Hei") for n in range(5)]
    pages = [api.get("/tickets", _perPage=2, _page=page) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert sorted(t["id"] for page in pages for t in page) == sorted(made)
    assert len(api.get("/tickets", _from=1, _to=4, _page=9)) == 3


def test_a_page_with_more_may_answer_206(simulator, api):
    simulator.seed_tickets(3)
    simulator.set_switches(emit_206=True)
    assert api.call("GET", "/tickets?_perPage=2").status_code == 206
    assert api.call("GET", "/tickets?_perPage=3").status_code == 200


def test_a_cursor_leads_from_page_to_page_until_it_is_missing(api):
    first = api.call("GET", "/apikeys?_perPage=2")
    cursor = first.headers["next_page_cursor"]
    second = api.call("GET", f"/apikeys?_perPage=2&_cursor={cursor}")
    assert "next_page_cursor" not in second.headers
    assert [k["id"] for k in first.get_json() + second.get_json()] == [1, 2, 3]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"subject": "two"}, ["two"]),
        ([["date_changed", "D>=", "2026-04-01 09:12:31"]], ["two", "three"]),
        ([["date_changed", "D>", "2026-04-01 09:12:31"]], ["three"]),
        ([["subject", "LIKE", "t%"]], ["two", "three"]),
        ([["tags", "=", "x7f2"]], ["three"]),
        ([["status", "IN", "R,X"]], []),
    ],
    ids=["object", "from a date", "after a date", "like", "tag", "in"],
)
def test_filters_choose_tickets(simulator, api, clock, filters, expected):
    for subject, tags in (("one", []), ("two", []), ("three", ["vip"])):
        simulator.customer_writes(subject, "Hei", tags=tags)
        clock.forward(hours=1)
    found = api.get("/tickets", _filters=json.dumps(filters))
    assert [ticket["subject"] for ticket in found] == expected


@pytest.mark.parametrize(
    "filters",
    ["nonsense", '[["date_changed",">=","2026-01-01 00:00:00"]]', '[["colour","=","red"]]', "3"],
    ids=["no json", "plain operator on a date", "unknown column", "number"],
)
def test_filters_that_do_not_fit_are_refused(api, filters):
    answer = api.call("GET", "/tickets", query_string={"_filters": filters})
    assert answer.status_code == 400
    assert answer.get_json() == {"message": "Incorrect _filters parameter value"}


def test_tickets_are_sorted_as_asked(simulator, api, clock):
    for subject in ("b", "a", "c"):
        simulator.customer_writes(subject, "Hei")
        clock.forward(seconds=1)
    by_date = api.get("/tickets", _sortField="date_changed", _sortDir="DESC")
    assert [t["subject"] for t in by_date] == ["c", "a", "b"]


def test_a_file_is_downloaded_with_the_key_in_the_header(simulator, api):
    ticket_id = simulator.customer_writes("Hei", "Hei", files=[("k.pdf", "application/pdf", b"%")])
    rows = json.loads(next(m for m in api.messages(ticket_id) if m["type"] == "F")["message"])
    client = simulator.app.test_client()
    url = dict(rows[1:])["download_url"]
    assert client.get(url).status_code == 403
    assert client.get(url, headers=api.headers).data == b"%"
