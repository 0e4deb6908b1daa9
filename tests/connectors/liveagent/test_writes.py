from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from responses.matchers import header_matcher, json_params_matcher

from integration.core.capabilities import Method
from integration.core.errors import (
    ChangedMeanwhile,
    Forbidden,
    HelpdeskUnavailable,
    PermanentError,
    UnsupportedByHelpdesk,
)
from integration.core.models import TicketDraft, TicketStatus
from integration.core.surfaces import SurfaceKind

URL = "https://acme.ladesk.com"
V3 = f"{URL}/api/v3"
NOTES = f"{URL}/api/conversations/k6citev3/messages"
KEY = header_matcher({"apikey": "v3-0123456789abcdef"})


@pytest.fixture
def view(desk, edge, fixture):
    edge.get(f"{V3}/tickets/k6citev3", json=fixture("ticket.json"))
    edge.get(f"{V3}/tickets/k6citev3/messages", json=fixture("messages.json"))
    return desk.fetch("k6citev3")


def test_a_subject_is_read_again_and_written_alone(desk, edge, view):
    sent = json_params_matcher({"subject": "Betaling [kort]"})
    edge.put(f"{V3}/tickets/k6citev3", json={}, match=[KEY, sent])

    desk.rewrite(view, view.surface("subject"), "Betaling [kort]")

    assert desk.client.calls == 4


def test_a_custom_field_is_written_with_its_neighbours_unchanged(desk, edge, view):
    fields = [{"code": "order_id", "value": "7781"}, {"code": "comment", "value": "kort [x]"}]
    sent = json_params_matcher({"custom_fields": fields})
    edge.put(f"{V3}/tickets/k6citev3", json={}, match=[sent])

    desk.rewrite(view, view.surface("field:comment"), "kort [x]")

    assert desk.client.calls == 4


@pytest.mark.parametrize(
    ("surface", "now"),
    [
        ("subject", {"subject": "A new subject"}),
        ("field:comment", {"custom_fields": [{"code": "comment", "value": "new"}]}),
        ("field:comment", {"custom_fields": []}),
    ],
    ids=["subject", "field", "field_gone"],
)
def test_what_changed_meanwhile_is_not_overwritten(desk, edge, view, fixture, surface, now):
    edge.replace("GET", f"{V3}/tickets/k6citev3", json=fixture("ticket.json") | now)

    with pytest.raises(ChangedMeanwhile):
        desk.rewrite(view, view.surface(surface), "x")

    assert [c.request.method for c in edge.calls] == ["GET"] * 3


@pytest.mark.parametrize("surface", ["message:502", "message:505", "file_name:503"])
def test_a_stored_message_cannot_be_rewritten(desk, view, surface):
    with pytest.raises(UnsupportedByHelpdesk):
        desk.rewrite(view, view.surface(surface), "x")


def test_a_message_is_deleted_by_its_id(desk, edge, view):
    edge.delete(f"{V3}/messages/502", json={}, match=[KEY])

    desk.delete(view, view.surface("message:502"))

    assert desk.client.calls == 3


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, UnsupportedByHelpdesk), (403, Forbidden), (500, HelpdeskUnavailable)],
)
def test_a_refused_delete_says_what_to_do_next(desk, edge, view, status, error):
    edge.delete(f"{V3}/messages/502", json={"message": "no"}, status=status)

    with pytest.raises(error):
        desk.delete(view, view.surface("message:502"))


@pytest.mark.parametrize("surface", ["file:503", "file_name:503", "subject", "field:comment"])
def test_only_messages_are_deleted(desk, view, surface):
    with pytest.raises(UnsupportedByHelpdesk):
        desk.delete(view, view.surface(surface))


@pytest.mark.parametrize("body", ["", '{"response":{"status":"OK"}}', "[]", "OK"])
def test_a_note_is_internal_by_the_bot_and_the_v1_key_stays_out_of_the_url(desk, edge, body):
    edge.post(NOTES, body=body)

    desk.post_note("k6citev3", "<b>masked</b>", media_type="text/html")

    request = edge.calls[0].request
    assert parse_qs(request.body) == {
        "message": ["<b>masked</b>"],
        "type": ["N"],
        "useridentifier": ["b0t00001"],
        "do_not_send_mail": ["Y"],
        "is_html_message": ["Y"],
        "apikey": ["v1-fedcba9876543210"],
    }
    assert "apikey" not in request.headers
    assert "v1-" not in request.url


