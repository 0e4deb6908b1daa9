from __future__ import annotations

import pytest

from connectors.simulation.app import SimulatorApp

NAME = "connectors.simulation"


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    monkeypatch.setattr(SimulatorApp, "_shared", {})


def made(word: str, endpoint: str = "page") -> SimulatorApp:
    """An application with one page that says a word."""
    app = SimulatorApp(NAME)
    app.add_url_rule("/page", endpoint, lambda: word)
    app.share_routes()
    return app


def said_by(app: SimulatorApp) -> str:
    return app.test_client().get("/page").text


def test_each_application_has_its_own_views():
    first, second = made("first"), made("second")

    assert (said_by(first), said_by(second), said_by(first)) == ("first", "second", "first")


def test_the_routes_are_compiled_once():
    assert made("first").url_map is made("second").url_map


def test_a_route_that_the_first_one_did_not_have_is_refused():
    made("first")

    with pytest.raises(KeyError, match="another"):
        made("second", "another")


def test_applications_of_another_name_know_nothing_of_these_routes():
    made("first")

    assert SimulatorApp(f"{NAME}.app").test_client().get("/page").status_code == 404
