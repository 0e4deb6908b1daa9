"""What is said when a key is lost is what works: each advice is followed here to its end."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet

from tests.cli.conftest import ADD, PREFIX

ANEW = "deskwarden account add HELPDESK --name NAME"


def lose(folder, name):
    (folder / name).unlink()


def put(folder, name, text):
    (folder / name).touch(mode=0o600)
    (folder / name).write_text(text)


def replaced(run):
    return run(*ADD, "--replace", "--json").rows[0]


@pytest.mark.parametrize("key", [None, "b" * 64, "short"], ids=["none", "another", "short"])
def test_a_lost_audit_key_ends_in_a_new_database_beside_the_old_one(
    run, connected, folder, tmp_path, key
):
    lose(folder, "audit.key")
    if key:
        put(folder, "audit.key", key)
    said = run("account", "list", code=2).err
    assert "from another host or a backup" in said
    assert "no audit chain of this database can be verified or continued" in said
    assert "move deskwarden.db* out of the data folder" in said
    assert "deskwarden db upgrade" in said
    assert said.endswith(f"{ANEW}\n")
    assert "openssl" not in said, "no key that is made by hand continues a chain"
    for file in folder.glob("deskwarden.db*"):
        file.rename(tmp_path / file.name)
    if key == "short":
        assert "Remove it: another is made" in run("db", "upgrade", code=2).err
        lose(folder, "audit.key")
    run("db", "upgrade")
    run(*ADD)
    assert run("audit", "verify", "--json").rows[0]["holds"] is True


@pytest.mark.parametrize(
    "command",
    [ADD, (*ADD, "--replace"), ("db", "upgrade"), ("account", "test", "acme"), ("worker",)],
    ids=["add", "replace", "upgrade", "test", "worker"],
)
def test_a_lost_secret_key_is_never_answered_with_a_command_that_refuses_too(
    run, connected, folder, command, monkeypatch
):
    monkeypatch.setenv("DESKWARDEN_REDIS_URL", "redis://127.0.0.1:1/0")
    lose(folder, "secret.key")
    said = run(*command, code=2).err
    assert "deskwarden db upgrade" not in said
    assert "copy secret.key from another host or a backup" in said.lower()
    assert "openssl rand -base64 32" in said
    assert said.endswith(f"{ANEW} --replace\n")


def test_an_account_whose_keys_no_key_opens_is_connected_again_with_another_webhook(
    run, connected, folder, runtime
):
    with runtime.store.transaction() as tables:
        before = runtime.hook(tables.accounts.get("acme")).url
    put(folder, "secret.key", Fernet.generate_key().decode())
    said = run("account", "test", "acme", code=1).err
    assert said.endswith(f"{ANEW} --replace\n")
    said = run(*ADD, "--replace").err
    told, _, steps = said.partition("What to do in LiveAgent")
    assert "it has a new one: the old address or secret in the helpdesk is refused" in " ".join(
        told.split()
    )
    assert "/hooks/liveagent/acme/" in steps
    assert before not in steps
    run("account", "test", "acme")


def test_machines_are_told_whether_the_webhook_has_a_new_secret(run, connected, folder):
    kept = replaced(run)
    assert kept["hook_renewed"] is False
    put(folder, "secret.key", Fernet.generate_key().decode())
    renewed = replaced(run)
    assert renewed["hook_renewed"] is True
    assert renewed["hook_url"] != kept["hook_url"]
    again = replaced(run)
    assert (again["hook_renewed"], again["hook_url"]) == (False, renewed["hook_url"])


def test_a_webhook_whose_secret_is_lost_may_be_given_one(run, connected, folder, monkeypatch):
    put(folder, "secret.key", Fernet.generate_key().decode())
    monkeypatch.setenv(f"{PREFIX}HOOK_SECRET", "own-secret." * 4)
    assert replaced(run)["hook_url"].endswith(f"/{'own-secret.' * 4}")
