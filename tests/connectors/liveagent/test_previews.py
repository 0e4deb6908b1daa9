"""The preview of a ticket, which lists show: proved to be readable, then read after each write."""

from __future__ import annotations

import pytest

from connectors.liveagent.connector import LiveAgent
from connectors.liveagent.matrix import PREVIEW_RESIDUE, capabilities
from connectors.liveagent.previews import PREVIEW_FOLLOWS, PREVIEWS, are_readable
from integration.core.surfaces import SurfaceKind

CARD = "4111 1111 1111 1111"
V3 = "https://acme.ladesk.com/api/v3"
PREVIEW = frozenset({SurfaceKind.PREVIEW})


@pytest.fixture
def desk(connect) -> LiveAgent:
    return connect({PREVIEWS: True})


def test_it_is_readable_where_the_list_heeds_an_id(account, connect):
    account.customer_writes(subject="Hei", text="Hvor er pakken?")
    account.customer_writes(subject="Hei", text="Og min?")
    assert connect({}).probe()[PREVIEWS] is True


def test_what_was_known_before_the_self_test_is_known_after_it(connect):
    """The scratch ticket is the first that lists show: the test could not read its preview."""
    assert connect({PREVIEWS: False}).probe()[PREVIEWS] is False


@pytest.mark.parametrize(
    "answer",
    [
        {"json": [{"conversationid": "t1", "preview": "Hei"}]},
        {"json": [{"conversationid": "t1"}]},
        {"json": []},
        {"status": 403},
        {"status": 500},
    ],
    ids=["filter ignored", "no preview", "no ticket", "forbidden", "fails"],
)
def test_it_is_not_where_the_list_cannot_be_relied_on(make, edge, answer):
    edge.get(f"{V3}/grid/tickets", **answer)
    assert are_readable(make({}).client) is False


def test_it_is_read_only_when_asked_for(account, desk):
    ticket = account.customer_writes(subject="Hei", text=f"Kortet er {CARD}")
    whole = desk.fetch(ticket)
    assert not [s for s in whole.surfaces if s.kind is SurfaceKind.PREVIEW]
    (preview,) = desk.fetch(ticket, only=PREVIEW).surfaces
    assert preview.content.text == f"Kortet er {CARD}"


def test_a_ticket_that_lists_do_not_show_has_none(make, edge, fixture):
    edge.get(f"{V3}/tickets/k6citev3", json=fixture("ticket.json") | {"tags": []})
    edge.get(f"{V3}/grid/tickets", json=[{"conversationid": "another", "preview": CARD}])
    desk = make({"timezone": "", "tags": {}, PREVIEWS: True})
    assert desk.fetch("k6citev3", only=PREVIEW).surfaces == ()


@pytest.mark.parametrize(
    ("facts", "declared", "residue"),
    [
        ({}, False, True),
        ({PREVIEWS: False}, False, True),
        ({PREVIEWS: True}, True, False),
        ({PREVIEWS: True, PREVIEW_FOLLOWS: False}, True, False),
        ({PREVIEWS: True, PREVIEW_FOLLOWS: True}, False, True),
    ],
    ids=["unknown", "not readable", "readable", "keeps the text", "follows"],
)
def test_what_is_known_of_it_decides_whether_it_is_read(facts, declared, residue):
    matrix = capabilities(facts)
    assert (SurfaceKind.PREVIEW in matrix.by_kind) is declared
    assert (PREVIEW_RESIDUE in matrix.standing_residue) is residue
