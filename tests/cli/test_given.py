"""What `account add` is given: one line for a value that cannot be right, before any call."""

from __future__ import annotations

import pytest

from connectors.address import canonical
from integration.core.rows import AccountRow
from tests.cli.conftest import ADD, PREFIX

RT = {
    "url": "http://127.0.0.1:1",
    "user": "bot",
    "password": "pass word",
    "findings_department": "Compliance",
}
"""At an address where nobody answers: a call would be told as such, with another exit code."""


@pytest.fixture
def nobody(given, monkeypatch):
    monkeypatch.setenv(f"{PREFIX}URL", RT["url"])


@pytest.fixture
def rt(monkeypatch):
    for name, value in RT.items():
        monkeypatch.setenv(f"{PREFIX}{name.upper()}", value)


def add_rt(run, *args, code=2):
    return run("account", "add", "request_tracker", *args, code=code).err


@pytest.mark.parametrize("empty", ["", " \n"], ids=["nothing", "space"])
@pytest.mark.parametrize("name", ["url", "v3_key", "v1_key", "bot_agent", "mail_account"])
def test_an_empty_value_that_is_needed_is_named(run, nobody, monkeypatch, name, empty):
    monkeypatch.setenv(f"{PREFIX}{name.upper()}", empty)
    said = run(*ADD, code=2).err
    said, hint = said.lower().splitlines()
    assert said == f"error: {name} is empty."
    assert f"set {PREFIX}{name}".lower() in hint


def test_all_that_is_missing_is_told_at_once_each_with_what_to_do(run):
    said = add_rt(run)
    for name in ("url", "user", "password", "findings_department"):
        assert f"  - {name} is not given: " in said.lower()
        assert f"{PREFIX}{name.upper()}" in said


def test_an_empty_option_and_an_empty_file_are_named_too(run, nobody, monkeypatch, tmp_path):
    assert "bot_agent is empty" in run(*ADD, "--bot-agent", "", code=2).err
    (tmp_path / "key").write_text("\n")
    monkeypatch.delenv(f"{PREFIX}V3_KEY")
    monkeypatch.setenv(f"{PREFIX}V3_KEY_FILE", str(tmp_path / "key"))
    assert "v3_key is empty" in run(*ADD, code=2).err


def test_an_empty_value_that_is_not_needed_is_left_out(run, given, monkeypatch):
    monkeypatch.setenv(f"{PREFIX}REQUESTS_PER_MINUTE", "")
    run(*ADD)


@pytest.mark.parametrize(
    "count", ["0", "-5", "6001", "9" * 11, "9" * 5000, "many", "1.5", "\u0663"]
)
def test_a_budget_that_no_account_has_is_refused(run, nobody, count):
    said = run(*ADD, "--requests-per-minute", count, code=2).err
    assert said == "Error: requests_per_minute must be a whole number from 1 to 6000.\n"


@pytest.mark.parametrize("name", ["zzzz", "Compliance bot", "bot@acme.example", "b0t-0001"])
def test_what_cannot_be_the_id_of_an_agent_is_refused(run, nobody, name):
    said = run(*ADD, "--bot-agent", name, code=2).err
    assert said.startswith("Error: bot_agent must be an id: eight letters and digits.\n")
    assert "the address of the agent's page" in said


@pytest.mark.parametrize("option", [("--requests-per-minute", 6000), ("--bot-agent", "system00")])
def test_a_number_and_an_id_that_there_can_be_are_taken(run, nobody, option):
    assert "The helpdesk does not answer." in run(*ADD, *option, code=1).err


def test_request_tracker_is_asked_nothing_without_a_user_and_a_password_or_a_token(
    run, rt, monkeypatch
):
    assert "user is empty" in add_rt(run, "--user", "").lower()
    monkeypatch.setenv(f"{PREFIX}PASSWORD", "")
    monkeypatch.setenv(f"{PREFIX}TOKEN", " ")
    said = add_rt(run)
    assert said.startswith("Error: Password is empty.\n")
    assert f"{PREFIX}TOKEN_FILE" in said
    monkeypatch.setenv(f"{PREFIX}TOKEN", "1-2-3")
    assert "The helpdesk does not answer." in add_rt(run, code=1)


@pytest.mark.parametrize("key", ["half\nhalf", "n\u00f8kkel", "\u2018key\u2019"], ids=ascii)
@pytest.mark.parametrize("name", ["v3_key", "v1_key"])
def test_a_key_that_cannot_be_sent_is_named_and_not_shown(run, nobody, monkeypatch, name, key):
    monkeypatch.setenv(f"{PREFIX}{name.upper()}", key)
    said = run(*ADD, code=2).err
    assert said.startswith(f"Error: {name} holds a line break, or a character that no such key has")
    assert key not in said


def test_a_token_that_cannot_be_sent_is_named_and_a_password_may_hold_any_letter(
    run, rt, monkeypatch
):
    monkeypatch.setenv(f"{PREFIX}PASSWORD", "sm\u00f8rbr\u00f8d")
    assert "The helpdesk does not answer." in add_rt(run, code=1)
    monkeypatch.setenv(f"{PREFIX}TOKEN", "1-2\n3")
    assert "token holds a line break" in add_rt(run).lower()


def test_space_around_a_key_of_a_variable_is_no_part_of_it(run, given, monkeypatch):
    monkeypatch.setenv(f"{PREFIX}V3_KEY", f" {given['v3_key']}\r\n")
    run(*ADD)


@pytest.mark.parametrize("secret", ["", "a", "a" * 31, "x/y z?#" * 8, "a" * 32 + "\u00e5"])
@pytest.mark.parametrize("helpdesk", ["liveagent", "request_tracker"])
def test_a_webhook_secret_that_can_be_guessed_or_stand_in_no_address_is_refused(
    run, nobody, rt, monkeypatch, helpdesk, secret
):
    monkeypatch.setenv(f"{PREFIX}HOOK_SECRET", secret)
    said = run("account", "add", helpdesk, code=2).err
    assert "hook_secret must be 32 characters or more, of A-Z a-z 0-9 . _ ~ - only" in said
    assert "Leave it out, and it is made by itself; or make one with `openssl" in said
    assert len(secret) < 2 or secret not in said


def test_a_webhook_secret_of_the_right_form_is_the_one_that_is_used(run, given, monkeypatch):
    secret = "Az09._~-" * 4
    monkeypatch.setenv(f"{PREFIX}HOOK_SECRET", f"{secret}\n")
    assert run(*ADD, "--json").rows[0]["hook_url"].endswith(f"/acme/{secret}")


@pytest.mark.parametrize(
    "written",
    [
        "HTTPS://acme.helpdesk.example/rt",
        "https://Acme.Helpdesk.EXAMPLE/rt",
        "https://acme.helpdesk.example:443/rt",
        "https://acme.helpdesk.example./rt",
        "https://acme.helpdesk.example/rt//",
    ],
)
def test_one_helpdesk_however_it_is_written_is_not_connected_under_two_names(
    run, rt, runtime, written
):
    known = AccountRow("first", "request_tracker", {"url": "https://acme.helpdesk.example/rt"}, b"")
    with runtime.store.transaction() as tables:
        tables.accounts.save(known)
    said = add_rt(run, "--name", "second", "--url", written)
    assert "https://acme.helpdesk.example/rt is connected already, as first." in said


@pytest.mark.parametrize(
    "other",
    ["https://acme.helpdesk.example:444", "https://acme.helpdesk.example/RT", "http://[::1]"],
)
def test_another_port_path_or_host_is_another_helpdesk(other):
    assert canonical(other) == other
