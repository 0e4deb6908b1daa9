from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests
import responses

from connectors.http import MAX_BODY, Answer, Expect, Http
from integration.core.errors import (
    AuthExpired,
    ConfigError,
    DeskwardenError,
    Forbidden,
    HelpdeskUnavailable,
    NotFound,
    PermanentError,
    RateLimited,
)

BASE = "https://acme.helpdesk.example"
KEY = "key-0123456789abcdef"
SECRETS = (KEY, "form-secret", "query-secret", "4111111111111111")


@pytest.fixture
def edge() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as mock:
        yield mock


@pytest.fixture
def http(budget, clock) -> Iterator[Http]:
    client = Http(BASE, headers={"apikey": KEY}, budget=budget, clock=clock, jitter=lambda: 0.5)
    yield client
    client.close()


def test_json_is_parsed_and_the_key_travels_as_a_header(http, edge, budget):
    edge.get(f"{BASE}/api/v3/ping", json={"ok": True})

    answer = http.request("GET", "api/v3/ping")

    assert answer.data == {"ok": True}
    assert edge.calls[0].request.headers["apikey"] == KEY
    assert (http.calls, budget.acquired) == (1, 1)


@pytest.mark.parametrize("date", ["", "soon", "Wed, 21 Oct 99999999999999 07:28:00 GMT"])
def test_an_answer_bears_the_time_of_the_helpdesk_or_ours_where_it_does_not_say(
    http, edge, clock, date
):
    edge.get(f"{BASE}/t", json=1, headers={"Date": "Wed, 21 Oct 2026 07:28:00 GMT"})
    edge.get(f"{BASE}/t", json=1, headers={"Date": date})

    served = [http.request("GET", "t").served for _ in range(2)]

    assert served == [datetime(2026, 10, 21, 7, 28, tzinfo=UTC), clock.now()]


@pytest.mark.parametrize("status", [200, 201, 206])
def test_any_success_status_is_a_success(http, edge, status):
    edge.get(f"{BASE}/t", json=[], status=status)

    assert http.request("GET", "t").status == status


def test_a_spent_budget_sends_nothing(http, budget):
    budget.empty = True

    with pytest.raises(RateLimited):
        http.request("GET", "t")
    assert http.calls == 0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("17", 17.0),
        ("Wed, 01 Apr 2026 08:13:00 GMT", 30.0),
        ("Wed, 01 Apr 2026 08:12:00 GMT", 0.0),
        ("999999999999", 3600.0),
        (None, 17.5),
        ("soon", 17.5),
        ("Wed, 21 Oct 99999999999999 07:28:00 GMT", 17.5),
        ("-5", 17.5),
    ],
)
def test_too_many_requests_stops_everyone_for_as_long_as_was_said(
    http, edge, budget, clock, header, seconds
):
    edge.get(f"{BASE}/t", status=429, headers={"Retry-After": header} if header else {})

    with pytest.raises(RateLimited) as caught:
        http.request("GET", "t")

    assert caught.value.retry_after == seconds
    assert budget.drained == [seconds]
    assert clock.slept == []


def test_where_nothing_is_said_they_ask_again_as_a_minute_begins(http, edge, budget, clock):
    clock.time = clock.time.replace(second=56)
    edge.get(f"{BASE}/t", status=429)
    with pytest.raises(RateLimited):
        http.request("GET", "t")
    assert budget.drained == [4 + 2.5]


@pytest.mark.parametrize(
    ("status", "error", "reason"),
    [
        (400, PermanentError, "http_400"),
        (401, AuthExpired, "auth_expired"),
        (403, Forbidden, "forbidden"),
        (404, NotFound, "not_found"),
        (408, HelpdeskUnavailable, "server_error"),
        (410, NotFound, "not_found"),
        (422, PermanentError, "http_422"),
        (500, HelpdeskUnavailable, "server_error"),
        (503, HelpdeskUnavailable, "server_error"),
    ],
)
def test_a_status_becomes_the_error_that_says_what_to_do_next(http, edge, status, error, reason):
    edge.put(f"{BASE}/t", json={"message": "no"}, status=status)

    with pytest.raises(error) as caught:
        http.request("PUT", "t", json={})

    assert (type(caught.value), caught.value.reason) == (error, reason)


def test_a_helpdesk_can_read_its_own_statuses_differently(budget, clock, edge):
    def classify(answer: Answer) -> type[PermanentError] | None:
        return AuthExpired if b"ApiKey" in answer.body else None

    http = Http(
        BASE, headers={}, budget=budget, clock=clock, statuses={409: NotFound}, classify=classify
    )
    edge.get(f"{BASE}/a", status=409)
    edge.get(f"{BASE}/b", status=403, body="ApiKey not found")
    edge.get(f"{BASE}/c", status=403, body="no right")

    for path, error in (("a", NotFound), ("b", AuthExpired), ("c", Forbidden)):
        with pytest.raises(error):
            http.request("GET", path)


