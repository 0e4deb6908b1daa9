"""Filters, paging and bodies are taken as the vendor documents them."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def ticket(simulator):
    """The ids of one ticket, its first message and its customer."""
    ticket_id = simulator.customer_writes("Hei", "Hei")
    stored = simulator.store.tickets[ticket_id]
    message = stored.groups[0].messages[0].id
    return {"ticket": ticket_id, "message": message, "contact": stored.owner_id}


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ([["status", "E", "N"]], 2),
        ([["status", "NE", "N"]], 0),
        ([["status", "NI", "X,B"]], 2),
        ([["tags", "CY", "x7f2,r3f1"]], 1),
        ([["tags", "L", "x7f2,r3f1"]], 0),
        ([["tags", "E", "x7f2,r3f1"]], 0),
        ([["tags", "NI", "x7f2"]], 1),
        ([["tags", "IE", ""]], 1),
        ([["tags", "INE", ""]], 1),
        ([["subject", "E", "order"]], 1),
        ({"subject": "order"}, 1),
        ([["subject", "NL", "order"]], 1),
        ([["date_created", "D>", "2026-01-01 00:00:00"]], 2),
    ],
)
def test_tickets_are_filtered_with_the_documented_operators(simulator, admin_api, filters, count):
    simulator.customer_writes("My order is late", "Hei", tags=["vip"])
    simulator.customer_writes("Hello", "Hei")
    assert len(admin_api.get("/tickets", _filters=json.dumps(filters))) == count


@pytest.mark.parametrize(
    ("period", "count"),
    [("T", 1), ("Y", 1), ("L7D", 2), ("TW", 2), ("LW", 0), ("LWW", 0), ("L2W", 0), ("TM", 1),
     ("LM", 1), ("TY", 2), ("LY", 0), ("L30D", 2), ("L90D", 2)],
)  # fmt: skip
def test_tickets_of_a_named_range_of_days_are_found(simulator, clock, admin_api, period, count):
    clock.forward(days=-1)  # Tuesday, the last of March
    simulator.customer_writes("yesterday", "Hei")
    clock.forward(days=1)
    simulator.customer_writes("today", "Hei")
    filters = json.dumps([["date_created", "DP", period]])
    assert len(admin_api.get("/tickets", _filters=filters)) == count


def test_an_unknown_range_of_days_is_refused(admin_api):
    filters = json.dumps([["date_created", "DP", "soon"]])
    assert admin_api.call("GET", "/tickets", query_string={"_filters": filters}).status_code == 400


@pytest.mark.parametrize("word", ["late", "PARCEL", "7781", "kari@customer.example", "Nordmann"])
@pytest.mark.parametrize("asked", [{"search": "?"}, [["search", "L", "?"], ["status", "E", "N"]]])
def test_tickets_are_searched_by_owner_subject_text_and_fields(simulator, admin_api, word, asked):
    simulator.customer_writes("Hello", "Hei", email="ola@customer.example")
    simulator.customer_writes(
        "My order is late",
        "Where is the parcel?",
        email="kari@customer.example",
        name="Kari Nordmann",
        custom_fields={"order_id": "7781"},
    )
    filters = json.dumps(asked).replace("?", word)
    found = admin_api.get("/tickets", _filters=filters)
    assert [ticket["subject"] for ticket in found] == ["My order is late"]


def test_lists_without_paging_parameters_are_whole(admin_api):
    for number in range(20):
        admin_api.post("/tags", {"name": f"tag {number}"})
    assert len(admin_api.get("/grid/tags", _sortDir="DESC")) == 24
    assert len(admin_api.get("/tags")) == 24
    assert len(admin_api.get("/tags", _page=3, _perPage=10)) == 4


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", '/tickets?_filters=[[["a"],"=",1]]', None),
        ("GET", "/messages/{message}?subString_Start=a", None),
        ("GET", "/apikeys/1.5e400", None),
        ("PUT", "/tickets/{ticket}", {"tags": [["x7f2"]]}),
        ("PUT", "/tickets/{ticket}", {"subject": "\ud800"}),
        ("POST", "/apikeys", {"privileges": [5]}),
        ("POST", "/apikeys", {"whitelist": "everywhere"}),
        ("POST", "/apikeys", {"type": "Z"}),
        ("PATCH", "/contacts/{contact}", {"phones": "12"}),
        ("PATCH", "/contacts/{contact}", {"gender": "Q"}),
        ("PATCH", "/contacts/{contact}", {"latitude": "north"}),
        ("PATCH", "/contacts/{contact}", {"custom_fields": [{"code": 5}]}),
        ("POST", "/companies", {"name": "c", "type": "Z"}),
        ("POST", "/groups", {}),
        ("DELETE", "/companies/co000001", None),
        ("PUT", "/companies/co000001/_register", None),
        ("PUT", "/contacts/{contact}/_register", None),
        ("POST", "/filters", {"name": "f", "is_public": "yes"}),
        ("POST", "/bans", {"start_ip": "203.0.113.1", "date_valid": "soon"}),
        ("POST", "/predefined_answers", {"body": "no name"}),
        ("POST", "/predefined_answers", {"name": "n", "body": "b", "format": "Z"}),
        ("PUT", "/tags/x7f2", {"is_public": "maybe"}),
        ("PUT", "/agents/1pkaew79", {"role": "emperor"}),
    ],
)
def test_what_the_documented_types_do_not_allow_is_refused(ticket, admin_api, method, path, body):
    given = {"json": body} if body is not None else {}
    answer = admin_api.call(method, path.format(**ticket), **given)
    assert answer.status_code == 400
    assert set(answer.get_json()) == {"message"}
