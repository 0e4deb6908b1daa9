"""Every answer has the names, types and values of the published client's models."""

from __future__ import annotations

import io

import pytest

ISO_TIME = "2026-05-01T10:00:00"
"""The published client writes a datetime of its caller so."""
REGISTERED = {"registration_email": "a@b.example"}

READS = [
    ("/tickets", "list[Ticket]"),
    ("/tickets/{ticket}", "Ticket"),
    ("/tickets/{ticket}/messages?includeQuotedMessages=True&_perPage=50", "list[MessageGroup]"),
    ("/tickets/{ticket}/history", "list[TicketHistory]"),
    ("/tickets/{ticket}/sla", "TicketSla"),
    ("/tickets/{ticket}/attributes/origin", "TicketAttribute"),
    ("/tickets/history", "list[TicketHistory]"),
    ("/tickets/history/count", "Count"),
    ("/messages/{message}", "Message"),
    ("/chats", "list[ChatInformation]"),
    ("/calls", "list[CallListItem]"),
    ("/calls/count", "Count"),
    ("/ping", "OkResponse"),
    ("/agents", "list[Agent]"),
    ("/agents/", "list[Agent]"),
    ("/agents/1pkaew79", "Agent"),
    ("/agents/me", "Agent"),
    ("/agents/1pkaew79/status", "list[AgentStatus]"),
    ("/agents/activity", "list[AgentActivity]"),
    ("/users/1pkaew79", "list[User]"),
    ("/users/{contact}", "list[User]"),
    ("/users/system00", "list[User]"),
    ("/departments", "list[Department]"),
    ("/departments/default", "Department"),
    ("/departments/default/1pkaew79", "OkResponse"),
    ("/settings", "list[Setting]"),
    ("/settings?settingsNames=TIMEZONE|dateformat", "list[Setting]"),
    ("/apikeys", "list[ApiKey]"),
    ("/apikeys/3.0", "ApiKeyWithPrivileges"),
    ("/api/v3/count", "Count"),
    ("/api/privileges", "list[ApiPrivilege]"),
    ("/api/info/v3", "ApiInfo"),
    ("/sso", "SSOKey"),
    ("/tags", "list[Tag]"),
    ("/tags/x7f2", "list[Tag]"),
    ("/contacts", "list[Contact]"),
    ("/contacts/{contact}", "Contact"),
    ("/bans", "list[BanListItem]"),
    ("/groups", "list[Group]"),
    ("/groups/gr000001", "list[Group]"),
    ("/companies", "list[Company]"),
    ("/canned_messages", "list[CannedMessage]"),
    ("/canned_messages/cn000001", "CannedMessage"),
    ("/predefined_answers", "list[PredefinedAnswer]"),
    ("/predefined_answers/pa000001", "PredefinedAnswer"),
    ("/grid/tickets", "list[TicketRow]"),
    ("/grid/tickets/count", "Count"),
    ("/grid/tickets_new", "TicketRowsWithCursor"),
    ("/grid/chats", "list[ChatRow]"),
    ("/grid/chats/count", "Count"),
    ("/contact_phones", "list[ContactPhone]"),
    ("/contact_phones/4712345678", "ContactPhone"),
    ("/filters", "list[Filter]"),
    ("/grid/agents", "list[AgentRow]"),
    ("/grid/agents/count", "Count"),
    ("/grid/departments", "list[DepartmentRow]"),
    ("/grid/plugins", "list[PluginRow]"),
    ("/grid/eventlogs", "list[EventLogRow]"),
    ("/grid/tags", "list[TagRow]"),
]


@pytest.mark.parametrize(("path", "model"), READS, ids=[path for path, _ in READS])
def test_a_read_answers_in_the_documented_model(busy, admin_api, problems, path, model):
    answer = admin_api.call("GET", path.format(**busy))
    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    assert answer.get_json() or model in {"OkResponse", "list[CallListItem]"}
    assert problems(answer.get_json(), model, model) == []


