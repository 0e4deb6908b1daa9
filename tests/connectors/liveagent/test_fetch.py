from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from responses.matchers import header_matcher, query_param_matcher

from connectors.liveagent.setup import SPEC
from integration.core.errors import (
    ApiContractChanged,
    AuthExpired,
    Forbidden,
    HelpdeskUnavailable,
    NotFound,
)
from integration.core.models import TicketStatus
from integration.core.surfaces import Blob, Direction, Role, SurfaceKind, Text

V3 = "https://acme.ladesk.com/api/v3"
KEY = header_matcher({"apikey": "v3-0123456789abcdef"})
FIRST_PAGE = query_param_matcher({"includeQuotedMessages": "true", "_page": "1", "_perPage": "500"})


@pytest.fixture
def ticket(edge, fixture):
    edge.get(f"{V3}/tickets/k6citev3", json=fixture("ticket.json"), match=[KEY])


@pytest.fixture
def messages(edge, fixture):
    edge.get(
        f"{V3}/tickets/k6citev3/messages",
        json=fixture("messages.json"),
        match=[KEY, FIRST_PAGE],
        status=206,
    )


def test_a_whole_ticket_costs_two_calls(desk, edge, ticket, messages):
    view = desk.fetch("k6citev3")

    assert desk.calls == SPEC.calls_per_ticket == 2
    assert view.complete
    assert view.ticket.code == "OGE-KXVGJ-459"
    assert view.ticket.status is TicketStatus.OPEN
    assert view.ticket.tags == {"x7f2", "vip"}
    assert view.ticket.mark == "2026-04-01 08:14:02"
    assert view.ticket.created == datetime(2026, 4, 1, 6, 12, 31, tzinfo=UTC)
    assert view.ticket.url == "https://acme.ladesk.com/agent/#Conversation;id=k6citev3"


@pytest.mark.parametrize(
    ("served", "mark"),
    [("06:14:02", ""), ("06:14:03", ""), ("06:14:20", "2026-04-01 08:14:02")],
)
def test_a_ticket_bears_no_mark_while_the_second_of_its_last_change_may_run(
    desk, edge, fixture, messages, served, mark
):
    date = {"Date": f"Wed, 01 Apr 2026 {served} GMT"}
    edge.get(f"{V3}/tickets/k6citev3", json=fixture("ticket.json"), headers=date)

    assert desk.fetch("k6citev3").ticket.mark == mark


def test_every_place_where_text_can_hide_is_a_surface(desk, ticket, messages):
    view = desk.fetch("k6citev3")

    kinds = {s.id: s.kind for s in view.surfaces}
    assert kinds == {
        "subject": SurfaceKind.SUBJECT,
        "field:order_id": SurfaceKind.CUSTOM_FIELD,
        "field:comment": SurfaceKind.CUSTOM_FIELD,
        "contact:name": SurfaceKind.CONTACT_FIELD,
        "message:501": SurfaceKind.HISTORY,
        "message:502": SurfaceKind.MESSAGE,
        "file:503": SurfaceKind.FILE,
        "file_name:503": SurfaceKind.FILE_NAME,
        "message:504": SurfaceKind.QUOTED,
        "message:505": SurfaceKind.NOTE,
        "message:506": SurfaceKind.MESSAGE,
        "message:507": SurfaceKind.MESSAGE,
        "file:508": SurfaceKind.FILE,
        "message:509": SurfaceKind.MESSAGE,
    }


@pytest.mark.parametrize(
    ("surface", "role", "direction", "media_type"),
    [
        ("message:502", Role.REQUESTER, Direction.INBOUND, "text/html"),
        ("message:504", Role.REQUESTER, Direction.INBOUND, "text/plain"),
        ("message:505", Role.AGENT, Direction.INTERNAL, "text/plain"),
        ("message:506", Role.SYSTEM, Direction.INTERNAL, "text/plain"),
        ("message:507", Role.AGENT, Direction.OUTBOUND, "text/html"),
        ("message:509", Role.AGENT, Direction.OUTBOUND, "text/plain"),
    ],
)
def test_a_message_carries_who_wrote_it_and_which_way_it_went(
    desk, ticket, messages, surface, role, direction, media_type
):
    found = desk.fetch("k6citev3").surface(surface)

    assert (found.role, found.direction, found.content.media_type) == (role, direction, media_type)
    assert found.channel == "email"


def test_a_file_is_named_and_opened_only_when_it_is_asked_for(desk, edge, ticket, messages):
    view = desk.fetch("k6citev3")
    blob = view.surface("file:503").content

    assert view.surface("file_name:503").content == Text("kort.pdf")
    assert view.surface("file_name:503").parent == view.surface("message:502").parent == "g0000001"
    assert isinstance(blob, Blob)
    assert (blob.media_type, blob.size) == ("application/pdf", 20481)
    assert desk.client.calls == 2

    edge.get("https://acme.ladesk.com/scripts/file.php", body=b"%PDF", match=[KEY])
    assert blob.open().read() == b"%PDF"


