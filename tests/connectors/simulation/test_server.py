from __future__ import annotations

import threading

import pytest
import requests
from flask import Flask

from connectors.simulation.base import Names
from connectors.simulation.faults import Fault, Faults
from connectors.simulation.server import SimulatorServer


@pytest.fixture
def app():
    made = Flask(__name__)
    made.config["hits"] = []

    @made.route("/thing", methods=["GET", "POST"])
    def thing():
        made.config["hits"].append(1)
        return {"text": "0123456789"}

    return made


@pytest.fixture
def faults(app):
    app.wsgi_app = Faults(app.wsgi_app, "/_spare")
    return app.wsgi_app


def test_it_serves_on_a_free_port_until_it_is_stopped(app):
    server = SimulatorServer(app)
    url = server.start()
    assert url == server.url
    with requests.Session() as session:
        assert session.get(f"{url}/thing", timeout=5).json() == {"text": "0123456789"}
        server.stop()
        assert server.url == ""
        with pytest.raises(requests.ConnectionError):
            session.get(f"{url}/thing", timeout=5)
    server.stop()


def test_a_connection_serves_one_request_after_another(app, faults):
    server = SimulatorServer(app)
    url = server.start()
    with requests.Session() as session:
        for _ in range(3):
            assert session.post(f"{url}/thing", data=b"x" * 100_000, timeout=5).status_code == 200
            assert session.get(f"{url}/thing", timeout=5).json() == {"text": "0123456789"}
            assert session.head(f"{url}/thing", timeout=5).headers["Content-Length"] == "22"
        (pool,) = session.get_adapter(url).poolmanager.pools._container.values()
        assert pool.num_connections == 1
        faults.add(Fault("cut"))
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            session.get(f"{url}/thing", timeout=5)
        assert session.get(f"{url}/thing", timeout=5).status_code == 200
        server.stop()
        with pytest.raises(requests.ConnectionError):
            session.get(f"{url}/thing", timeout=5)


def test_a_body_in_chunks_is_read(app):
    server = SimulatorServer(app)
    url = server.start()
    with requests.Session() as session:
        for _ in range(2):
            answer = session.post(f"{url}/thing", data=iter([b"a", b"b"]), timeout=5)
            assert answer.status_code == 200
    server.stop()


def test_starting_twice_is_an_error(app):
    server = SimulatorServer(app)
    server.start()
    with pytest.raises(RuntimeError):
        server.start()
    server.stop()


def test_waiting_ends_when_it_is_stopped(app):
    server = SimulatorServer(app)
    server.start()
    waiter = threading.Thread(target=server.wait)
    waiter.start()
    server.stop()
    waiter.join(5)
    assert not waiter.is_alive()


def test_a_fault_is_spent_by_matching_requests_only(app, faults):
    faults.add(Fault("status", 503, times=2, method="GET", path="/thi"))
    client = app.test_client()
    assert client.post("/thing").status_code == 200
    assert [client.get("/thing").status_code for _ in range(3)] == [503, 503, 200]
    assert len(app.config["hits"]) == 2


def test_a_fault_after_the_act_hides_that_it_took_effect(app, faults):
    faults.add(Fault("status", 500, after=True))
    answer = app.test_client().post("/thing")
    assert (answer.status_code, answer.get_json()) == (500, {"message": "Simulated error 500"})
    assert app.config["hits"] == [1]


@pytest.mark.parametrize(("kind", "length"), [("truncate", 10), ("empty", 0)])
def test_a_body_can_be_cut_off(app, faults, kind, length):
    whole = len(app.test_client().get("/thing").data)
    faults.add(Fault(kind))
    answer = app.test_client().get("/thing")
    assert answer.status_code == 200
    assert len(answer.data) == (whole // 2 if kind == "truncate" else length)


def test_a_connection_can_end_in_the_middle_of_a_body(app, faults):
    faults.add(Fault("cut"))
    server = SimulatorServer(app)
    url = server.start()
    with requests.Session() as session, pytest.raises(requests.exceptions.ChunkedEncodingError):
        session.get(f"{url}/thing", timeout=5)
    server.stop()


def test_a_hanging_request_is_let_go_when_the_simulator_stops(app, faults):
    faults.add(Fault("hang", 504, seconds=600))
    statuses = []
    caller = threading.Thread(
        target=lambda: statuses.append(app.test_client().get("/thing").status_code)
    )
    caller.start()
    faults.release()
    caller.join(10)
    assert statuses == [504]


def test_latency_and_faults_spare_the_control_routes(app, faults):
    faults.latency_ms = 600_000
    faults.add(Fault())
    assert app.test_client().get("/_spare/x").status_code == 404
    faults.clear()
    faults.release()
    assert app.test_client().get("/thing").status_code == 200


def test_an_unknown_fault_is_refused():
    with pytest.raises(ValueError, match="no such fault"):
        Fault("earthquake")


def test_the_same_seed_gives_the_same_names():
    first, second, other = Names(1), Names(1), Names(2)
    assert first.short() == second.short()
    assert first.hexadecimal() == second.hexadecimal()
    assert other.short() != Names(1).short()
