"""Whatever LiveAgent answers is read or is a changed contract, and no other error."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.any_json import VALUES, bent, each_bent

from connectors.liveagent import schemas
from connectors.liveagent.access import Reader
from connectors.liveagent.reading import message_surfaces, ticket_of, ticket_surfaces
from connectors.liveagent.schemas import GroupSchema, TicketSchema, load
from connectors.liveagent.times import zone
from integration.core.errors import ApiContractChanged, PermanentError
from tests.connectors.liveagent.conftest import FIXTURES

TICKET = json.loads((FIXTURES / "ticket.json").read_text(encoding="utf-8"))
MESSAGES = json.loads((FIXTURES / "messages.json").read_text(encoding="utf-8"))[:1]
MESSAGES[0]["messages"] = [m for m in MESSAGES[0]["messages"] if m["type"] in "MF"]
OSLO = zone("Europe/Oslo")
ROWS = {
    "AgentSchema": {"id": 1, "name": "a", "role": "owner", "last_pswd_change": "2026-04-01"},
    "AgentRowSchema": {"agentid": "1", "firstname": "a", "lastname": "b", "twofa": "Y"},
    "DepartmentSchema": {"department_id": "default", "name": "a", "agent_ids": ["1"]},
    "MailAccountSchema": {"email": "a@b.no"},
    "TagSchema": {"id": "x7f2", "name": "vip"},
    "PluginSchema": {"code_name": "a", "name": "b", "active": "Y"},
    "ApiKeySchema": {
        "id": 3.0,
        "key": "k",
        "valid_to_date": "2027-01-01 00:00:00",
        "whitelist": "*",
        "privileges": [{"object": "ticket", "privileges": ["read"]}],
    },
    "TimezoneSchema": {"name": "TIMEZONE", "value": "Europe/Oslo"},
}


def read(ticket, messages):
    with suppress(ApiContractChanged):
        groups = load(GroupSchema(many=True), messages)
        record = load(TicketSchema(), ticket)
        list(ticket_surfaces(record, ticket_of(record, OSLO, url="https://a.example")))
        list(message_surfaces(groups, record, OSLO, download=lambda _path: b""))


def audit(name, answer):
    reader = Reader(None, OSLO, "bot", "k\xf8")
    with suppress(ApiContractChanged):
        for record in load(getattr(schemas, name)(many=True), answer):
            if name == "ApiKeySchema":
                reader._key(record)
            if name in {"AgentSchema", "AgentRowSchema"}:
                reader._agent(record)


@pytest.mark.exhaustive
def test_an_odd_value_anywhere_in_a_ticket_is_read_or_a_changed_contract():
    for ticket in each_bent(TICKET):
        read(ticket, MESSAGES)
    for messages in each_bent(MESSAGES):
        read(TICKET, messages)


@pytest.mark.parametrize("name", ROWS)
def test_an_odd_value_anywhere_in_a_list_is_read_or_a_changed_contract(name):
    for answer in each_bent([ROWS[name]]):
        audit(name, answer)


@given(bent(TICKET), bent(MESSAGES), st.data(), st.sampled_from(sorted(ROWS)))
def test_law_any_answer_is_read_or_a_changed_contract(ticket, messages, data, name):
    read(ticket, [])
    read(TICKET, messages)
    audit(name, data.draw(bent([ROWS[name]])))


@given(VALUES)
def test_law_any_row_of_a_file_is_looked_through(value):
    text = json.dumps([["name", "value"], ["size", value], ["download_url", value], value])
    message = {"id": "1", "type": "F", "message": text}
    group = load(GroupSchema(), {"id": "g", "type": "3", "messages": [message]})
    ticket = load(TicketSchema(), TICKET)
    assert list(message_surfaces([group], ticket, OSLO, download=lambda _path: b""))


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 3.7], ids=["nan", "inf", "part"])
def test_only_a_whole_number_is_an_id(number):
    with pytest.raises(ApiContractChanged):
        load(schemas.TagSchema(), {"id": number})
    assert load(schemas.TagSchema(), {"id": 3.0}).id == "3"


def test_a_link_that_is_no_address_is_refused(desk):
    with pytest.raises(PermanentError):
        desk.client.download("//[")
    assert desk.client.calls == 0
