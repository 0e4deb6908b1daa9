from __future__ import annotations

import json

import pytest
from flask import request
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PAGES = ["/ping", "/healthz", "/readyz", "/metrics", "/hooks/example/acme", "/nothing", "/"]
ANY_FIXTURE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("method", ["get", "post", "head", "options", "trace"])
def test_every_answer_carries_the_security_headers(web, path, method):
    headers = getattr(web.client, method)(path).headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in headers
    assert "Location" not in headers


@pytest.mark.parametrize(
    "path",
    ["/", "/hooks", "/hooks/example", "/hooks/example/acme/token/more", "/admin", "/static/a.js"],
)
def test_everything_else_is_not_found(web, path):
    for response in (web.client.get(path), web.client.post(path)):
        assert (response.status_code, response.json) == (404, {"error": "not_found"})


@pytest.mark.parametrize("path", ["//hooks/example/acme/token", "/hooks/example/acme/token/"])
def test_no_redirect_repeats_a_path(web, path):
    response = web.client.post(path)
    assert response.status_code == 404
    assert b"token" not in response.data


def test_nothing_of_debugging_is_on(web):
    app = web.client.application
    assert not app.debug
    assert not app.testing
    assert not app.config["PROPAGATE_EXCEPTIONS"]


def test_a_host_that_is_not_ours_is_refused_when_hosts_are_named(web):
    web = web.with_settings(trusted_hosts=("desk.example.com",))
    for host, status in (
        ("desk.example.com", 204),
        ("127.0.0.1:8000", 204),
        ("localhost", 204),
        ("evil.example", 400),
    ):
        assert web.client.get("/ping", headers={"Host": host}).status_code == status


def test_any_host_is_served_when_none_is_named(web):
    assert web.client.get("/ping", headers={"Host": "any.example"}).status_code == 204


def test_forwarded_addresses_count_only_behind_a_configured_proxy(web):
    forwarded = {"X-Forwarded-For": "203.0.113.9"}
    seen = []

    def addresses(web):
        app = web.client.application
        app.before_request(lambda: seen.append(request.remote_addr))
        app.test_client().get("/ping", headers=forwarded)

    addresses(web)
    addresses(web.with_settings(trusted_proxies=1))
    assert seen == ["127.0.0.1", "203.0.113.9"]


@ANY_FIXTURE
@given(body=st.binary(max_size=400))
def test_garbage_that_nobody_signed_is_never_a_server_error(web, body):
    assert web.post(body, headers={}).status_code == 401


@ANY_FIXTURE
@given(
    body=st.binary(max_size=400)
    | st.text(max_size=200).map(str.encode)
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("events"), inner),
    ).map(lambda value: json.dumps(value).encode())
)
def test_garbage_that_was_signed_is_never_a_server_error(web, body):
    assert web.post(body).status_code in {200, 202, 400}


@ANY_FIXTURE
@given(
    path=st.text(st.characters(codec="utf-8"), max_size=60),
    query=st.text(st.characters(codec="utf-8"), max_size=40),
    headers=st.dictionaries(
        st.sampled_from(["X-Signature", "X-Timestamp", "Content-Length", "Authorization"]),
        st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=20),
    ),
)
def test_garbage_around_the_body_is_never_a_server_error(web, path, query, headers):
    response = web.client.open(
        "/hooks/example/" + path.replace("?", ""),
        method="POST",
        query_string=query,
        data=b"{}",
        headers=headers,
        content_type="application/json",
    )
    assert response.status_code < 500
