"""A hold names tags as people write them, so a ticket carries the names of its tags too."""

from __future__ import annotations

import pytest

from integration.core.errors import HelpdeskUnavailable

V3 = "https://acme.ladesk.com/api/v3"
VIP, DISPUTE = {"id": "x7f2", "name": "vip"}, {"id": "d1sp", "name": "dispute", "is_archived": "Y"}


@pytest.fixture
def tagged(edge, fixture):
    """A ticket with these tag ids."""

    def tagged(*tags):
        edge.upsert("GET", f"{V3}/tickets/k6citev3", json=fixture("ticket.json") | {"tags": tags})
        edge.upsert("GET", f"{V3}/tickets/k6citev3/messages", json=[])

    return tagged


def test_a_known_tag_costs_no_call(make, tagged):
    tagged("x7f2")
    desk = make({"timezone": "", "tags": {"x7f2": "vip"}})
    assert desk.fetch("k6citev3").ticket.tags == {"x7f2", "vip"}
    assert desk.client.calls == 2


def test_a_ticket_without_tags_costs_no_call(make, tagged):
    tagged()
    desk = make({"timezone": ""})
    assert desk.fetch("k6citev3").ticket.tags == frozenset()
    assert desk.client.calls == 2


def test_a_tag_made_after_connecting_is_looked_up_once(make, edge, tagged):
    tagged("x7f2", "d1sp")
    edge.get(f"{V3}/tags", json=[VIP, DISPUTE])
    desk = make({"timezone": "", "tags": {"x7f2": "vip"}})
    for _ in range(3):
        assert desk.fetch("k6citev3").ticket.tags == {"x7f2", "vip", "d1sp", "dispute"}
    assert desk.client.calls == 7


def test_another_new_tag_is_looked_up_again(make, edge, tagged):
    desk = make({"timezone": "", "tags": {}})
    edge.get(f"{V3}/tags", json=[VIP])
    tagged("x7f2")
    desk.fetch("k6citev3")
    edge.replace("GET", f"{V3}/tags", json=[VIP, DISPUTE])
    tagged("x7f2", "d1sp")
    assert "dispute" in desk.fetch("k6citev3").ticket.tags


def test_a_tag_that_the_list_does_not_have_stands_by_its_id_and_is_asked_for_once(
    make, edge, tagged
):
    tagged("gone")
    edge.get(f"{V3}/tags", json=[VIP])
    desk = make({"timezone": ""})
    for _ in range(2):
        assert desk.fetch("k6citev3").ticket.tags == {"gone"}
    assert desk.client.calls == 5


@pytest.mark.parametrize("status", [403, 404])
def test_where_tags_cannot_be_read_there_are_ids_only(make, edge, tagged, status):
    tagged("x7f2")
    edge.get(f"{V3}/tags", status=status)
    assert make({"timezone": ""}).fetch("k6citev3").ticket.tags == {"x7f2"}


def test_where_connecting_showed_that_tags_cannot_be_read_nobody_asks(make, tagged):
    tagged("x7f2")
    desk = make({"timezone": "", "tags": None})
    assert desk.fetch("k6citev3").ticket.tags == {"x7f2"}
    assert desk.client.calls == 2


def test_an_outage_is_waited_for_rather_than_a_hold_missed(make, edge, fixture):
    edge.get(f"{V3}/tickets/k6citev3", json=fixture("ticket.json") | {"tags": ["x7f2"]})
    edge.get(f"{V3}/tags", status=503)
    with pytest.raises(HelpdeskUnavailable):
        make({"timezone": ""}).fetch("k6citev3")


def test_tags_that_may_be_just_the_first_are_waited_for_rather_than_a_hold_missed(
    make, edge, fixture
):
    edge.get(f"{V3}/tickets/k6citev3", json=fixture("ticket.json") | {"tags": ["d1sp"]})
    edge.get(f"{V3}/tags", json=[{"id": f"t{n}", "name": f"tag {n}"} for n in range(10)])
    with pytest.raises(HelpdeskUnavailable):
        make({"timezone": ""}).fetch("k6citev3")


@pytest.mark.parametrize(
    ("answer", "tags"),
    [({"json": [VIP]}, {"x7f2": "vip"}), ({"status": 403}, None)],
    ids=["readable", "forbidden"],
)
def test_connecting_keeps_the_tags_and_the_time_zone(make, edge, answer, tags):
    edge.get(f"{V3}/settings", json=[{"name": "TIMEZONE", "value": "Europe/Oslo"}])
    edge.get(f"{V3}/tags", **answer)
    edge.get("https://acme.ladesk.com/api/departments", json={"response": {"departments": []}})
    edge.get(f"{V3}/tickets", json=[])
    assert make({}).probe() == {
        "timezone": "Europe/Oslo",
        "tags": tags,
        "e_contains": False,
        "previews": False,
    }


def test_the_names_of_tags_are_read_as_they_are_now(make, edge):
    edge.get(f"{V3}/tags", json=[{"id": "x7f2", "name": "chargeback"}])
    desk = make({"timezone": "", "tags": {"x7f2": "vip"}})
    assert desk.tag_names() == {"x7f2": "chargeback"}
