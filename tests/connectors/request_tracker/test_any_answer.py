"""Whatever RT answers is read or is a changed contract, and no other error."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from support.any_json import bent, each_bent

from connectors.request_tracker import access
from connectors.request_tracker.access_schemas import AccessSchema, PluginSchema, UserSchema
from connectors.request_tracker.answers import load
from connectors.request_tracker.reading import Reading, latest
from connectors.request_tracker.schemas import (
    ContentSchema,
    CopiesSchema,
    ListedSchema,
    TicketSchema,
)
from integration.core.errors import ApiContractChanged
from tests.connectors.request_tracker.conftest import (
    PLUGIN,
    TIME,
    attachment,
    b64,
    copies,
    link,
    ticket,
    transaction,
    value,
)

COPIES = copies(
    attachments=[
        attachment(Content=b64(b"a"), Subject="s", Headers="h", Filename="f", Textual=True),
        attachment(),
    ],
    values=[value(6, ContentType="text/plain", LargeContent=b64(b"long"))],
    links=[link()],
    people=[{"id": 50, "RealName": "Kari", "Name": "kari", "EmailAddress": "kari@example.com"}],
    agents=[{"id": 30, "RealName": "Alice"}],
    people_transactions=[transaction("12", "Set", OldValue="Karin")],
)
NOW = datetime(2026, 4, 1, tzinfo=UTC)
ACCESS = {
    "users": [{"id": 14, "Name": "root", "SuperUser": True, "PasswordChanged": TIME}],
    "queues": [{"id": 3, "Name": "Support", "Readers": [14, 99]}],
    "groups": [{"id": 27, "Name": "Agents", "Members": [14]}],
    "tokens": [{"id": 1, "Owner": 38, "Description": "d", "Expires": TIME, "CanExpire": True}],
}


SMALL = {
    ListedSchema: {"id": "120", "ObjectId": "7", "Created": TIME},
    UserSchema: {"id": 30, "Name": "alice", "Disabled": "0", "PasswordChanged": TIME},
    PluginSchema: PLUGIN,
    ContentSchema: {"Content": b64(b"a")},
}


def read(record, stored):
    with suppress(ApiContractChanged):
        whole = load(TicketSchema, record), load(CopiesSchema, stored)
        list(Reading(*whole, lambda _id: b"content").surfaces())
        latest(whole[1].transactions)


def audit(answer):
    with suppress(ApiContractChanged):
        access.snapshot(load(AccessSchema, answer), bot="root", plugin=None, now=NOW)


@pytest.mark.exhaustive
def test_an_odd_value_anywhere_in_a_ticket_is_read_or_a_changed_contract():
    for record in each_bent(ticket()):
        read(record, COPIES)
    for stored in each_bent(COPIES):
        read(ticket(), stored)


def test_an_odd_value_anywhere_in_an_access_list_is_read_or_a_changed_contract():
    for answer in each_bent(ACCESS):
        audit(answer)


@pytest.mark.parametrize("schema", SMALL)
def test_an_odd_value_anywhere_in_a_small_answer_is_read_or_a_changed_contract(schema):
    for answer in each_bent(SMALL[schema]):
        with suppress(ApiContractChanged):
            load(schema, answer)


@given(bent(ticket()), bent(COPIES), bent(ACCESS))
def test_law_any_answer_is_read_or_a_changed_contract(record, stored, answer):
    read(record, copies())
    read(ticket(), stored)
    audit(answer)
