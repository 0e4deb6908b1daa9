from __future__ import annotations

import logging
import re
from collections.abc import Callable

import pytest
import requests

from connectors.liveagent.connector import LiveAgent
from integration.core.errors import DeskwardenError, PermanentError, RetryableError
from integration.core.models import TicketDraft, TicketStatus

SECRETS = ("v3-0123456789abcdef", "v1-fedcba9876543210", "4111", "Kari", "dw-marker")
LEAK = "v3-0123456789abcdef v1-fedcba9876543210 4111 1111 1111 1111 Kari"

ACTS: dict[str, Callable[[LiveAgent], object]] = {
    "fetch": lambda desk: desk.fetch("k6citev3"),
    "note": lambda desk: desk.post_note("k6citev3", "Kari 4111"),
    "create": lambda desk: desk.create_ticket(TicketDraft("Kari", "4111", "dw-marker")),
    "status": lambda desk: desk.set_status("k6citev3", TicketStatus.OPEN),
    "find": lambda desk: desk.find_tickets("dw-marker"),
    "history": lambda desk: desk.history(None, since=None),
}
REPLIES: dict[str, dict] = {
    **{str(status): {"status": status, "body": LEAK} for status in (302, 400, 401, 403, 404, 409)},
    **{str(status): {"status": status, "body": LEAK} for status in (429, 500, 502, 503)},
    "html": {"status": 200, "body": f"<html>{LEAK}</html>"},
    "truncated": {"status": 200, "body": f'[{{"id": "{LEAK}'},
    "other_shape": {"status": 200, "json": {"message": LEAK}},
    "list_of_text": {"status": 200, "json": [LEAK]},
    "down": {"body": requests.ConnectionError(LEAK)},
    "slow": {"body": requests.ReadTimeout(LEAK)},
}
IGNORES_THE_BODY = {"note", "status"}
FAILURES = [
    (act, reply)
    for act in ACTS
    for reply in REPLIES
    if act not in IGNORES_THE_BODY or REPLIES[reply].get("status") != 200
]


@pytest.mark.parametrize(("act", "reply"), FAILURES)
def test_law_no_error_and_no_log_line_says_more_than_where_it_happened(
    desk, edge, caplog, act, reply
):
    caplog.set_level(logging.DEBUG)

    for method in ("GET", "POST", "PUT"):
        edge.add(method, re.compile(r"https://acme\.ladesk\.com/.*"), **REPLIES[reply])
    edge.assert_all_requests_are_fired = False

    with pytest.raises(DeskwardenError) as caught:
        ACTS[act](desk)

    error = caught.value
    assert isinstance(error, RetryableError | PermanentError)
    said = f"{error!r} {error.hint} {error.__cause__!r} {error.__context__!r} {caplog.text}"
    assert [secret for secret in SECRETS if secret in said] == []


def test_the_repr_of_a_connector_and_of_what_it_read_shows_no_secret(desk, edge, fixture):
    edge.get("https://acme.ladesk.com/api/v3/tickets/k6citev3", json=fixture("ticket.json"))
    edge.get(
        "https://acme.ladesk.com/api/v3/tickets/k6citev3/messages", json=fixture("messages.json")
    )
    said = f"{desk.fetch('k6citev3')!r} {desk!r} {desk.client!r}"

    assert [secret for secret in SECRETS if secret in said] == []
