"""The receiver with the real proof of Request Tracker's scrip."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors import registry
from integration.core.models import Priority
from integration.core.web import HookSource
from tests.webhooks.example import NOW, SECRET

BODY = json.dumps({"ticket": 42, "transaction": 1007}).encode()
ANY_FIXTURE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def signed(body, *, at=NOW, secret=SECRET):
    stamp = str(int(at.timestamp()))
    mac = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"X-RT-Timestamp": stamp, "X-RT-Signature": f"sha256={mac}"}


@pytest.fixture
def rt(web):
    source = HookSource(registry.webhook("request_tracker"), ("application/json",))
    services = replace(
        web.services,
        sources={"request_tracker": source},
        secrets_for=lambda helpdesk, account: (SECRET,) if account == "acme" else (),
    )
    web = replace(web, services=services)
    return lambda body, headers, account="acme": web.post(
        body, path=f"/hooks/request_tracker/{account}", headers=headers
    )


def test_a_signed_delivery_makes_its_ticket_due_and_keeps_its_transaction(rt, web):
    assert [rt(BODY, signed(BODY)).status_code for _ in range(3)] == [202, 200, 200]
    assert web.ingest.rows[0] == ("acme", "ticket:42", NOW, Priority.LIVE, "transaction:1007")


@pytest.mark.parametrize("seconds", [-301, 301, -86_400, 86_400])
def test_an_old_or_future_delivery_is_rejected_although_it_is_signed(rt, web, seconds):
    assert rt(BODY, signed(BODY, at=NOW + timedelta(seconds=seconds))).status_code == 401
    assert web.ingest.rows == []


@pytest.mark.parametrize("seconds", [-300, 300])
def test_a_delivery_within_the_window_is_taken(rt, seconds):
    assert rt(BODY, signed(BODY, at=NOW + timedelta(seconds=seconds))).status_code == 202


def test_a_stranger_cannot_tell_an_unknown_account_from_a_wrong_signature(rt, web):
    wrong = signed(BODY, secret="guess")
    answers = [
        rt(BODY, headers, account)
        for account in ("acme", "nobody")
        for headers in (wrong, {}, {"X-RT-Timestamp": "x", "X-RT-Signature": "é"})
    ]
    assert {(a.status_code, a.data) for a in answers} == {(401, b'{"error": "unauthorized"}')}
    assert web.ingest.rows == []


@ANY_FIXTURE
@given(
    body=st.binary(max_size=300) | st.text('{}[]":,1ticketransaction', max_size=60).map(str.encode)
)
def test_signed_garbage_is_malformed_and_never_a_server_error(rt, body):
    assert rt(body, signed(body)).status_code == 400
