from __future__ import annotations

import re
import shutil
import socket
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from support.database import make_database

from connectors.liveagent.simulator import create
from integration.config import load
from integration.core.errors import ConfigError, StoreUnavailable
from integration.core.mode import Mode
from integration.core.models import Priority
from integration.core.policy import Policy
from integration.core.rows import AccountRow, ReceivedRow
from integration.diagnosis import diagnose, installation
from integration.lock import FolderLock
from integration.queueing import EmbeddedServer
from integration.queueing.worker import make_worker
from integration.runtime import note_sealing_key, open_runtime
from integration.services import modes


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory(prefix="dw-") as path:
        yield Path(path)


@pytest.fixture
def bare(folder):
    """A runtime whose database has no tables yet."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    env = {"DESKWARDEN_DATA_FOLDER": str(folder / "data"), "DESKWARDEN_WEB_PORT": port}
    opened = open_runtime(load(env, cwd=folder))
    yield opened
    opened.close()


@pytest.fixture
def runtime(bare):
    make_database(bare.config.database_url)
    return bare


@pytest.fixture(scope="module")
def simulator():
    made = create(3)
    made.start()
    yield made
    made.stop()


def add(runtime, simulator, **changes):
    facts = simulator.credentials()
    settings = {"url": facts["url"], "bot_agent": facts["bot_user"]}
    settings["contact_email"] = facts["contact_email"]
    sealed = runtime.keyring.seal({"v3_key": facts["v3_key"], "v1_key": facts["v1_key"]})
    row = replace(AccountRow("acme", "liveagent", settings, sealed), **changes)
    with runtime.store.transaction() as tables:
        tables.accounts.save(row)
    return row


def look(runtime):
    return {row["what"]: row for row in diagnose(runtime)}


def states(runtime):
    return {what: row["state"] for what, row in look(runtime).items()}


def test_a_fresh_installation_has_nothing_broken(runtime):
    assert states(runtime) == {
        "packages": "ok",
        "settings": "ok",
        "database": "ok",
        "queue": "warn",
        "web": "warn",
        "public URL": "warn",
        "accounts": "warn",
    }


def test_every_row_that_is_not_fine_says_what_to_do(runtime):
    assert all(row["fix"] for row in diagnose(runtime) if row["state"] != "ok")


def test_missing_tables_are_found(bare):
    row = look(bare)["database"]
    assert (row["state"], row["fix"]) == ("fail", "deskwarden db upgrade")
    assert "accounts" not in look(bare)


def test_tables_that_are_missing_for_want_of_room_are_not_told_to_be_made_again(bare, monkeypatch):
    usage = type(shutil.disk_usage("/"))
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(9, 9, 0))
    row = look(bare)["database"]
    assert row["detail"].endswith("its disk has no room")
    assert row["fix"] == "make room, then deskwarden db upgrade"


def test_a_database_that_does_not_answer_is_found(runtime, monkeypatch):
    def fall(_url):
        raise StoreUnavailable("The database does not answer.", hint="Look at the host.")

    monkeypatch.setattr(installation, "is_current", fall)
    row = look(runtime)["database"]
    assert (row["detail"], row["fix"]) == ("The database does not answer.", "Look at the host.")


def test_a_database_that_takes_no_write_is_found(runtime, monkeypatch):
    def fall():
        raise StoreUnavailable("full")

    monkeypatch.setattr(runtime.store, "transaction", fall)
    assert look(runtime)["database"]["state"] == "fail"


def test_a_queue_is_fine_only_while_a_worker_is_alive(runtime):
    server = EmbeddedServer(runtime.config.data_folder)
    server.start()
    try:
        assert look(runtime)["queue"]["detail"] == "answers, and no worker is alive"
        worker = make_worker(server.url)
        worker.register_birth()
        assert look(runtime)["queue"]["detail"] == "answers; workers alive: 1"
        worker.register_death()
        assert states(runtime)["queue"] == "fail"
    finally:
        runtime.close()
        server.stop()


def test_a_configured_queue_that_does_not_answer_is_broken(runtime):
    runtime.config = replace(runtime.config, redis_url="redis://127.0.0.1:1/0")
    assert look(runtime)["queue"]["detail"] == "redis_url does not answer."


def test_a_machine_without_a_server_is_told_how_to_get_one(runtime, monkeypatch):
    def fall(_self):
        raise ConfigError(["none"], hint="install one")

    monkeypatch.setattr(EmbeddedServer, "command", fall)
    assert look(runtime)["queue"] == {
        "state": "fail",
        "what": "queue",
        "detail": "none",
        "fix": "install one",
    }


def test_without_a_server_a_poller_that_works_is_slow_and_not_broken(runtime, monkeypatch):
    def fall(_self):
        raise ConfigError(["none"], hint="install one")

    monkeypatch.setattr(EmbeddedServer, "command", fall)
    with FolderLock(runtime.config.data_folder):
        row = look(runtime)["queue"]
    assert (row["state"], row["fix"]) == ("warn", "install one")


def test_where_the_settings_and_the_data_are_is_told(runtime):
    assert str(runtime.config.data_folder) in look(runtime)["settings"]["detail"]


def test_a_section_of_the_policy_that_is_nobody_s_is_found(runtime, simulator):
    add(runtime, simulator)
    runtime.config = replace(runtime.config, policies={"acme": Policy(), "acmee": Policy()})
    found = look(runtime)
    assert "policy.accounts.acme" not in found
    assert found["policy.accounts.acmee"]["fix"] == "correct the name; connected: acme"


def test_an_https_address_is_fine(runtime):
    web = replace(runtime.config.web, public_url="https://dw.example")
    runtime.config = replace(runtime.config, web=web)
    assert states(runtime)["public URL"] == "ok"


def test_an_account_that_answers_is_fine(runtime, simulator):
    add(runtime, simulator)
    assert look(runtime)["acme: helpdesk"]["detail"] == "answers"


def test_until_when_an_account_is_only_watched_is_told(runtime, simulator):
    now = runtime.clock.now()
    add(runtime, simulator, created=now - timedelta(days=13))
    row = look(runtime)["acme: mode"]
    ends = f"{now + timedelta(days=1):%Y-%m-%d %H:%M} UTC"
    assert (row["state"], row["detail"]) == ("ok", f"monitor, until {ends}")


def test_an_account_that_is_watched_for_longer_than_was_meant_is_a_warning(runtime, simulator):
    now = runtime.clock.now()
    add(runtime, simulator, created=now - timedelta(days=15))
    row = look(runtime)["acme: mode"]
    ends = f"{now - timedelta(days=1):%Y-%m-%d %H:%M} UTC"
    assert (row["state"], row["detail"]) == ("warn", f"monitor; its time ended {ends}")
    assert "deskwarden account mode acme enforce" in row["fix"]
    assert "policy.monitor_until" in row["fix"]


def test_an_account_in_enforce_mode_is_fine(runtime, simulator):
    add(runtime, simulator, created=runtime.clock.now() - timedelta(days=15), mode=Mode.ENFORCE)
    row = look(runtime)["acme: mode"]
    assert (row["state"], row["detail"]) == ("ok", "enforce")


def test_an_account_whose_key_is_refused_is_broken(runtime, simulator):
    sealed = runtime.keyring.seal({"v3_key": "wrong", "v1_key": "wrong"})
    add(runtime, simulator, sealed=sealed)
    row = look(runtime)["acme: helpdesk"]
    assert row["state"] == "fail"
    assert row["detail"].startswith("The helpdesk does not know this key. (")
    assert row["fix"]


def test_an_account_that_does_not_answer_is_told_as_commands_tell_it(runtime, simulator):
    row = add(runtime, simulator)
    nowhere = {**row.settings, "url": "http://127.0.0.1:1"}
    add(runtime, simulator, settings=nowhere)
    row = look(runtime)["acme: helpdesk"]
    assert row["detail"].startswith("The helpdesk does not answer. (")
    assert "no_connection" not in row["detail"]
    assert row["fix"].startswith("Check the URL")


def test_paused_untested_and_parked_accounts_need_a_person(runtime, simulator):
    add(runtime, simulator, paused="admin", facts={"differences": ["selftest.outbox"]})
    now = runtime.clock.now()
    with runtime.store.transaction() as tables:
        tables.due.upsert("acme", "ticket:t1", due_at=now, priority=Priority.LIVE)
        (claim,) = tables.due.claim("me", now=now, lease=60, limit=1, accounts=["acme"])
        tables.due.park(claim, reason="not_found")
    found = look(runtime)
    assert found["acme: paused"]["fix"] == "deskwarden account resume acme"
    assert found["acme: self-test"]["fix"].endswith("resumed: deskwarden account test acme")
    assert found["acme: parked"]["detail"] == "1 row waits for a person"


HIDES_MAIL = {
    "differences": [],
    "mail_by_hand": "liveagent.mail_by_hand",
    "scratch_tickets": ["t2"],
    "scratch_code": "OGE-2",
}


TEST = "deskwarden account test acme"


@pytest.mark.parametrize(
    ("mode", "facts", "detail", "fix"),
    [
        (Mode.MONITOR, {"differences": ["selftest.outbox"]}, "has not passed", TEST),
        (Mode.ENFORCE, {"differences": []}, "is of an older version", f"{TEST}, then go on"),
        (Mode.ENFORCE, HIDES_MAIL, "nobody has looked for mails", "LiveAgent's API does not show"),
        (Mode.ENFORCE, HIDES_MAIL | {"mail_checked": {"ticket": "t2"}}, "", ""),
        (Mode.MONITOR, HIDES_MAIL, "", ""),
    ],
    ids=["differences", "older", "not_looked", "looked", "monitor"],
)
def test_what_the_self_test_left_open_is_told_with_what_ends_it(
    runtime, simulator, mode, facts, detail, fix
):
    add(runtime, simulator, mode=mode, facts=facts)
    row = look(runtime).get("acme: self-test", {"detail": "", "fix": ""})
    assert row["detail"].startswith(detail)
    assert row["fix"].startswith(fix)
    assert bool(row["fix"]) == bool(detail)


def test_the_question_about_mails_ends_with_the_command_that_doctor_names(runtime, simulator):
    add(runtime, simulator, mode=Mode.ENFORCE, facts=HIDES_MAIL)
    fix = look(runtime)["acme: self-test"]["fix"]
    assert "OGE-2" in fix
    assert fix.endswith("deskwarden account mode acme enforce --mail-checked")
    now = runtime.clock.now()
    modes.set_mode(runtime.store, "acme", Mode.ENFORCE, now=now, mail_checked=True)
    assert "acme: self-test" not in look(runtime)


def no_key(path):
    path.unlink()


def others_read(path):
    path.chmod(0o644)


def not_a_key(path):
    path.write_text("hunter2")


@pytest.mark.parametrize(
    ("spoil", "meant"),
    [(no_key, "is not there"), (others_read, "others can read"), (not_a_key, "is not valid")],
)
def test_a_secret_key_that_is_not_right_is_a_row_that_names_its_file(
    runtime, simulator, spoil, meant
):
    add(runtime, simulator)
    note_sealing_key(runtime.store)
    path = runtime.config.secret_key_file
    spoil(path)
    del runtime.keyring
    found = look(runtime)
    row = found["secret key"]
    assert row["state"] == "fail"
    assert meant in row["detail"]
    assert str(path) in row["detail"]
    assert row["fix"]
    told = found["acme: helpdesk"]
    assert (told["state"], told["detail"]) == ("fail", "not asked")


def test_a_secret_key_that_is_right_is_no_row(runtime, simulator):
    add(runtime, simulator)
    assert "secret key" not in look(runtime)


def test_a_refused_key_needs_a_new_one_before_the_account_goes_on(runtime, simulator):
    add(runtime, simulator, paused="auth_expired")
    said = look(runtime)["acme: paused"]["fix"]
    first, then = said.split(", then ")
    assert first == "deskwarden account add liveagent --name acme --replace"
    assert then == "deskwarden account resume acme"


def receive(runtime, *counts, account="acme"):
    """Count deliveries as the web process does: (result, status, minutes ago)."""
    now = runtime.clock.now()
    rows = [ReceivedRow(account, r, s, 1, now - timedelta(minutes=m)) for r, s, m in counts]
    with runtime.store.transaction() as tables:
        tables.received.add(rows)


def deliveries(runtime):
    row = look(runtime)["acme: deliveries"]
    return row["state"], row["detail"], row["fix"]


def test_an_account_without_any_delivery_is_told_how_to_see_one(runtime, simulator):
    add(runtime, simulator)
    state, detail, fix = deliveries(runtime)
    assert (state, detail) == ("warn", "none has been taken yet; tickets are found by asking")
    assert fix == "write a ticket there and watch: deskwarden account deliveries acme --follow"


def test_when_the_last_delivery_came_is_told(runtime, simulator):
    add(runtime, simulator)
    receive(runtime, ("content_type", 415, 300), ("new", 202, 10), ("ping", 200, 20))
    state, detail, fix = deliveries(runtime)
    assert (state, fix) == ("ok", "")
    assert re.fullmatch(
        r"last delivery 10 min( \d s)? ago; last refused 5 h( 1 min)? ago: 415 content_type", detail
    )


def test_a_delivery_that_was_refused_since_is_told_with_what_to_do(runtime, simulator):
    add(runtime, simulator)
    receive(runtime, ("content_type", 415, 3))
    state, detail, fix = deliveries(runtime)
    assert state == "warn"
    assert detail.startswith("none has been taken yet; last refused 3 min")
    assert detail.endswith("415 content_type")
    assert fix == "send it with the header Content-Type: application/json"
    receive(runtime, ("new", 202, 10), ("signature_invalid", 401, 1))
    state, detail, fix = deliveries(runtime)
    assert state == "warn"
    assert detail.startswith("last delivery 10 min")
    assert fix == "the secret there is another one: deskwarden secrets hook acme"


def test_a_delivery_that_named_no_ticket_is_told_with_what_to_do(runtime, simulator):
    add(runtime, simulator)
    receive(runtime, ("unknown_event", 202, 1))
    state, detail, fix = deliveries(runtime)
    assert (state, detail.rpartition(", ")[2]) == ("warn", "and it named no ticket")
    assert "the id of the ticket" in fix
    receive(runtime, ("already_due", 200, 0))
    assert deliveries(runtime)[0] == "ok"


def test_deliveries_for_no_account_are_told_of_for_a_day(runtime, simulator):
    add(runtime, simulator)
    receive(runtime, ("unknown_account", 401, 24 * 60 + 1), account="")
    assert "deliveries" not in look(runtime)
    receive(runtime, ("unknown_account", 401, 60), account="")
    row = look(runtime)["deliveries"]
    assert row["state"] == "warn"
    assert row["fix"].endswith("deskwarden account list")
