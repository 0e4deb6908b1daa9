"""Every error is told in one form, by us as by click."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from integration.cli import commands
from integration.cli.telling import sentence, told
from integration.core.errors import AuthExpired, ConfigError, PermanentError, RateLimited

SENTENCES = {
    "the tables are of another version": "The tables are of another version.",
    "Already one.": "Already one.",
    "lower-case letters only": "Lower-case letters only.",
    "no account 'nobody'": "No account 'nobody'.",
    "redis_url is empty": "redis_url is empty.",
    "web.port: Not a valid integer.": "web.port: Not a valid integer.",
    "DESKWARDEN_WEB_PORT: wrong": "DESKWARDEN_WEB_PORT: wrong.",
    "--name gives another": "--name gives another.",
    "deskwarden db upgrade": "deskwarden db upgrade",
    "chmod 600 /data/secret.key": "chmod 600 /data/secret.key",
    "start it first: deskwarden run": "Start it first: deskwarden run",
    "set X, or use `deskwarden run`": "Set X, or use `deskwarden run`.",
    "": "",
}


@pytest.mark.parametrize(("text", "shown"), SENTENCES.items(), ids=range(len(SENTENCES)))
def test_a_text_becomes_a_sentence_and_a_command_or_a_name_stays(text, shown):
    assert sentence(text) == shown
    assert sentence(shown) == shown


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (PermanentError("it failed", hint="ask"), "It failed.\nAsk."),
        (ConfigError(["one thing"]), "One thing."),
        (ConfigError(["one", "b c"]), "Several things are wrong:\n  - One.\n  - B c."),
        (
            AuthExpired("HTTP 401"),
            "The helpdesk does not know this key. (HTTP 401)\nCopy it again; it may have expired.",
        ),
        (
            RateLimited("spent", hint="It goes on by itself."),
            "The request budget is spent. (spent)\nIt goes on by itself.",
        ),
    ],
    ids=["hint", "config", "several", "explained", "own hint"],
)
def test_an_error_says_what_happened_and_what_to_do(error, shown):
    assert told(error) == shown


WRONG = (
    "fly",
    "scan",
    "redact",
    "redact --ticket t1",
    "account add liveagent --name Ä",
    "account add liveagent",
    "account test nobody",
    "account mode nobody fast",
    "account deliveries nobody",
    "audit verify --anchor 1:a",
    "audit verify --account acme --anchor x",
    "findings show nothing",
    "secrets hook nobody",
    "sweep nobody",
    "web",
    "worker",
    "ticker",
)


@pytest.mark.parametrize("command", WRONG)
def test_wrong_use_is_told_in_the_one_form(run, command):
    run("db", "upgrade")
    said = run(*command.split(), code=2).err.splitlines()
    (start,) = (number for number, line in enumerate(said) if line.startswith("Error: "))
    text = said[start].removeprefix("Error: ")
    if text == "Several things are wrong:":
        text = said[start + 1].removeprefix("  - ")
    first = text.split()[0].strip(":")
    assert text[0].isupper() or first.startswith("--") or "_" in first
    assert text.endswith((".", "?", ")"))


def test_what_stands_because_of_us_comes_last():
    error = RateLimited("no budget")
    error.add_note("scratch ticket abc was closed")
    assert told(error).endswith("Wait a minute and try again.\nScratch ticket abc was closed.")


def groups(command, path=()):
    """Every command that has others below it, by the words that lead there."""
    yield path
    for name, below in getattr(command, "commands", {}).items():
        if hasattr(below, "commands"):
            yield from groups(below, (*path, name))


@pytest.mark.parametrize("path", list(groups(commands)), ids=" ".join)
def test_what_a_command_does_is_told_in_one_line_of_its_list(path):
    lists = CliRunner().invoke(commands, [*path, "--help"]).output
    assert "..." not in lists.partition("Commands:")[2]
