from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys

import pytest

from integration.core.errors import ConfigError
from integration.queueing import EmbeddedServer, connect, embedded, find_server, is_alive


@pytest.fixture
def embedded_server(short_folder):
    server = EmbeddedServer(short_folder)
    server.start()
    yield server
    server.stop()


def test_it_listens_on_a_private_socket_and_no_port(embedded_server):
    client = connect(embedded_server.url)
    assert is_alive(client)
    assert client.config_get("port") in ({"port": "0"}, {b"port": b"0"})
    assert stat.S_IMODE(embedded_server.socket.stat().st_mode) == 0o700
    assert stat.S_IMODE(embedded_server.folder.stat().st_mode) == 0o700


def test_it_keeps_jobs_and_evicts_none(embedded_server):
    info = connect(embedded_server.url).info("persistence")
    assert info["aof_enabled"] == 1
    policy = connect(embedded_server.url).config_get("maxmemory-policy")
    assert "noeviction" in str(policy)


def test_what_it_held_is_there_after_a_restart(short_folder):
    server = EmbeddedServer(short_folder)
    connect(server.start()).set("a", "1")
    server.stop()
    assert not server.is_ready()
    assert connect(server.start()).get("a") == b"1"
    server.stop()


def test_stopping_twice_is_harmless(short_folder):
    EmbeddedServer(short_folder).stop()


START = (
    "import sys, time; from pathlib import Path; "
    "from integration.queueing import EmbeddedServer; "
    "s = EmbeddedServer(Path(sys.argv[1])); s.start(); print('up', flush=True); time.sleep(600)"
)


def start_elsewhere(folder) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", START, str(folder)], stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"up\n"
    process.stdout.close()
    return process


def test_it_dies_with_the_process_that_started_it(short_folder, until):
    process = start_elsewhere(short_folder)
    server = EmbeddedServer(short_folder)
    assert server.is_ready()
    process.kill()
    process.wait()
    until(lambda: not server.is_ready())


@pytest.fixture
def stale(short_folder, until):
    """A server on the folder whose supervisor has died."""
    server = EmbeddedServer(short_folder)
    process = subprocess.Popen(server.command(), stdin=subprocess.DEVNULL)
    until(server.is_ready)
    yield process
    process.kill()
    process.wait()


def test_a_stale_server_is_replaced(short_folder, stale):
    fresh = EmbeddedServer(short_folder)
    try:
        fresh.start()
        stale.wait(10)
        assert connect(fresh.url).info("server")["process_id"] != stale.pid
    finally:
        fresh.stop()


def test_a_stale_server_that_hangs_is_killed(short_folder, stale, monkeypatch):
    monkeypatch.setattr(embedded, "STOP_SECONDS", 0.5)
    os.kill(stale.pid, signal.SIGSTOP)
    assert EmbeddedServer(short_folder).stop_stale()
    assert stale.wait(10) == -signal.SIGKILL


def test_a_process_that_only_has_the_number_is_left_alone(short_folder):
    server = EmbeddedServer(short_folder)
    server.folder.mkdir()
    server.pid_file.write_text(str(os.getpid()))
    assert server.stop_stale() is False
    server.pid_file.write_text("none")
    assert server.stop_stale() is False


def test_a_server_on_the_path_is_preferred(tmp_path, monkeypatch):
    binary = tmp_path / "valkey-server"
    binary.write_text("#!/bin/sh\n")
    binary.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_server() == str(binary)


def test_with_no_server_at_all_the_error_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(embedded.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ConfigError) as caught:
        find_server()
    assert "deskwarden[embedded]" in caught.value.hint


def test_a_server_that_does_not_start_is_an_error(short_folder, tmp_path, monkeypatch):
    binary = tmp_path / "valkey-server"
    binary.write_text("#!/bin/sh\nexit 3\n")
    binary.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(ConfigError, match="did not start"):
        EmbeddedServer(short_folder).start()


def test_a_folder_too_deep_for_a_socket_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="too long"):
        EmbeddedServer(tmp_path / ("x" * 100))