def write_cases(busy):
    new = {
        "useridentifier": "kari@customer.example",
        "subject": "s",
        "departmentid": "default",
        "recipient": "support@acme.example",
        "message": "m",
        "tags": ["x7f2"],
        "custom_fields": [{"code": "order_id", "value": "1"}],
    }
    ticket = f"/tickets/{busy['ticket']}"
    return [
        ("POST", "/tickets", new, "TicketInformation"),
        ("PUT", ticket, {"subject": "t", "status": "W"}, "Ticket"),
        ("PUT", ticket, {}, "Ticket"),
        ("DELETE", ticket, None, "OkResponse"),
        ("POST", "/tags", {"name": "new", "color": "E67E22"}, "Tag"),
        ("PUT", "/tags/x7f2", {"name": "renamed"}, "list[Tag]"),
        ("PATCH", f"/contacts/{busy['contact']}", {"note": "n", "phones": ["1"]}, "Contact"),
        ("POST", "/contacts", {"firstname": "A", "emails": ["a@b.example"]}, "Contact"),
        ("POST", "/apikeys", {"name": "k"}, "ApiKeyWithPrivileges"),
        ("PUT", "/apikeys/3", {"whitelist": "127.0.0.1"}, "ApiKeyWithPrivileges"),
        ("PUT", "/canned_messages/cn000001", {"messagetext": "x"}, "CannedMessage"),
        ("POST", "/predefined_answers", {"name": "n", "body": "b"}, "PredefinedAnswer"),
        ("DELETE", f"/messages/{busy['message']}", None, "OkResponse"),
        ("PUT", "/agents/1pkaew79", {"name": "Ola N. Moe"}, "Agent"),
        ("POST", "/agents/1pkaew79/_pause", None, "OkResponse"),
        ("POST", "/agents/1pkaew79/_logout", None, "OkResponse"),
        ("DELETE", "/agents/1pkaew79", None, "OkResponse"),
        ("POST", "/groups", {"name": "g"}, "Group"),
        ("PUT", "/groups/gr000001", {"name": "g"}, "list[Group]"),
        ("DELETE", "/groups/gr000001", None, "OkResponse"),
        ("PUT", "/companies/co000001", {"description": "d"}, "Company"),
        ("PUT", "/contacts/" + busy["contact"], {"firstname": "B"}, "Contact"),
        ("DELETE", f"/contacts/{busy['contact']}?deleteTickets=True", None, "OkResponse"),
        ("DELETE", "/tags/x7f2", None, "OkResponse"),
        ("DELETE", "/apikeys/3", None, "OkResponse"),
        ("POST", "/apikeys/_generate", None, "ApiKey"),
        ("POST", "/apikeys/regenerateApiV3/3", None, "ApiKey"),
        ("POST", "/bans/1/_expire", None, "Ban"),
        ("PUT", "/bans/1", {"reason": "spam"}, "Ban"),
        ("PUT", "/bans/_exclude?ipAddress=203.0.113.1", None, "OkResponse"),
        ("DELETE", "/canned_messages/cn000001", None, "OkResponse"),
        ("POST", "/companies", {"name": "c", "emails": ["c@customer.example"]}, "Company"),
        ("PUT", "/companies/co000001/_register", REGISTERED, "Company"),
        ("DELETE", "/companies/co000001/_unregister", None, "Company"),
        ("PUT", f"/contacts/{busy['contact']}/_register", REGISTERED, "Contact"),
        ("DELETE", f"/contacts/{busy['contact']}/_unregister", None, "Contact"),
        ("POST", "/agents/undelete", {"id": "1pkaew79", "name": "n", "email": "e"}, "Agent"),
        ("POST", "/apikeys/regenerateApiV1", None, "SSOKey"),
        ("POST", "/sso", None, "SSOKey"),
        ("POST", "/filters", {"name": "mine", "is_public": True}, "Filter"),
        ("POST", "/bans", {"start_ip": "203.0.113.2", "date_valid": ISO_TIME}, "Ban"),
        ("POST", "/apikeys", {"name": "k", "valid_to_date": ISO_TIME}, "ApiKeyWithPrivileges"),
        ("PUT", f"{ticket}/postpone", {"date_time": ISO_TIME}, "OkResponse"),
        ("PUT", f"{ticket}/postpone", {"date_time": "2026-05-01 10:00:00"}, "OkResponse"),
    ]


@pytest.mark.parametrize("number", range(44))
def test_a_write_answers_in_the_documented_model(busy, admin_api, problems, number):
    method, path, body, model = write_cases(busy)[number]
    answer = admin_api.call(method, path, json=body) if body else admin_api.call(method, path)
    assert answer.status_code == 200
    assert problems(answer.get_json(), model, model) == []


def test_an_upload_answers_with_a_stored_file(admin_api, problems):
    data = {"file": (io.BytesIO(b"abc"), "a.txt", "text/plain")}
    answer = admin_api.call("POST", "/files", data=data)
    assert problems(answer.get_json(), "StoredFile", "StoredFile") == []
    assert answer.get_json()["size"] == 3


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/tickets/nothere0", 404),
        ("GET", "/messages/999999", 404),
        ("GET", "/messages/abc", 400),
        ("GET", "/no_such_thing", 404),
        ("PATCH", "/tickets", 405),
        ("GET", "/tickets?_filters=%7B", 400),
        ("POST", "/tickets", 400),
    ],
)
def test_an_error_answers_in_the_error_model(admin_api, problems, method, path, status):
    answer = admin_api.call(method, path)
    assert answer.status_code == status
    assert problems(answer.get_json(), "ErrorResponse", "ErrorResponse") == []
