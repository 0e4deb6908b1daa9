from __future__ import annotations

import pytest

from integration.core.errors import ApiContractChanged, EgressRefused, HelpdeskUnavailable
from integration.core.surfaces import SurfaceKind

V3 = "https://acme.ladesk.com/api/v3"


@pytest.fixture
def ticket(edge, fixture):
    edge.get(f"{V3}/tickets/k6citev3", json=fixture("ticket.json"))


def test_a_list_without_an_end_is_left_and_said_to_be_incomplete(desk, edge, ticket, monkeypatch):
    monkeypatch.setattr("connectors.liveagent.paging.MAX_PAGES", 3)
    monkeypatch.setattr("connectors.liveagent.paging.PER_PAGE", 1)
    for n in range(3):
        edge.get(f"{V3}/tickets/k6citev3/messages", json=[{"id": f"g{n}", "type": "3"}])

    assert not desk.fetch("k6citev3").complete
    assert desk.client.calls == 4


def test_a_cursor_that_stays_the_same_ends_no_list(desk, edge):
    row = {"id": 1, "key": "k"}
    edge.get(f"{V3}/apikeys", json=[row], headers={"next_page_cursor": "same"})

    with pytest.raises(HelpdeskUnavailable, match="apikeys was not read to its end"):
        list(desk.client.api_keys())
    assert edge.calls[1].request.params["_cursor"] == "same"


def test_cursors_without_an_end_are_left_and_the_list_is_unknown(desk, edge, monkeypatch):
    monkeypatch.setattr("connectors.liveagent.paging.MAX_PAGES", 2)
    for cursor in ("a", "b"):
        edge.get(f"{V3}/apikeys", json=[{"id": 1}], headers={"next_page_cursor": cursor})

    with pytest.raises(HelpdeskUnavailable):
        list(desk.client.api_keys())


@pytest.mark.parametrize(
    "fields", [{"owner_contactid": "a1b2c3d4"}, {"departmentid": "x", "subject": "y"}, {}]
)
def test_the_client_itself_refuses_what_the_guard_refuses(desk, fields):
    with pytest.raises(EgressRefused):
        desk.client.update_ticket("k6citev3", fields)
    assert desk.client.calls == 0


@pytest.mark.parametrize(
    ("missing", "named"), [("id", "id"), ("status", "status")], ids=["id", "status"]
)
def test_a_ticket_without_what_we_need_is_a_changed_contract(desk, edge, fixture, missing, named):
    row = fixture("ticket.json")
    del row[missing]
    edge.get(f"{V3}/tickets/k6citev3", json=row)

    with pytest.raises(ApiContractChanged, match=f"unexpected Ticket: {named}$"):
        desk.fetch("k6citev3")


def test_null_for_what_is_usually_left_out_is_the_same_as_leaving_it_out(desk, edge, fixture):
    kept = {"id", "status"}
    row = {name: value if name in kept else None for name, value in fixture("ticket.json").items()}
    edge.get(f"{V3}/tickets/k6citev3", json=row)

    view = desk.fetch("k6citev3", only=frozenset({SurfaceKind.SUBJECT}))

    assert view.ticket.tags == frozenset()
    assert view.surface("subject").content.text == ""
