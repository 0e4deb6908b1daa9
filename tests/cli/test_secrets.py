"""Changing the secret of a webhook: both are accepted until the helpdesk has the new one."""

from __future__ import annotations


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
