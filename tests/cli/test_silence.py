"""No command ever shows a number that was planted."""

from __future__ import annotations

import json
import shutil

import pytest

from connectors.liveagent.simulator import create
from connectors.liveagent.simulator.events import Trigger
from connectors.liveagent.simulator.rules import (
    AddNote,
    AddTag,
    Condition,
    Rule,
    SendMail,
    SetStatus,
)
from integration.core.messages import say
from integration.demo.judge import places_with
from integration.demo.scenario import Card
from tests.cli.conftest import PREFIX, invoke, prepared

PLANTED = Card("4111111111111111")


@pytest.fixture(scope="module")
def folder_of_planted(asked_for, folder_of_account, simulator):
    def plant(folder):
        shutil.copytree(folder_of_account, folder)
        text = (f"Card {PLANTED:spaced}", f"it is {PLANTED:dashed}, cvc 123")
        invoke("redact", "--ticket", simulator.customer_writes(*text), "--account", "acme", code=1)
        invoke("account", "mode", "acme", "enforce", "--mail-checked")
        invoke("redact", "--ticket", simulator.customer_writes(*text), "--account", "acme")

    with prepared(asked_for, plant) as folder:
        yield folder


@pytest.fixture
def planted(given, folder, folder_of_planted):
    """A ticket with a number in its subject and message, removed; and one that is only planned."""
    shutil.copytree(folder_of_planted, folder)


COMMANDS = (
    *("findings list", "findings list --json --all", "due list", "due list --json"),
    *("audit verify", "audit verify --json", "account list", "account test acme"),
    *("account deliveries acme", "account deliveries acme --json", "audit list acme"),
    *("capabilities acme", "capabilities acme --json", "doctor", "doctor --json", "due replay"),
    *("account pause acme", "account resume acme", "secrets rotate", "account remove acme --yes"),
    *("account test acme --json", "due replay --json", "account remove acme --yes --json"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_shows_a_number(run, planted, command):
    said = run(*command.split(), code=None)
    assert places_with(PLANTED, [("shown", said.out + said.err)]) == []


def test_no_finding_shows_a_number(run, planted):
    for row in run("findings", "list", "--json", code=1).rows:
        for more in ((), ("--json",)):
            said = run("findings", "show", row["finding"], *more)
            assert places_with(PLANTED, [("shown", said.out + said.err)]) == []


def test_a_scan_shows_no_number(run, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(f"{PLANTED:spaced}")
    line = json.dumps({"id": 1, "text": f"{PLANTED:spaced}"})
    for said in (
        run("scan", file, code=1),
        run("scan", "--json", file, code=1),
        run("scan", "--jsonl", "-", stdin=line, code=1),
        run("redact", file),
    ):
        assert places_with(PLANTED, [("shown", said.out + said.err)]) == []


RULES = {
    "selftest.rule_made": (Trigger.TICKET_CREATED, AddNote("A rule was here."), ()),
    "selftest.status": (Trigger.MESSAGE_GROUP_ADDED, SetStatus("C"), ()),
    "selftest.reopened": (
        Trigger.MESSAGE_GROUP_ADDED,
        SetStatus("C"),
        (Condition("status", "is", "R"),),
    ),
    "selftest.tags": (Trigger.TICKET_CREATED, AddTag("x7f2"), ()),
}


@pytest.mark.parametrize("difference", RULES)
def test_what_rules_do_to_the_scratch_ticket_locks_enforce_and_is_explained(
    run, given, other, difference
):
    trigger, action, conditions = RULES[difference]
    other.add_rule(Rule("eager", trigger, (action,), conditions))
    said = run("account", "add", "liveagent", "--name", "acme", code=1)
    assert f"! {say(difference, 'en')}" in " ".join(said.err.split())
    locked = run("account", "mode", "acme", "enforce", "--mail-checked", code=2)
    assert "deskwarden account test acme" in locked.err


def test_a_mail_that_a_rule_sends_is_not_seen_and_so_not_called_none(run, given, other):
    other.add_rule(Rule("mail", Trigger.MESSAGE_GROUP_ADDED, (SendMail("Hello"),)))
    said = run("account", "add", "liveagent", "--name", "acme")
    assert other.outbox()
    assert say("selftest.mail_unknown", "en") in " ".join(said.err.split())
    assert say("selftest.passed", "en") not in " ".join(said.err.split())
    run("account", "mode", "acme", "enforce", code=2)


@pytest.fixture
def other(monkeypatch):
    """A LiveAgent of one test's own, in the environment."""
    simulator = create(9)
    monkeypatch.setenv(f"{PREFIX}URL", simulator.start())
    facts = simulator.credentials()
    monkeypatch.setenv(f"{PREFIX}V3_KEY", facts["v3_key"])
    monkeypatch.setenv(f"{PREFIX}V1_KEY", facts["v1_key"])
    simulator.set_switches(requests_per_minute=100_000)
    yield simulator
    simulator.stop()
