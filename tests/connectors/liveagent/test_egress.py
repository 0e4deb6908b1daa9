from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.egress import check
from connectors.liveagent import client as client_module
from connectors.liveagent.egress import writes
from integration.core.errors import EgressRefused

OWN = frozenset({"deskwarden@acme.no", "support@acme.no"})
NOTE_PATH = "api/conversations/k6citev3/messages"
NOTE = {"message": "x", "type": "N", "useridentifier": "b0t", "do_not_send_mail": "Y"}
TICKET = {
    "useridentifier": "deskwarden@acme.no",
    "recipient": "support@acme.no",
    "departmentid": "default",
    "subject": "x",
    "message": "x",
    "do_not_send_mail": "Y",
    "use_template": "N",
}

FIELDS = [
    "type",
    "do_not_send_mail",
    "use_template",
    "recipient",
    "useridentifier",
    "carbon_copies",
    "message",
    "status",
    "owner_contactid",
    "attachments",
]

PERMITTED = [
    ("POST", NOTE_PATH, NOTE),
    ("POST", "api/v3/tickets", TICKET),
    ("PUT", "api/v3/tickets/k6citev3", {"subject": "x"}),
    ("PUT", "api/v3/tickets/k6citev3", {"custom_fields": []}),
    ("PUT", "api/v3/tickets/k6citev3", {"status": "R"}),
    ("DELETE", "api/v3/messages/502", {}),
    ("GET", "api/v3/anything", {}),
]

REFUSED = {
    "reply": ("POST", NOTE_PATH, NOTE | {"type": "M"}),
    "note_that_mails": ("POST", NOTE_PATH, NOTE | {"do_not_send_mail": "N"}),
    "note_without_mail_flag": ("POST", NOTE_PATH, {"message": "x", "type": "N"}),
    "note_without_type": ("POST", NOTE_PATH, {"message": "x", "do_not_send_mail": "Y"}),
    "note_with_copies": ("POST", NOTE_PATH, NOTE | {"cc": "a@b.c"}),
    "ticket_that_mails": ("POST", "api/v3/tickets", TICKET | {"do_not_send_mail": "N"}),
    "ticket_with_template": ("POST", "api/v3/tickets", TICKET | {"use_template": "Y"}),
    "ticket_to_customer": ("POST", "api/v3/tickets", TICKET | {"recipient": "kari@example.no"}),
    "ticket_as_agent": ("POST", "api/v3/tickets", TICKET | {"useridentifier": "1pkaew79"}),
    "ticket_with_copies": ("POST", "api/v3/tickets", TICKET | {"carbon_copies": "a@b.c"}),
    "ticket_with_hidden_copies": (
        "POST",
        "api/v3/tickets",
        TICKET | {"blind_carbon_copies": "a@b.c"},
    ),
    "ticket_to_nobody": ("POST", "api/v3/tickets", {"do_not_send_mail": "Y", "use_template": "N"}),
    "new_owner": ("PUT", "api/v3/tickets/k6citev3", {"owner_contactid": "a"}),
    "empty_update": ("PUT", "api/v3/tickets/k6citev3", {}),
    "delete_ticket": ("DELETE", "api/v3/tickets/k6citev3", {}),
    "delete_contact": ("DELETE", "api/v3/contacts/a1b2c3d4", {}),
    "v1_ticket": ("POST", "api/conversations", NOTE),
    "call_message": ("POST", "api/v3/calls/1/messages", NOTE),
    "path_beyond": ("DELETE", "api/v3/messages/502/../../tickets/1", {}),
}


@pytest.mark.parametrize(("method", "path", "fields"), PERMITTED)
def test_what_we_need_is_permitted(method, path, fields):
    check(writes(OWN), method, path, fields)


@pytest.mark.parametrize("name", REFUSED)
def test_what_could_reach_someone_is_refused(name):
    method, path, fields = REFUSED[name]
    with pytest.raises(EgressRefused):
        check(writes(OWN), method, path, fields)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "type",
                "do_not_send_mail",
                "use_template",
                "recipient",
                "useridentifier",
                "carbon_copies",
                "message",
                "status",
                "owner_contactid",
                "attachments",
            ]
        ),
        st.sampled_from(FIELDS),
    ),
    st.sampled_from(["POST", "PUT", "DELETE", "PATCH"]),
    st.sampled_from(
        [NOTE_PATH, "api/v3/tickets", "api/v3/tickets/k6citev3", "api/v3/messages/1", "api/v3/x"]
    ),
)
def test_law_no_permitted_write_is_a_reply_a_mail_or_addressed_outside(fields, method, path):
    try:
        check(writes(OWN), method, path, fields)
    except EgressRefused:
        return
    assert fields.get("type", "N") == "N"
    assert method != "POST" or fields["do_not_send_mail"] == "Y"
    assert fields.get("recipient", next(iter(OWN))) in OWN
    assert not fields.keys() & {"carbon_copies", "attachments", "owner_contactid"}


def test_a_misconfigured_recipient_is_refused_before_a_byte_is_sent(make):
    from integration.core.models import TicketDraft

    desk = make(mail_account="")
    with pytest.raises(EgressRefused):
        desk.create_ticket(TicketDraft("s", "b", "m"))
    assert desk.client.calls == 0


@pytest.mark.parametrize(
    "write",
    [
        lambda client: client.update_ticket("k6citev3", {"subject": "x"}),
        lambda client: client.create_ticket(TICKET),
        lambda client: client.delete_message("502"),
        lambda client: client.add_note("k6citev3", "x", author="b0t", is_html=False),
    ],
    ids=["update", "create", "delete", "note"],
)
def test_every_write_passes_the_guard_before_a_byte_is_sent(desk, monkeypatch, write):
    def refuse(*_):
        raise EgressRefused("no")

    monkeypatch.setattr(client_module, "check", refuse)
    with pytest.raises(EgressRefused):
        write(desk.client)
    assert desk.client.calls == 0