def test_a_recording_is_named_but_cannot_be_opened(desk, ticket, messages):
    assert desk.fetch("k6citev3").surface("file:508").content == Blob("", "audio/*")


@pytest.mark.parametrize("kind", [SurfaceKind.SUBJECT, SurfaceKind.CUSTOM_FIELD])
def test_a_look_at_the_ticket_alone_costs_one_call(desk, ticket, kind):
    view = desk.fetch("k6citev3", only=frozenset({kind}))

    assert desk.client.calls == 1
    assert {s.kind for s in view.surfaces} == {kind}


def test_a_second_look_at_messages_costs_one_call_and_knows_the_ticket(desk, ticket, messages):
    desk.fetch("k6citev3")

    view = desk.fetch("k6citev3", only=frozenset({SurfaceKind.NOTE}))

    assert desk.client.calls == 3
    assert [s.id for s in view.surfaces] == ["message:505"]
    assert view.ticket.department == "default"
    assert view.ticket.mark == ""  # older than these messages: not the state that was seen


def test_a_first_look_at_messages_alone_still_reads_the_ticket(desk, ticket, messages):
    view = desk.fetch("k6citev3", only=frozenset({SurfaceKind.MESSAGE}))

    assert (desk.client.calls, view.ticket.code) == (2, "OGE-KXVGJ-459")


def test_the_time_zone_is_asked_for_once_when_no_fact_holds_it(make, edge, ticket, messages):
    desk = make(facts={"tags": None})
    edge.get(f"{V3}/settings", json=[{"name": "TIMEZONE", "value": "America/Phoenix"}])

    first, second = desk.fetch("k6citev3"), desk.fetch("k6citev3")

    assert desk.client.calls == 5
    assert first.ticket.created == second.ticket.created
    assert first.ticket.created == datetime(2026, 4, 1, 15, 12, 31, tzinfo=UTC)


@pytest.mark.parametrize("answer", [{"status": 403}, {"json": []}], ids=["forbidden", "empty"])
def test_without_a_known_time_zone_times_are_unknown_rather_than_wrong(
    make, edge, ticket, messages, answer
):
    edge.get(f"{V3}/settings", **answer)

    view = make(facts={"tags": None}).fetch("k6citev3")

    assert view.ticket.created is None
    assert all(s.created is None for s in view.surfaces)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("T", TicketStatus.LIVE),
        ("P", TicketStatus.LIVE),
        ("R", TicketStatus.CLOSED),
        ("X", TicketStatus.DELETED),
        ("B", TicketStatus.SPAM),
        ("next year's", TicketStatus.OPEN),
    ],
)
def test_a_status_becomes_a_neutral_one_and_an_unknown_one_is_open(
    desk, edge, fixture, status, expected
):
    edge.get(f"{V3}/tickets/k6citev3", json=fixture("ticket.json") | {"status": status})

    view = desk.fetch("k6citev3", only=frozenset({SurfaceKind.SUBJECT}))

    assert view.ticket.status is expected


def _groups(first: int, count: int) -> list[dict]:
    return [
        {"id": f"g{n}", "type": "3", "messages": [{"id": n, "type": "M", "message": "text"}]}
        for n in range(first, first + count)
    ]


def _pages(edge, *pages: list[dict]) -> None:
    for number, rows in enumerate(pages, start=1):
        edge.get(
            f"{V3}/tickets/k6citev3/messages",
            json=rows,
            match=[query_param_matcher({"_page": str(number)}, strict_match=False)],
        )


@pytest.mark.parametrize(
    ("pages", "surfaces", "complete"),
    [
        ([_groups(0, 500), _groups(500, 3)], 503, True),
        ([_groups(0, 500), []], 500, True),
        ([_groups(0, 100), _groups(100, 50), []], 150, True),
        ([_groups(0, 100), _groups(100, 50), _groups(100, 50)], 150, True),
        ([_groups(0, 37), _groups(0, 37)], 37, True),
        ([_groups(0, 100), _groups(0, 100)], 100, False),
        ([_groups(0, 10), []], 10, True),
        ([_groups(0, 10), _groups(0, 10)], 10, False),
        ([[]], 0, True),
    ],
    ids=[
        "more",
        "empty",
        "smaller_pages_than_asked_for",
        "last_page_repeated",
        "all_whatever_page",
        "first_page_whatever_page",
        "ten_and_no_more",
        "ten_of_unknown",
        "none",
    ],
)
def test_messages_are_read_to_their_end_or_said_to_be_incomplete(
    desk, edge, ticket, pages, surfaces, complete
):
    _pages(edge, *pages)

    view = desk.fetch("k6citev3")

    read = [s for s in view.surfaces if s.kind is SurfaceKind.MESSAGE]
    assert (len(read), view.complete) == (surfaces, complete)


def test_a_missing_ticket_is_not_found(desk, edge):
    edge.get(f"{V3}/tickets/k6citev3", json={"message": "Ticket not found"}, status=404)

    with pytest.raises(NotFound):
        desk.fetch("k6citev3")


