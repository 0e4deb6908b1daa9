from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys

import pytest
import requests
from cryptography.fernet import Fernet
from support.processes import untraced
from support.waiting import until

from integration import __version__
from integration.cli import service
from integration.queueing import EmbeddedServer
from integration.runtime import load_config


def test_the_version_is_the_version(run):
    assert run("version").out == run("--version").out == f"{__version__}\n"


def test_help_is_given(run):
    assert "Exit codes" in run("-h").out


@pytest.mark.parametrize("command", ["web", "worker", "ticker"])
def test_help_names_every_part_that_split_hosts_run(run, command):
    assert f"\n  {command} " in run("-h").out


def test_the_poller_has_loaded_what_it_needs_before_it_takes_any_work(run, monkeypatch):
    loaded = []

    class Work:
        def __init__(self, process_due, *, seconds):
            pass

        def start(self):
            assert {"rehearsed", "connectors.liveagent.connector"} <= set(loaded)
            os.kill(os.getpid(), signal.SIGTERM)

        def stop(self):
            loaded.append("stopped")

    monkeypatch.setattr(service.importlib, "import_module", loaded.append)
    monkeypatch.setattr(service, "rehearse", lambda: loaded.append("rehearsed"))
    monkeypatch.setattr(service, "Poller", Work)
    before = signal.getsignal(signal.SIGTERM)
    try:
        run("poller")
    finally:
        signal.signal(signal.SIGTERM, before)
    assert loaded[-1] == "stopped"


def test_a_worker_has_rehearsed_before_it_forks(run, monkeypatch):
    loaded = []
    for step in ("require_shared", "require_tables"):
        monkeypatch.setattr(service, step, lambda config: None)
    monkeypatch.setattr(service, "rehearse", lambda: loaded.append("rehearsed"))
    monkeypatch.setattr(service, "run_worker", lambda url, **options: loaded.append("at work"))
    run("worker")
    assert loaded == ["rehearsed", "at work"]


def test_a_valkey_that_a_dead_run_has_left_on_the_folder_is_ended(folder):
    left = EmbeddedServer(folder)
    stale = subprocess.Popen(left.command(), stdin=subprocess.DEVNULL)
    try:
        until(left.is_ready)
        fresh = service._embedded(load_config())
        stale.wait(10)
        assert not fresh.is_ready()
    finally:
        stale.kill()
        stale.wait()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_a_port_on_which_another_listens_is_a_sentence(run, monkeypatch, host):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family, reuse_port=True) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("DESKWARDEN_WEB_HOST", host)
        monkeypatch.setenv("DESKWARDEN_WEB_PORT", str(port))
        said = run("run", code=2).err
    assert f"{load_config().web.address} (" in said
    assert "DESKWARDEN_WEB_PORT" in said


def test_an_unknown_command_is_wrong_use(run):
    assert "No such command" in run("fly", code=2).err


@pytest.mark.parametrize("command", ["web", "worker", "ticker"])
def test_a_part_of_its_own_needs_a_queue_and_keys_that_all_share(run, folder, command):
    said = run(command, code=2).err
    assert "DESKWARDEN_REDIS_URL" in said
    assert f"audit_key_file: copy the one that all share to {folder / 'audit.key'}" in said
    assert "DESKWARDEN_SECRET_KEY" in said
    assert not folder.exists(), "no key was made"