@pytest.mark.parametrize("failure", [500, requests.ConnectionError("refused")], ids=["5xx", "down"])
def test_a_read_is_repeated_at_most_twice(http, edge, clock, failure):
    broken = {"status": failure} if isinstance(failure, int) else {"body": failure}
    edge.get(f"{BASE}/t", **broken)

    with pytest.raises(HelpdeskUnavailable):
        http.request("GET", "t")

    assert http.calls == 3
    assert clock.slept == [0.5, 1.0]


def test_a_read_that_works_the_second_time_is_no_error(http, edge):
    edge.get(f"{BASE}/t", status=502)
    edge.get(f"{BASE}/t", json=[1])

    assert http.request("GET", "t").data == [1]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_write_is_never_repeated(http, edge, method):
    edge.add(method, f"{BASE}/t", status=500)

    with pytest.raises(HelpdeskUnavailable):
        http.request(method, "t")

    assert http.calls == 1


def test_a_stated_pause_is_left_to_the_caller(http, edge):
    edge.get(f"{BASE}/t", status=503, headers={"Retry-After": "30"})

    with pytest.raises(HelpdeskUnavailable) as caught:
        http.request("GET", "t")

    assert caught.value.retry_after == 30.0
    assert http.calls == 1


def test_a_timeout_is_retryable_and_not_repeated_at_once(http, edge):
    edge.get(f"{BASE}/t", body=requests.ReadTimeout("slow"))

    with pytest.raises(HelpdeskUnavailable) as caught:
        http.request("GET", "t")

    assert (caught.value.reason, http.calls) == ("timeout", 1)


@pytest.mark.parametrize(
    "body",
    ["", '{"a": [1, 2', "<html>Bad gateway</html>", "[" * 200_000, b"\xff\xfe\xfa"],
    ids=["empty", "truncated", "html", "too_deep", "no_text"],
)
def test_a_body_that_is_no_json_is_retryable(http, edge, body):
    edge.get(f"{BASE}/t", body=body, status=200)

    with pytest.raises(HelpdeskUnavailable) as caught:
        http.request("GET", "t")

    assert caught.value.reason == "broken_answer"


def test_an_empty_body_is_fine_where_nothing_is_expected(http, edge):
    edge.post(f"{BASE}/t", body="")

    assert http.request("POST", "t", expect=Expect.NOTHING).data is None


def test_bytes_are_given_as_they_came(http, edge):
    edge.get(f"{BASE}/file", body=b"\x00\x01{")

    assert http.request("GET", "file", expect=Expect.BYTES).body == b"\x00\x01{"


def test_an_answer_over_the_limit_is_refused(http, edge):
    edge.get(f"{BASE}/t", body=b"a" * (MAX_BODY + 1))

    with pytest.raises(PermanentError) as caught:
        http.request("GET", "t")

    assert caught.value.reason == "too_big"


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/t",
        "http://acme.helpdesk.example/t",
        "https://acme.helpdesk.example:8443/t",
        "//evil.example/t",
        "https://acme.helpdesk.example:port/t",
    ],
)
def test_a_redirect_to_another_origin_is_refused_so_that_the_key_stays(http, edge, location):
    edge.get(f"{BASE}/t", status=302, headers={"Location": location})

    with pytest.raises(PermanentError) as caught:
        http.request("GET", "t")

    assert caught.value.reason == "redirected"
    assert len(edge.calls) == 1


def test_a_redirect_within_the_origin_is_followed_for_reads(http, edge):
    edge.get(f"{BASE}/a", status=301, headers={"Location": "/b?x=1"})
    edge.get(f"{BASE}/b", json=1)

    assert http.request("GET", "a", params={"q": "1"}).data == 1
    assert edge.calls[1].request.url == f"{BASE}/b?x=1"


def test_a_redirect_to_no_address_at_all_is_no_usable_answer(http, edge):
    edge.get(f"{BASE}/t", status=302, headers={"Location": "https://[evil"})

    with pytest.raises(HelpdeskUnavailable):
        http.request("GET", "t")


def test_endless_redirects_end(http, edge):
    edge.get(f"{BASE}/a", status=301, headers={"Location": "/a"})

    with pytest.raises(PermanentError):
        http.request("GET", "a")


def test_a_write_is_never_redirected(http, edge):
    edge.post(f"{BASE}/a", status=307, headers={"Location": "/b"})

    with pytest.raises(PermanentError) as caught:
        http.request("POST", "a", data={"secret": "form-secret"})

    assert caught.value.reason == "redirected"


@pytest.mark.parametrize("url", ["https://evil.example/t", "//evil.example/t"])
def test_an_absolute_address_elsewhere_is_never_called(http, url):
    with pytest.raises(PermanentError):
        http.request("GET", url)
    assert http.calls == 0


def test_an_absolute_address_of_the_same_origin_is_called(http, edge):
    edge.get(f"{BASE}/t", json=2)

    assert http.request("GET", f"{BASE}/t").data == 2


