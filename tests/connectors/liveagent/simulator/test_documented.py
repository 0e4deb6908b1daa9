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
