from __future__ import annotations

from dataclasses import replace

import pytest

from integration.core.errors import PermanentError, StoreUnavailable
from integration.core.web import Readiness
from tests.webhooks.example import Web, body_of, ticket


def broken(error):
    def backlog():
        raise error

    return backlog


def without_database(web: Web, error) -> Web:
    return replace(web, services=replace(web.services, backlog=broken(error)))


def test_a_live_process_says_so_whatever_else_is_broken(web):
    web = without_database(web, StoreUnavailable("gone"))
    assert web.client.get("/healthz").json == {"status": "alive"}


def test_ping_does_nothing(web):
    response = web.client.get("/ping")
    assert (response.status_code, response.data) == (204, b"")


def test_it_is_ready_when_deliveries_can_be_stored_and_are_worked_on(web):
    response = web.client.get("/readyz")
    assert response.status_code == 200
    assert response.json == {
        "status": "ready",
        "database": True,
        "migrations": True,
        "queue": True,
        "oldest_seconds": 2.5,
    }


def test_a_queue_that_is_down_is_degraded_but_ready(web):
    web.readiness[0] = Readiness(True, True, queue_reachable=False)
    response = web.client.get("/readyz")
    assert (response.status_code, response.json["status"]) == (200, "degraded")
    assert response.json["queue"] is False


@pytest.mark.parametrize(
    "readiness",
    [Readiness(False, True, True), Readiness(True, False, True)],
    ids=["database", "migrations"],
)
def test_it_is_not_ready_without(web, readiness):
    web.readiness[0] = readiness
    response = web.client.get("/readyz")
    assert (response.status_code, response.json["status"]) == (503, "unavailable")


@pytest.mark.parametrize(("oldest", "status"), [(899.9, 200), (900, 503), (None, 200)])
def test_it_is_not_ready_when_work_has_waited_too_long(web, oldest, status):
    web.backlog["oldest_seconds"] = oldest
    assert web.client.get("/readyz").status_code == status


@pytest.mark.parametrize("error", [StoreUnavailable("gone"), PermanentError("no table")], ids=repr)
def test_it_is_not_ready_when_the_backlog_cannot_be_read(web, error):
    response = without_database(web, error).client.get("/readyz")
    assert response.status_code == 503
    assert (response.json["database"], response.json["oldest_seconds"]) == (False, None)


def test_a_stranger_cannot_make_it_probe_the_database_more_than_once_a_second(web):
    probes = []

    def ready():
        probes.append(web.clock.at)
        return Readiness(True, True, True)

    web = replace(web, services=replace(web.services, ready=ready))
    for _ in range(5):
        web.client.get("/readyz")
    assert len(probes) == 1
    web.clock.sleep(1)
    web.client.get("/readyz")
    assert len(probes) == 2


def test_metrics_count_deliveries_by_what_became_of_them(web):
    web.post(body_of(ticket()))
    web.post(body_of(ticket()))
    web.post(b"no json")
    page = web.metrics()
    for line in (
        'deskwarden_deliveries_total{helpdesk="example",reason="",result="new"} 1.0',
        'deskwarden_deliveries_total{helpdesk="example",reason="",result="already_due"} 1.0',
        'deskwarden_deliveries_total{helpdesk="example",reason="malformed",result="rejected"} 1.0',
        'deskwarden_ingest_seconds_count{helpdesk="example"} 3.0',
    ):
        assert line in page


def test_metrics_show_the_backlog_of_the_moment_of_the_scrape(web):
    assert "deskwarden_backlog_due 3.0" in web.metrics()
    web.backlog.update(due=4, oldest_seconds=None)
    page = web.metrics()
    assert "deskwarden_backlog_due 4.0" in page
    assert "deskwarden_backlog_oldest_seconds 0.0" in page
    assert "deskwarden_backlog_readable 1.0" in page


def test_a_backlog_that_cannot_be_read_is_shown_as_unknown_and_not_as_empty(web):
    page = without_database(web, StoreUnavailable("gone")).metrics()
    assert "deskwarden_backlog_readable 0.0" in page
    assert "deskwarden_backlog_due" not in page


@pytest.mark.parametrize("given", [None, "", "Bearer ", "Bearer wrong", "Basic right", "right"])
def test_a_stranger_cannot_read_metrics_that_have_a_token(web, given):
    web = web.with_settings(metrics_token="right")
    headers = {} if given is None else {"Authorization": given}
    response = web.client.get("/metrics", headers=headers)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert b"deskwarden" not in response.data


def test_the_token_opens_the_metrics_from_anywhere(web):
    web = web.with_settings(metrics_token="right")
    response = web.client.get(
        "/metrics",
        headers={"Authorization": "Bearer right"},
        environ_base={"REMOTE_ADDR": "203.0.113.9"},
    )
    assert response.status_code == 200
    assert response.content_type.startswith("text/plain")


@pytest.mark.parametrize("address", ["203.0.113.9", "10.0.0.8", "127.0.0.1.example", None])
def test_a_stranger_cannot_read_metrics_without_a_token_from_elsewhere(web, address):
    response = web.client.get("/metrics", environ_overrides={"REMOTE_ADDR": address})
    assert (response.status_code, response.json) == (404, {"error": "not_found"})


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_a_stranger_cannot_read_metrics_through_a_proxy_on_this_machine(web, header):
    response = web.client.get("/metrics", headers={header: "127.0.0.1"})
    assert response.status_code == 404
