"""Every answer has the names, types and values of the published client's models."""

from __future__ import annotations

import io
import json
import re
from datetime import datetime
from pathlib import Path

import pytest

MODELS = json.loads((Path(__file__).parent / "fixtures" / "models.json").read_text())
ISO_TIME = "2026-05-01T10:00:00"
"""The published client writes a datetime of its caller so."""
REGISTERED = {"registration_email": "a@b.example"}
SCALARS = {"str": str, "int": int, "float": (int, float), "bool": bool}


def problems(value, kind: str, where: str) -> list[str]:
    inner = re.fullmatch(r"list\[(.*)\]", kind)
    if inner:
        if not isinstance(value, list):
            return [f"{where}: not a list"]
        return [
            p for n, item in enumerate(value) for p in problems(item, inner[1], f"{where}[{n}]")
        ]
    if kind == "datetime":
        fits = re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", value)
        return [] if fits and datetime.fromisoformat(value) else [f"{where}: not a time"]
    if kind in SCALARS:
        fits = isinstance(value, SCALARS[kind]) and (kind == "bool" or not isinstance(value, bool))
        return [] if fits else [f"{where}: {type(value).__name__} is not {kind}"]
    return model_problems(value, kind, where)


def model_problems(value, name: str, where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where}: not an object"]
    model = MODELS[name]
    found = [f"{where}: unknown field {key}" for key in value.keys() - model["fields"].keys()]
    found += [f"{where}: {key} is missing" for key in model.get("required", []) if key not in value]
    for key, kind in model["fields"].items():
        if key in value:
            found += problems(value[key], kind, f"{where}.{key}")
    for key, allowed in model.get("enums", {}).items():
        if key in value and value[key] not in allowed:
            found.append(f"{where}.{key}: not an allowed value")
    return found


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
    ("/agents/1pkaew79/status", "AgentStatuses"),
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
    ("/bans", "list[Ban]"),
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


@pytest.fixture
def busy(simulator, admin_api):
    """An account in which every list has rows."""
    simulator.seed_tickets(9)
    ticket = simulator.customer_writes(
        "Hei",
        "<p>Hei</p>",
        html=True,
        files=[("a.txt", "text/plain", b"a")],
        custom_fields={"order_id": "7781"},
        tags=["vip"],
    )
    simulator.agent_notes(ticket, "note", files=[("b.txt", "text/plain", b"b")])
    simulator.agent_replies(ticket, "answer")
    simulator.customer_replies(ticket, "again", quoted="> answer")
    simulator.open_chat("hello?")
    admin_api.call("PUT", f"/tickets/{ticket}/attributes/origin", data={"value": "shop"})
    admin_api.post("/bans", {"start_ip": "203.0.113.1"})
    admin_api.post("/filters", {"name": "mine", "conditions": [{"code": "status"}]})
    stored = simulator.store.tickets[ticket]
    admin_api.call("PATCH", f"/contacts/{stored.owner_id}", json={"phones": ["4712345678"]})
    message = stored.groups[0].messages[1].id
    return {"ticket": ticket, "contact": stored.owner_id, "message": message}


@pytest.mark.parametrize(("path", "model"), READS, ids=[path for path, _ in READS])
def test_a_read_answers_in_the_documented_model(busy, admin_api, path, model):
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


@pytest.mark.parametrize("number", range(43))
def test_a_write_answers_in_the_documented_model(busy, admin_api, number):
    method, path, body, model = write_cases(busy)[number]
    answer = admin_api.call(method, path, json=body) if body else admin_api.call(method, path)
    assert answer.status_code == 200
    assert problems(answer.get_json(), model, model) == []


def test_an_upload_answers_with_a_stored_file(admin_api):
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
def test_an_error_answers_in_the_error_model(admin_api, method, path, status):
    answer = admin_api.call(method, path)
    assert answer.status_code == status
    assert problems(answer.get_json(), "ErrorResponse", "ErrorResponse") == []
