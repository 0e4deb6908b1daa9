"""Changing the secret of a webhook: both are accepted until the helpdesk has the new one."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet

HOOK = ("secrets", "hook", "acme")
ROTATE = ("secrets", "rotate")


def secrets_of(runtime, account):
    with runtime.store.transaction() as tables:
        row = tables.accounts.get(account)
    return runtime.keyring.open(row.sealed)["hook_secrets"]


def test_the_new_secret_counts_beside_the_old_one_and_is_shown_in_the_steps(
    run, runtime, connected
):
    (old,) = secrets_of(runtime, connected)
    said = run("secrets", "hook", connected)
    new, kept = secrets_of(runtime, connected)
    assert kept == old
    assert new != old
    assert new in said.err, "whole, on one line"
    assert old not in "".join(said.err.split())
    assert len(said.err.split("Where the new secret goes")[1].split(new)) == 2, "no other step"
    assert "v3 key" not in said.err


def test_at_the_end_only_the_new_secret_counts(run, runtime, connected):
    run("secrets", "hook", connected)
    new = secrets_of(runtime, connected)[0]
    run("secrets", "hook", connected, "--end")
    assert secrets_of(runtime, connected) == [new]


def test_the_keys_of_the_account_stay_as_they_were(run, runtime, connected):
    with runtime.store.transaction() as tables:
        before = runtime.keyring.open(tables.accounts.get(connected).sealed)
    run("secrets", "hook", connected)
    with runtime.store.transaction() as tables:
        after = runtime.keyring.open(tables.accounts.get(connected).sealed)
    assert {k: v for k, v in after.items() if k != "hook_secrets"} == {
        k: v for k, v in before.items() if k != "hook_secrets"
    }


def test_an_account_that_is_none_is_said_so(run):
    run("db", "upgrade")
    assert "No account" in run("secrets", "hook", "nobody", code=2).err


def test_ending_a_change_that_was_not_begun_says_so_and_changes_nothing(run, runtime, connected):
    before = secrets_of(runtime, connected)
    said = run("secrets", "hook", connected, "--end", code=2)
    assert "there is nothing to end" in said.err
    assert f"deskwarden secrets hook {connected}\n" in said.err
    assert "accepted now" not in said.err
    assert secrets_of(runtime, connected) == before


@pytest.mark.parametrize(
    "command",
    [HOOK, (*HOOK, "--end"), (*HOOK, "--json"), ROTATE, (*ROTATE, "--json")],
    ids=["hook", "hook-end", "hook-json", "rotate", "rotate-json"],
)
def test_without_the_key_of_the_accounts_nothing_is_changed_and_no_key_is_made(
    run, connected, folder, command
):
    (folder / "secret.key").unlink()
    said = run(*command, code=2)
    assert f"secret_key: {folder / 'secret.key'} is not there" in said.err
    assert "Copy secret.key from another host or a backup" in said.err
    assert said.out == ""
    assert not (folder / "secret.key").exists()


@pytest.mark.parametrize("command", [HOOK, (*HOOK, "--end"), ROTATE], ids=["hook", "end", "rotate"])
def test_on_a_fresh_installation_no_key_is_made_for_tables_that_are_not_there(run, folder, command):
    said = run(*command, code=1).err
    assert "does not have the tables" in said
    assert not (folder / "secret.key").exists()


@pytest.mark.parametrize("flag", [(), ("--end",)], ids=["begin", "end"])
def test_an_unknown_account_is_told_before_a_missing_key(run, connected, folder, flag):
    (folder / "secret.key").unlink()
    assert "No account 'nobody'" in run("secrets", "hook", "nobody", *flag, code=2).err


def test_a_key_that_opens_no_account_is_left_as_it_was(run, connected, folder):
    (folder / "secret.key").write_bytes(Fernet.generate_key())
    before = (folder / "secret.key").read_bytes()
    said = run(*ROTATE, code=1).err
    assert "sealed with a key that is not configured" in said
    assert (folder / "secret.key").read_bytes() == before
