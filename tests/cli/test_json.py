"""What a command says it has done is told to machines as well, on stdout and nothing else there."""

from __future__ import annotations

import click
import pytest

from integration import __version__
from integration.cli import commands
from integration.core.models import Priority

MAIL = "jonas.lie@acme.example"
SILENT = {"run", "web", "worker", "ticker", "poller"}
"""What runs until it is stopped."""


def leaves(group, path=()):
    """Every command that has none below it, by the words that lead there."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


@pytest.mark.parametrize(
    "command", [pytest.param(c, id=n) for n, c in leaves(commands) if n not in SILENT]
)
def test_every_command_that_says_something_has_the_switch(command):
    assert any("--json" in option.opts for option in command.params)


def test_the_version_is_a_field(run):
    assert run("version", "--json").rows == [{"version": __version__}]


def test_the_tables_are_said_to_be_current(run):
    assert run("db", "upgrade", "--json").rows == [{"tables": "current"}]


def test_an_account_that_is_switched_is_shown_as_it_is_listed(run, connected, simulator):
    def changed(*command):
        (row,) = run("account", *command, "--json").rows
        (listed,) = run("account", "list", "--json").rows
        assert row.items() >= listed.items()
        return row

    ticket = simulator.customer_writes("Payment", "my card 4111 1111 1111 1111")
    run("redact", "--ticket", ticket, "--account", "acme", code=1)
    row = changed("mode", "acme", "enforce", "--mail-checked")
    assert (row["mode"], row["made_due"]) == ("enforce", 1)
    assert changed("pause", "acme")["paused"]
    assert changed("resume", "acme")["paused"] == ""


def test_what_is_left_of_a_removed_account_is_told_behind_the_question(run, connected):
    said = run("account", "remove", "acme", "--json", stdin="y\n")
    (row,) = said.rows
    assert (row["account"], row["open_findings"]) == ("acme", 1)
    assert row["scratch_tickets"]
    assert "Delete both rules" in said.err.partition("Forget acme")[0]
    assert any("Delete both rules" in step for step in row["undo"])


def test_rows_that_are_made_due_again_are_counted(run, connected, runtime):
    now = runtime.clock.now()
    with runtime.store.transaction() as tables:
        tables.due.upsert("acme", "ticket:t1", due_at=now, priority=Priority.LIVE)
        tables.due.park(
            tables.due.claim_one("me", "acme", "ticket:t1", now=now, lease=60), reason="x"
        )
    assert run("due", "replay", "--json").rows == [{"account": None, "made_due": 1}]
    again = run("due", "replay", "--account", "acme", "--json").rows
    assert again == [{"account": "acme", "made_due": 0}]


def test_the_accounts_that_a_new_key_seals_are_counted_without_it(
    run, connected, folder, monkeypatch
):
    key_file = folder / "secret.key"
    said = run("secrets", "rotate", "--json")
    assert said.rows == [{"sealed": 1, "new_key_file": str(key_file)}]
    key = key_file.read_text().strip()
    assert key not in said.out + said.err
    monkeypatch.setenv("DESKWARDEN_SECRET_KEY", key)
    assert run("secrets", "rotate", "--json").rows == [{"sealed": 1, "new_key_file": None}]


def test_a_new_secret_of_a_webhook_is_told_where_the_steps_tell_it_and_no_key_is(
    run, connected, given, runtime
):
    said = run("secrets", "hook", "acme", "--json")
    (row,) = said.rows
    with runtime.store.transaction() as tables:
        place = runtime.hook(tables.accounts.get("acme"))
    assert row == {
        "account": "acme",
        "old_accepted": True,
        "hook_url": place.url,
        "hook_secret": place.secret,
    }
    assert given["v3_key"] not in said.out + said.err
    ended = run("secrets", "hook", "acme", "--end", "--json")
    assert ended.rows == [{"account": "acme", "old_accepted": False}]


def test_the_steps_of_a_format_are_told(run, connected):
    wanted = ("--prefix", "457112", "--length", 16, "--name", "orders", "--by", MAIL)
    said = run("formats", "propose", "acme", *wanted, "--json")
    assert (said.rows[0]["account"], said.rows[0]["counts"]) == ("acme", "no")
    assert "Real cards of" in said.err
    for act, counts in (("confirm", "yes"), ("remove", "no")):
        other = ("acme", "orders", "--by", "ola.moe@acme.example", "--json")
        assert run("formats", act, *other).rows == [
            {"account": "acme", "name": "orders", "counts": counts, "made_due": 0}
        ]


def test_the_ticket_that_lists_a_sample_is_named(run, connected):
    (row,) = run("eval", "acme", "--ticket", "--sample", 1, "--json").rows
    assert set(row) == {"account", "ticket", "listed"}