def test_a_note_that_v1_refuses_with_a_200_is_an_error(desk, edge):
    body = {"response": {"status": "ERROR", "statuscode": 500, "errormessage": "text"}}
    edge.post(NOTES, json=body)

    with pytest.raises(PermanentError) as caught:
        desk.post_note("k6citev3", "masked")

    assert caught.value.reason == "v1_error"
    assert "text" not in str(caught.value)


def test_our_ticket_goes_from_our_contact_to_our_mail_account_and_mails_nobody(desk, edge):
    edge.post(f"{V3}/tickets", json={"id": "n3w00001", "status": "N", "tags": "pcif"})
    draft = TicketDraft("Card data found", "What to do", marker="dw-1")

    assert desk.create_ticket(draft) == "n3w00001"
    assert json.loads(edge.calls[0].request.body) == {
        "useridentifier": "deskwarden@acme.no",
        "recipient": "support@acme.no",
        "departmentid": "c0mp1ianc",
        "subject": "Card data found [dw-1]",
        "message": "What to do",
        "status": "N",
        "do_not_send_mail": "Y",
        "use_template": "N",
        "is_html_message": "N",
    }


def test_a_marker_that_stands_in_the_subject_is_not_repeated(desk, edge):
    edge.post(f"{V3}/tickets", json={"id": "n3w00001", "status": "N"})
    draft = TicketDraft("[dw-1] Found", "<p>", "dw-1", department="d1", media_type="text/html")

    desk.create_ticket(draft)

    sent = json.loads(edge.calls[0].request.body)
    assert (sent["subject"], sent["departmentid"], sent["is_html_message"]) == (
        "[dw-1] Found",
        "d1",
        "Y",
    )


@pytest.mark.parametrize(("status", "code"), [(TicketStatus.CLOSED, "R"), (TicketStatus.OPEN, "C")])
def test_our_tickets_are_opened_and_closed(desk, edge, status, code):
    edge.put(f"{V3}/tickets/n3w00001", json={}, match=[json_params_matcher({"status": code})])

    desk.set_status("n3w00001", status)

    assert desk.client.calls == 1


@pytest.mark.parametrize("status", [TicketStatus.DELETED, TicketStatus.SPAM, TicketStatus.LIVE])
def test_no_other_status_is_ever_set(desk, status):
    with pytest.raises(UnsupportedByHelpdesk):
        desk.set_status("n3w00001", status)
    assert desk.client.calls == 0


def test_messages_are_reposted_only_where_deleting_was_proved_to_erase(make):
    kinds = (SurfaceKind.MESSAGE, SurfaceKind.NOTE, SurfaceKind.QUOTED)
    proved, unproved = make().capabilities(), make(facts={}).capabilities()

    assert {proved.of(k).strongest for k in kinds} == {Method.REPOST}
    assert {unproved.of(k).strongest for k in kinds} == {None}
    assert {unproved.of(k).steps for k in kinds} == {"liveagent.steps.message"}


def test_the_title_message_is_deleted_where_that_erases(make):
    def strongest(**facts):
        return make(facts=facts).capabilities().of(SurfaceKind.HISTORY).strongest

    assert strongest(delete_erases=True) is Method.DELETE
    assert strongest() is None


def test_a_fact_that_is_only_nearly_true_proves_nothing(make):
    capabilities = make(facts={"delete_erases": "yes"}).capabilities()

    assert capabilities.of(SurfaceKind.MESSAGE).strongest is None


def test_a_surface_of_another_kind_with_a_message_id_is_not_confused(desk, view):
    odd = replace(view.surface("subject"), id="file:502")

    with pytest.raises(UnsupportedByHelpdesk):
        desk.delete(view, odd)
