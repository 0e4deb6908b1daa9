from __future__ import annotations

from datetime import timedelta

import pytest

from connectors.request_tracker.connector import build
from integration.core.errors import (
    ApiContractChanged,
    AuthExpired,
    ChangedMeanwhile,
    Forbidden,
    HelpdeskUnavailable,
    NotFound,
    PermanentError,
    UnsupportedByHelpdesk,
)
from tests.connectors.request_tracker.conftest import (
    NO_RIGHT,
    REST,
    URL,
    attachment,
    b64,
    page,
    ticket,
    transaction,
)

LOGIN = f"{URL}/NoAuth/Login.html"


@pytest.fixture
def with_password(budget, clock):
    settings = {"url": URL, "user": "bot", "findings_department": "x"}
    return build(settings, {"password": "p"}, {"plugin": None}, budget=budget, clock=clock).client


def redirect(server, status=302):
    server.mock.post(LOGIN, status=status, headers={"Location": f"{URL}/"})


def test_a_token_goes_into_the_header_and_nowhere_else(server, connect):
    server.get("rt", {"Version": "5.0.7"})
    assert connect().client.version() == "5.0.7"
    (call,) = server.mock.calls
    assert call.request.headers["Authorization"] == "token 1-2-3"
    assert call.request.url == f"{REST}/rt"


def test_with_a_password_one_login_serves_many_calls(server, with_password):
    redirect(server)
    server.get("rt", {"Version": "5"})
    with_password.version()
    with_password.version()
    assert [c.request.url for c in server.mock.calls] == [LOGIN, f"{REST}/rt", f"{REST}/rt"]
    assert server.mock.calls[1].request.headers["Authorization"].startswith("Basic ")


def test_an_old_session_is_begun_anew(server, with_password, clock):
    redirect(server)
    server.get("rt", {"Version": "5"})
    with_password.version()
    clock.time += timedelta(minutes=21)
    with_password.version()
    assert [c.request.url for c in server.mock.calls].count(LOGIN) == 2


def test_the_login_form_again_means_a_wrong_password(server, with_password):
    server.mock.post(LOGIN, body="<form>")
    with pytest.raises(AuthExpired):
        with_password.version()


def test_a_refused_login_is_not_taken_for_a_session(server, with_password):
    server.mock.post(LOGIN, status=403)
    with pytest.raises(Forbidden):
        with_password.version()


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, PermanentError),
        (401, AuthExpired),
        (403, Forbidden),
        (404, NotFound),
        (405, UnsupportedByHelpdesk),
        (409, UnsupportedByHelpdesk),
        (412, ChangedMeanwhile),
        (500, HelpdeskUnavailable),
    ],
)
def test_a_refused_redaction_is_named_by_what_to_do(server, connect, status, error):
    server.on("PUT", "redaction/attachment/5", {"message": "no"}, status)
    with pytest.raises(error):
        connect().client.redact("attachment", "5", {"Content": (b"old", b"new")})


def test_a_redaction_says_what_it_expects(server, connect):
    server.on("PUT", "redaction/attachment/5", {"updated": ["Content"]})
    connect().client.redact("attachment", "5", {"Content": ("gammelt å".encode(), b"new")})
    expected = {"Content": {"expect": b64("gammelt å".encode()), "value": b64(b"new")}}
    assert server.sent("PUT") == [expected]


def test_pages_are_followed_while_there_is_a_next_one(server, connect):
    server.get("ticket/7", ticket())
    server.get("ticket/7/history", page(transaction("1"), more=True))
    server.get("ticket/7/history", page(transaction("2")))
    server.get("ticket/7/attachments", page())
    client = connect(NO_RIGHT).client
    found = client.plain_copies(client.ticket("7"))
    assert [t.id for t in found.transactions] == ["1", "2"]


def test_a_list_without_an_end_is_given_up(server, connect):
    server.get("ticket/7", ticket())
    server.get("ticket/7/history", page(more=True))
    client = connect(NO_RIGHT).client
    with pytest.raises(PermanentError) as refused:
        client.plain_copies(client.ticket("7"))
    assert refused.value.reason == "too_big"


def test_a_page_of_hidden_rows_only_is_passed_over(server, connect):
    server.get("tickets", page(more=True))
    server.get("tickets", page({"id": "120"}))
    rows, more = connect().client.tickets("id > 100")
    assert ([r.id for r in rows], more) == ([120], False)


def test_hidden_rows_without_an_end_are_told_as_a_lack_of_rights(server, connect):
    server.get("tickets", page(more=True))
    with pytest.raises(Forbidden) as refused:
        connect().client.tickets("id > 100")
    assert "rights" in refused.value.hint


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {"id": 7},
        ticket(id="x/../y"),
        ticket(Subject={"a": 1}),
        ticket(Queue=None),
        ticket(Created="yesterday"),
        ticket(Queue={"id": None}),
    ],
    ids=["list", "missing", "id", "subject", "queue", "time", "reference"],
)
def test_another_shape_is_named_without_its_values(server, connect, answer):
    server.get("ticket/7", answer)
    with pytest.raises(ApiContractChanged) as refused:
        connect().client.ticket("7")
    assert "yesterday" not in str(refused.value)


@pytest.mark.parametrize("items", [None, {}, ["x"]], ids=["missing", "object", "texts"])
def test_a_list_of_another_shape_is_refused(server, connect, items):
    server.get("transactions", {"items": items})
    with pytest.raises(ApiContractChanged):
        connect().client.one_page("transactions", {})


def test_broken_base64_is_no_content(server, connect):
    server.get("redaction/attachment/5", {"Content": "a"})
    with pytest.raises(ApiContractChanged):
        connect().client.content("5", plugin=True)


def test_the_content_of_a_container_is_empty(server, connect):
    server.get("attachment/5", attachment("5", Content=None))
    assert connect().client.content("5", plugin=False) == b""
