from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.egress import check
from connectors.request_tracker.egress import WRITES
from integration.core.errors import EgressRefused

TICKET = "REST/2.0/ticket/7"
NOTE = {"Content": "x", "ContentType": "text/plain"}
OWN_TICKET = NOTE | {"Queue": "Compliance", "Subject": "x"}
EXCHANGE = {"Content": {"expect": "eA==", "value": "eQ=="}}
LOGIN = {"user": "deskwarden", "pass": "x", "next": "1"}

PERMITTED = [
    ("POST", f"{TICKET}/comment", NOTE),
    ("POST", "REST/2.0/ticket", OWN_TICKET),
    ("PUT", TICKET, {"Subject": "x"}),
    ("PUT", TICKET, {"CustomFields": {"1": ["x"]}}),
    ("PUT", TICKET, {"Status": "resolved"}),
    ("PUT", "REST/2.0/redaction/attachment/9", EXCHANGE),
    ("POST", "NoAuth/Login.html", LOGIN),
    ("GET", "REST/2.0/anything", {}),
]

REFUSED = {
    "reply": ("POST", f"{TICKET}/correspond", NOTE),
    "note_with_copies": ("POST", f"{TICKET}/comment", NOTE | {"Cc": "a@b.c"}),
    "note_with_file": ("POST", f"{TICKET}/comment", NOTE | {"Attachments": []}),
    "ticket_with_requestor": ("POST", "REST/2.0/ticket", OWN_TICKET | {"Requestor": "a@b.c"}),
    "ticket_with_copies": ("POST", "REST/2.0/ticket", OWN_TICKET | {"AdminCc": "a@b.c"}),
    "ticket_without_queue": ("POST", "REST/2.0/ticket", NOTE),
    "new_requestor": ("PUT", TICKET, {"Requestor": "a@b.c"}),
    "new_owner": ("PUT", TICKET, {"Owner": "a"}),
    "other_queue": ("PUT", TICKET, {"Queue": "General"}),
    "empty_update": ("PUT", TICKET, {}),
    "many_tickets": ("PUT", "REST/2.0/tickets/bulk", {"Subject": "x"}),
    "delete_ticket": ("DELETE", TICKET, {}),
    "delete_user": ("DELETE", "REST/2.0/user/1", {}),
    "change_user": ("PUT", "REST/2.0/user/1", {"Password": "x"}),
    "overwrite_blindly": (
        "PUT",
        "REST/2.0/redaction/attachment/9",
        {"Content": {"value": "eQ=="}},
    ),
    "redact_nothing": ("PUT", "REST/2.0/redaction/attachment/9", {}),
    "delete_attachment": ("DELETE", "REST/2.0/redaction/attachment/9", {}),
    "delete_transaction": ("DELETE", "REST/2.0/redaction/transaction/9", {}),
    "path_beyond": ("PUT", "REST/2.0/ticket/7/../../user/1", {"Subject": "x"}),
    "login_with_more": ("POST", "NoAuth/Login.html", LOGIN | {"results": "x"}),
}


@pytest.mark.parametrize(("method", "path", "fields"), PERMITTED)
def test_what_we_need_is_permitted(method, path, fields):
    check(WRITES, method, path, fields)


@pytest.mark.parametrize("name", REFUSED)
def test_what_could_reach_someone_or_change_more_is_refused(name):
    method, path, fields = REFUSED[name]
    with pytest.raises(EgressRefused):
        check(WRITES, method, path, fields)


@given(
    st.dictionaries(
        st.sampled_from([*OWN_TICKET, "Cc", "AdminCc", "Requestor", "Owner", "Status"]),
        st.text(max_size=3),
    ),
    st.sampled_from(["POST", "PUT", "DELETE", "PATCH"]),
    st.sampled_from([TICKET, f"{TICKET}/comment", f"{TICKET}/correspond", "REST/2.0/ticket"]),
)
def test_law_no_permitted_write_is_a_reply_or_names_anyone(fields, method, path):
    try:
        check(WRITES, method, path, fields)
    except EgressRefused:
        return
    assert not path.endswith("correspond")
    assert not fields.keys() & {"Cc", "AdminCc", "Requestor", "Owner"}


def test_a_refused_call_costs_no_byte(connect):
    client = connect().client
    with pytest.raises(EgressRefused):
        client.update("7", {"Requestor": "kari@example.no"})
    with pytest.raises(EgressRefused):
        client.create({"Subject": "x"})
    assert client.calls == 0