@pytest.mark.parametrize(
    ("message", "error"), [("ApiKey not found", AuthExpired), ("Access denied", Forbidden)]
)
def test_a_wrong_key_is_told_from_a_missing_right(desk, edge, message, error):
    edge.get(f"{V3}/tickets/k6citev3", json={"message": message}, status=403)

    with pytest.raises(error):
        desk.fetch("k6citev3")


def test_a_missing_field_is_named_and_nothing_else_is(desk, edge, ticket):
    group = {"id": "g1", "type": "3", "messages": [{"type": "M", "message": "4111111111111111"}]}
    edge.get(f"{V3}/tickets/k6citev3/messages", json=[group])

    with pytest.raises(ApiContractChanged) as caught:
        desk.fetch("k6citev3")

    assert str(caught.value) == "LiveAgent: unexpected Group: 0.messages.0.id"
    assert caught.value.__context__ is None


@pytest.mark.parametrize("ticket_id", ["../apikeys", "a/b", "", "a?b=c", "{$conversation_id}"])
def test_only_an_id_reaches_a_path(desk, ticket_id):
    with pytest.raises(ApiContractChanged):
        desk.fetch(ticket_id)
    assert desk.client.calls == 0


def test_fields_without_a_plain_code_or_with_the_same_one_are_all_kept(desk, edge, fixture):
    fields = [
        {"code": "a", "value": "1"},
        {"code": "a", "value": 2},
        {"code": "4111 1111", "value": None},
    ]
    edge.get(f"{V3}/tickets/k6citev3", json=fixture("ticket.json") | {"custom_fields": fields})

    view = desk.fetch("k6citev3", only=frozenset({SurfaceKind.CUSTOM_FIELD}))

    assert [(s.id, s.content.text) for s in view.surfaces] == [
        ("field:a", "1"),
        ("field:#1", "2"),
        ("field:#2", ""),
    ]


def test_a_file_message_of_another_shape_is_looked_through_as_it_stands(desk, edge, ticket):
    message = {"id": "1", "type": "F", "message": "no rows 4111"}
    edge.get(
        f"{V3}/tickets/k6citev3/messages", json=[{"id": "g", "type": "3", "messages": [message]}]
    )

    view = desk.fetch("k6citev3")

    assert view.surface("file_name:1").content == Text("no rows 4111")
    assert view.surface("file:1") is None


FILE_ROWS = {
    "other_word": ([["filename", "card.txt"]], "card.txt"),
    "both_words": ([["name", "card.txt"], ["filename", "x"]], "card.txt"),
    "empty_name": ([["name", ""], ["filename", "card.txt"]], "card.txt"),
    "no_word_that_we_know": ([["title", "4111.txt"]], '[["name", "value"], ["title", "4111.txt"]]'),
}


@pytest.mark.parametrize(("rows", "name"), FILE_ROWS.values(), ids=FILE_ROWS)
def test_the_name_of_a_file_is_looked_through_by_whatever_word_it_is_given(
    desk, edge, ticket, rows, name
):
    message = {"id": "1", "type": "F", "message": json.dumps([["name", "value"], *rows])}
    edge.get(
        f"{V3}/tickets/k6citev3/messages", json=[{"id": "g", "type": "3", "messages": [message]}]
    )

    view = desk.fetch("k6citev3")

    assert view.surface("file_name:1").content == Text(name)
    assert view.surface("file:1").content.name == (name if name == "card.txt" else "")


def test_a_message_without_text_is_no_place(desk, edge, ticket):
    rows = [{"id": "g", "type": "3", "messages": [{"id": "1", "type": "Q", "message": ""}]}]
    edge.get(f"{V3}/tickets/k6citev3/messages", json=rows)

    assert desk.fetch("k6citev3").surface("message:1") is None


@pytest.mark.parametrize("message_id", ["../1", "", None, [], "4111 1111"])
def test_an_id_that_could_be_anything_else_is_a_changed_contract(desk, edge, ticket, message_id):
    rows = [{"id": "g", "type": "3", "messages": [{"id": message_id, "type": "M"}]}]
    edge.get(f"{V3}/tickets/k6citev3/messages", json=rows)

    with pytest.raises(ApiContractChanged):
        desk.fetch("k6citev3")


@pytest.mark.parametrize("only", [None, frozenset({SurfaceKind.MESSAGE})])
def test_messages_that_are_not_found_are_not_taken_for_a_lost_ticket(desk, edge, ticket, only):
    edge.get(f"{V3}/tickets/k6citev3/messages", status=404)

    with pytest.raises(HelpdeskUnavailable) as caught:
        desk.fetch("k6citev3", only=only)

    assert caught.value.reason == "incomplete"


def test_a_ticket_that_is_gone_when_its_messages_are_read_again_is_not_found(
    desk, edge, ticket, messages
):
    desk.fetch("k6citev3")
    edge.replace("GET", f"{V3}/tickets/k6citev3", status=404)
    edge.replace("GET", f"{V3}/tickets/k6citev3/messages", status=404)

    with pytest.raises(NotFound):
        desk.fetch("k6citev3", only=frozenset({SurfaceKind.MESSAGE}))