@pytest.mark.parametrize(
    "url",
    [
        "http://acme.helpdesk.example",
        "ftp://acme.helpdesk.example",
        "https://user:pass@acme.helpdesk.example",
        "https://acme.helpdesk.example/?key=1",
        "https://",
        "https://[acme",
        "https://acme.helpdesk.example:port",
        "acme",
    ],
)
def test_an_address_that_would_expose_the_key_is_refused(budget, clock, url):
    with pytest.raises(ConfigError) as caught:
        Http(url, headers={}, budget=budget, clock=clock)
    assert "pass" not in str(caught.value)


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "[::1]:80"])
def test_plain_http_is_for_this_machine_only(budget, clock, host):
    Http(f"http://{host}/", headers={}, budget=budget, clock=clock).close()


@pytest.mark.parametrize(
    "reply",
    [
        *({"status": s, "body": f"{KEY} 4111111111111111"} for s in (302, 400, 401, 403, 404, 429)),
        {"status": 500, "body": "4111111111111111"},
        {"status": 200, "body": "4111111111111111 <"},
        {"status": 200, "body": b"4111111111111111" * (MAX_BODY // 16 + 1)},
        {"body": requests.ConnectionError(f"{BASE}/t?q=query-secret {KEY}")},
        {"body": requests.ReadTimeout("query-secret")},
        {"body": requests.exceptions.SSLError("query-secret")},
        {"body": requests.exceptions.ChunkedEncodingError("query-secret")},
        {"body": requests.exceptions.InvalidURL("query-secret")},
    ],
    ids=[
        "302",
        "400",
        "401",
        "403",
        "404",
        "429",
        "500",
        "no_json",
        "huge",
        "down",
        "slow",
        "tls",
        "cut",
        "url",
    ],
)
def test_no_error_and_no_log_line_holds_a_key_a_query_or_a_body(http, edge, caplog, reply):
    caplog.set_level(logging.DEBUG)
    edge.post(f"{BASE}/t", **reply)

    with pytest.raises(DeskwardenError) as caught:
        http.request("POST", "t?q=query-secret", data={"apikey": "form-secret"})

    error = caught.value
    said = f"{error!r} {error} {error.hint} {error.__context__!r} {error.__cause__!r} {caplog.text}"
    assert not [secret for secret in SECRETS if secret in said]
    assert error.__context__ is None


@pytest.mark.parametrize(
    "key", ["key-of\nours", "n\u00f8kkel-\u0142"], ids=["line break", "letter"]
)
def test_a_key_that_no_header_can_hold_is_no_failure_of_the_helpdesk(budget, clock, key):
    client = Http("http://127.0.0.1:1", headers={"apikey": key}, budget=budget, clock=clock)
    with pytest.raises(PermanentError) as caught:
        client.request("GET", "t")
    client.close()
    assert caught.value.reason == "bad_header"
    assert key not in f"{caught.value!r} {caught.value.hint}"
    assert caught.value.__context__ is None


class _Dishonest(BaseHTTPRequestHandler):
    """Announces more bytes than it sends."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        self.wfile.write(b'{"a": 1}')

    def log_message(self, *args: object) -> None: ...


def test_a_body_cut_short_on_the_wire_is_retryable_even_when_it_parses(budget, clock):
    server = HTTPServer(("127.0.0.1", 0), _Dishonest)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    client = Http(f"http://127.0.0.1:{server.server_port}", headers={}, budget=budget, clock=clock)
    try:
        with pytest.raises(HelpdeskUnavailable) as caught:
            client.request("GET", "t")
    finally:
        client.close()
        server.shutdown()
        thread.join()
        server.server_close()
    assert caught.value.reason == "broken_answer"


def test_a_helpdesk_that_never_answers_is_waited_for_only_so_long(budget, clock):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        client = Http(url, headers={}, budget=budget, clock=clock, timeout=(0.2, 0.2))
        # Without a limit of its own the call ends with the connection, and for another reason.
        hang_up = threading.Timer(5, silent.shutdown, [socket.SHUT_RDWR])
        hang_up.start()
        try:
            with pytest.raises(HelpdeskUnavailable) as caught:
                client.request("GET", "t")
        finally:
            hang_up.cancel()
            client.close()
    assert caught.value.reason == "timeout"


def test_a_netrc_password_never_replaces_our_own_header(budget, clock, edge, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine acme.helpdesk.example login a password b\n")
    monkeypatch.setenv("NETRC", str(netrc))
    client = Http(BASE, headers={"Authorization": "token x"}, budget=budget, clock=clock)
    edge.get(f"{BASE}/t", json=1)

    client.request("GET", "t")

    assert edge.calls[0].request.headers["Authorization"] == "token x"


def test_the_repr_of_an_answer_shows_no_content(clock):
    answer = Answer(200, {"a": KEY}, b"4111111111111111", served=clock.now(), seconds=0.1)
    assert repr(answer) == "Answer(status=200)"
