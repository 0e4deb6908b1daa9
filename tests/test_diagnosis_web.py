"""What `doctor` says of the web process of this host."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from support.database import make_database

from integration.config import load
from integration.core.rows import AccountRow, ReceivedRow
from integration.diagnosis import web
from integration.lock import FolderLock
from integration.runtime import open_runtime


@contextmanager
def answering(status: int, body: bytes) -> Iterator[tuple[int, list[str]]]:
    """A server on a port of its own, and the requests that it was sent."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.headers['Host']}{self.path}")
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.server_port, asked
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def runtime(tmp_path):
    opened = open_runtime(load({"DESKWARDEN_DATA_FOLDER": str(tmp_path / "data")}, cwd=tmp_path))
    make_database(opened.config.database_url)
    on(opened, 1)  # nothing ever listens there
    yield opened
    opened.close()


def on(runtime, port):
    runtime.config = replace(runtime.config, web=replace(runtime.config.web, port=port))


def look(runtime):
    row = next(web.ways_in(runtime))
    assert row["what"] == "web"
    return row["state"], row["detail"], row["fix"]


def take_a_delivery(runtime):
    with runtime.store.transaction() as tables:
        tables.accounts.save(AccountRow("acme", "liveagent", {}, b""))
        tables.received.add([ReceivedRow("acme", "new", 202, 1, runtime.clock.now())])


def test_a_web_process_that_answers_is_fine_and_is_asked_under_a_name_it_always_takes(runtime):
    with answering(200, b'{"status": "alive"}') as (port, asked):
        on(runtime, port)
        assert look(runtime) == ("ok", f"answers on 127.0.0.1:{port}", "")
    assert asked == ["localhost/healthz"]


def test_before_the_first_start_nothing_has_to_answer(runtime):
    assert look(runtime) == ("warn", "nothing answers on 127.0.0.1:1", "deskwarden run")


def test_a_run_whose_web_process_does_not_answer_is_broken(runtime):
    with FolderLock(runtime.config.data_folder):
        state, _, fix = look(runtime)
    assert (state, "look at its log" in fix) == ("fail", True)


def test_where_deliveries_came_and_nothing_answers_any_more_they_are_refused(runtime):
    take_a_delivery(runtime)
    assert look(runtime) == ("fail", "nothing answers on 127.0.0.1:1", "deskwarden run")


def test_where_hosts_share_a_queue_another_one_may_take_the_deliveries(runtime):
    take_a_delivery(runtime)
    runtime.config = replace(runtime.config, redis_url="redis://127.0.0.1:1/0")
    state, _, fix = look(runtime)
    assert (state, "deskwarden web" in fix) == ("warn", True)


def test_without_a_database_nothing_is_known_of_deliveries(runtime):
    take_a_delivery(runtime)
    (runtime.config.data_folder / "deskwarden.db").unlink()
    assert look(runtime)[0] == "warn"


@pytest.mark.parametrize(
    ("status", "body"), [(404, b'"alive"'), (200, b"<html>")], ids=["status", "body"]
)
def test_another_program_on_the_port_is_told_apart(runtime, status, body):
    with answering(status, body) as (port, _), FolderLock(runtime.config.data_folder):
        on(runtime, port)
        state, detail, fix = look(runtime)
    assert (state, detail) == ("fail", f"another program answers on 127.0.0.1:{port}")
    assert "DESKWARDEN_WEB_PORT" in fix