@pytest.mark.parametrize("command", ["web", "worker", "ticker"])
def test_a_part_of_its_own_names_only_what_is_missing(run, monkeypatch, command):
    monkeypatch.setenv("DESKWARDEN_REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setenv("DESKWARDEN_SECRET_KEY", Fernet.generate_key().decode())
    said = run(command, code=2).err
    assert "audit.key" in said
    assert "REDIS_URL" not in said
    assert "SECRET_KEY" not in said


def test_the_first_host_makes_the_keys_with_the_tables(run, folder):
    run("db", "upgrade")
    assert {"audit.key", "secret.key"} <= {path.name for path in folder.iterdir()}


def without_keys(folder, monkeypatch, tmp_path):
    """A second host on the database of the first: a data folder of its own, without keys."""
    monkeypatch.setenv("DESKWARDEN_DATABASE_URL", f"sqlite:///{folder}/deskwarden.db")
    monkeypatch.setenv("DESKWARDEN_DATA_FOLDER", str(tmp_path / "second"))
    return tmp_path / "second"


def test_a_second_host_makes_no_keys_to_connect_an_account(
    run, given, folder, monkeypatch, tmp_path
):
    run("db", "upgrade")
    second = without_keys(folder, monkeypatch, tmp_path)
    said = run("account", "add", "liveagent", code=2).err
    assert f"copy the one that all share to {second / 'audit.key'}" in said
    assert "DESKWARDEN_SECRET_KEY" in said
    assert "Copy audit.key from another host or a backup" in said
    assert list(second.iterdir()) == []


@pytest.mark.parametrize(
    "command", [("account", "list"), ("db", "upgrade"), ("run",)], ids=["list", "upgrade", "run"]
)
def test_no_key_is_made_for_a_database_that_was_used_with_another(
    run, connected, folder, monkeypatch, tmp_path, command, restored_logging
):
    second = without_keys(folder, monkeypatch, tmp_path)
    said = run(*command, code=2).err
    assert f"audit_key_file: {second / 'audit.key'} is not there" in said
    assert "Copy audit.key from another host or a backup" in said
    assert not (second / "audit.key").exists()


def test_no_secret_key_is_made_where_accounts_were_sealed_with_another(run, connected, folder):
    (folder / "secret.key").unlink()
    said = run("account", "test", "acme", code=2).err
    assert f"secret_key: {folder / 'secret.key'} is not there" in said
    assert not (folder / "secret.key").exists()


@pytest.fixture
def second_host(folder, monkeypatch, tmp_path):
    """A second host to which both keys of the first were copied; the folder of its data."""

    def copy():
        second = without_keys(folder, monkeypatch, tmp_path)
        second.mkdir(mode=0o700)
        for name in ("audit.key", "secret.key"):
            shutil.copy(folder / name, second / name)
        monkeypatch.setenv("DESKWARDEN_REDIS_URL", "redis://127.0.0.1:1/0")
        return second

    return copy


def test_a_second_host_that_looked_around_first_makes_no_chain_of_its_own(
    run, folder, monkeypatch, tmp_path
):
    run("db", "upgrade")
    second = without_keys(folder, monkeypatch, tmp_path)
    for command in (("doctor",), ("account", "list"), ("db", "upgrade")):
        run(*command, code=None)
    assert [path.name for path in second.iterdir() if path.suffix == ".key"] == []


@pytest.mark.parametrize("command", ["web", "worker", "ticker"])
def test_no_part_starts_with_an_audit_key_that_is_not_the_one_of_the_others(
    run, connected, second_host, command, restored_logging
):
    (second_host() / "audit.key").write_text("b" * 64)
    said = run(command, code=2).err
    assert "audit.key is not the key that this database is used with" in said
    assert "Copy audit.key from another host or a backup" in said
    assert "audit.key is not the key" in run("doctor", code=1).out


@pytest.mark.parametrize("key", ["", "zz"])
def test_an_audit_key_that_anyone_can_guess_is_refused(run, connected, folder, key):
    (folder / "audit.key").write_text(key)
    assert "holds no key of at least 32 characters" in run("account", "list", code=2).err


@pytest.mark.parametrize("command", ["web", "worker", "ticker"])
def test_no_part_starts_with_a_secret_key_that_opens_no_account(
    run, connected, second_host, command, restored_logging
):
    (second_host() / "secret.key").write_bytes(Fernet.generate_key())
    said = run(command, code=2).err
    assert "secret_key: it opens none of the accounts" in said
    assert "after a rotation: the new one" in said


def test_nothing_is_started_with_a_secret_key_that_opens_no_account(
    run, connected, folder, monkeypatch, restored_logging
):
    monkeypatch.setattr(service, "_require_free_port", lambda _: None)
    monkeypatch.setattr(service, "Supervisor", None)  # to make one would be a traceback
    (folder / "secret.key").write_bytes(Fernet.generate_key())
    said = run("run", code=2).err
    assert said.count("secret_key: it opens none of the accounts") == 1


@pytest.mark.parametrize("command", ["worker", "ticker"])
def test_nothing_is_worked_on_a_database_without_our_tables(
    run, connected, second_host, command, monkeypatch, tmp_path, restored_logging
):
    second_host()
    monkeypatch.setenv("DESKWARDEN_DATABASE_URL", f"sqlite:///{tmp_path}/forgotten.db")
    said = run(command, code=2).err
    assert "this is not the database of the other hosts" in said
    assert "DESKWARDEN_DATABASE_URL" in said


def test_an_unknown_simulator_is_wrong_use(run):
    assert "liveagent" in run("simulator", "zendesk", code=2).err


@pytest.mark.parametrize("port", ["80000", "65536", "-1"])
def test_a_port_that_there_cannot_be_is_wrong_use(run, port):
    assert "0<=x<=65535" in run("simulator", "liveagent", "--port", port, code=2).err


def test_a_simulator_tells_its_address_and_keys_on_its_first_line_and_serves():
    command = [sys.executable, "-m", "integration.cli", "simulator", "liveagent"]
    process = subprocess.Popen(
        [*command, "--json", "--seed-tickets", "3"],
        stdout=subprocess.PIPE,
        env=untraced(),
        text=True,
    )
    try:
        facts = json.loads(process.stdout.readline())
        assert {"url", "v3_key", "v1_key"} <= set(facts)
        session = requests.Session()
        session.headers["apikey"] = facts["v3_key"]
        tickets = session.get(f"{facts['url']}/api/v3/tickets", timeout=10).json()
        assert len(tickets) == 3
        session.close()
    finally:
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=20)
    assert (rest, process.returncode) == ("", 0)


