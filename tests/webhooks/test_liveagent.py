"""The receiver with the real proof and reading of LiveAgent's rules."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors import registry
from integration.core.web import HookSource
from tests.webhooks.example import SECRET

TOKEN = SECRET.replace(" ", "-")
BODY = b'{"ticket_id": "k6citev3"}'
ANY_FIXTURE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def liveagent(web):
    spec = registry.spec("liveagent")
    services = replace(
        web.services,
        sources={"liveagent": HookSource(registry.webhook("liveagent"), spec.content_types)},
        secrets_for=lambda helpdesk, account: (TOKEN,) if account == "acme" else (),
    )
    web = replace(web, services=services)

    def post(body, token=TOKEN, account="acme", headers=()):
        path = f"/hooks/liveagent/{account}" + (f"/{token}" if token else "")
        return web.post(body, path=path, headers=dict(headers))

    return post


def test_a_rule_that_runs_three_times_makes_its_ticket_due_once(liveagent, web):
    assert [liveagent(BODY).status_code for _ in range(3)] == [202, 200, 200]
    assert set(web.ingest.subjects) == {"ticket:k6citev3"}


def test_a_variable_left_as_it_was_makes_the_account_reconcile(liveagent, web):
    assert liveagent(b'{"ticket_id": "{$conv_id}"}').status_code == 202
    assert web.ingest.subjects == ["reconcile"]


@pytest.mark.parametrize("token", ["", "guess", TOKEN[:-1], TOKEN + "x"])
@pytest.mark.parametrize("account", ["acme", "nobody"])
def test_a_stranger_cannot_make_anything_due_nor_find_accounts(liveagent, web, token, account):
    response = liveagent(BODY, token, account)
    assert (response.status_code, response.json) == (401, {"error": "unauthorized"})
    assert web.ingest.rows == []


def test_the_secret_address_reaches_no_log(liveagent, web, caplog):
    caplog.set_level(logging.DEBUG)
    liveagent(BODY)
    web.ingest.down = True
    assert liveagent(BODY).status_code == 503
    assert web.received.counted[-1][:3] == ("acme", "store_unavailable", 503)
    assert TOKEN not in caplog.text


@ANY_FIXTURE
@given(body=st.binary(max_size=300) | st.text('{}[]":,1ticket_id\n', max_size=60).map(str.encode))
def test_proved_garbage_is_never_a_server_error(liveagent, body):
    assert liveagent(body).status_code in {200, 202, 400}
