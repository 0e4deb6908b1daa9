from __future__ import annotations

import socket
import subprocess

from support.processes import untraced
from support.waiting import until

from integration.config import load
from integration.supervisor import children, web_command

APP = """
def create_app():
    def app(environ, start_response):
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]
    return app
"""
SLOW_APP = """
import pathlib, time
pathlib.Path("loading").touch()
time.sleep(30)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_web_command_serves_and_logs_in_our_form(tmp_path):
    (tmp_path / "app_under_test.py").write_text(APP)
    port = free_port()
    # More threads than any machine has cores for: no warning, they are meant.
    given = {"DESKWARDEN_WEB_PORT": str(port), "DESKWARDEN_WEB_THREADS": "128"}
    config = load(given, cwd=tmp_path, home=tmp_path)
    process = subprocess.Popen(
        web_command(config, application="app_under_test:create_app"),
        cwd=tmp_path,
        env=untraced(),
        stderr=subprocess.PIPE,
    )
    web = children(config)[-1]
    until(web.ready)
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"GET /hooks/a/b/s3cr3t HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert client.recv(100).startswith(b"HTTP/1.1 200")
    process.terminate()
    _, said = process.communicate(timeout=60)
    assert b'{"event": ' in said or b'"event"' in said
    assert b"Python threads" not in said
    assert b"s3cr3t" not in said
    assert not web.ready()


def test_a_web_process_that_is_stopped_while_it_loads_need_not_be_killed(tmp_path):
    (tmp_path / "slow_app.py").write_text(SLOW_APP)
    given = {"DESKWARDEN_WEB_PORT": str(free_port())}
    config = load(given, cwd=tmp_path, home=tmp_path)
    process = subprocess.Popen(
        web_command(config, application="slow_app:create_app"),
        cwd=tmp_path,
        env=untraced(),
        stderr=subprocess.PIPE,
    )
    until((tmp_path / "loading").exists)
    process.terminate()
    _, said = process.communicate(timeout=60)
    assert b"Shutting down" in said
    assert b"Killing" not in said