@pytest.mark.skipif(resource.getrlimit(resource.RLIMIT_CORE)[1] == 0, reason="nobody may, here")
def test_no_command_and_nothing_it_starts_writes_a_core_dump():
    code = """
import resource, runpy, subprocess, sys
sys.argv = ["deskwarden", "version"]
try:
    runpy.run_module("integration.cli", run_name="__main__")
except SystemExit:
    print(resource.getrlimit(resource.RLIMIT_CORE), flush=True)
    subprocess.run(["sh", "-c", "ulimit -Hc; ulimit -c"], check=True)
"""
    command = [sys.executable, "-c", code]
    said = subprocess.run(command, env=untraced(), capture_output=True, text=True, check=True)
    assert said.stdout.splitlines() == [__version__, "(0, 0)", "0", "0"]


def test_a_new_key_file_seals_all_accounts_anew(run, connected, runtime, folder, given):
    before = (folder / "secret.key").read_text()
    said = " ".join(run("secrets", "rotate").err.split())
    assert f"A new key was made: {folder / 'secret.key'}. 1 account is sealed with it." in said
    assert "The old key opens nothing that is stored now" in said
    assert "Renew the copy" in said
    assert (folder / "secret.key").read_text() != before
    assert (folder / "secret.key").stat().st_mode & 0o077 == 0
    run("account", "test", "acme", "--json")


def test_a_new_configured_key_seals_all_accounts_anew(run, given, monkeypatch):
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    monkeypatch.setenv("DESKWARDEN_SECRET_KEY", old)
    run("account", "add", "liveagent", "--name", "acme")
    monkeypatch.setenv("DESKWARDEN_SECRET_KEY", f"{new},{old}")
    said = " ".join(run("secrets", "rotate").err.split())
    assert "No key was made" in said
    assert "1 account is sealed with the first key of secret_key." in said
    assert "The others there open nothing that is stored now" in said
    monkeypatch.setenv("DESKWARDEN_SECRET_KEY", new)
    run("account", "test", "acme", "--json")


def test_one_configured_key_is_not_said_to_have_changed(run, given, monkeypatch):
    key = Fernet.generate_key().decode()
    monkeypatch.setenv("DESKWARDEN_SECRET_KEY", key)
    run("account", "add", "liveagent", "--name", "acme")
    said = " ".join(run("secrets", "rotate").err.split())
    assert "Nothing has changed" in said
    assert "put the new key before the one that is there" in said
    assert key not in said
    run("account", "test", "acme", "--json")


def test_tables_that_are_there_are_left_alone(run, connected):
    run("db", "upgrade")
    assert run("account", "list", "--json").rows[0]["account"] == "acme"
