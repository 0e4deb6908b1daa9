from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from support.processes import untraced

from integration.core.messages import say
from integration.core.mode import Mode
from integration.core.models import Priority
from integration.lock import FolderLock
from integration.services import modes
from tests.cli.conftest import PREFIX

CARD = "4111 1111 1111 1111"
ENFORCE = ("account", "mode", "acme", "enforce", "--mail-checked")


def add(run, *args, code=0):
    return run("account", "add", "liveagent", "--name", "acme", *args, code=code)


def stored(runtime, name="acme"):
    with runtime.store.transaction() as tables:
        return tables.accounts.get(name)


def unfolded(text):
    return " ".join(text.split())


def test_an_account_is_tested_shown_and_explained(run, given):
    said = add(run)
    assert "Self-test on a scratch ticket" in said.err
    assert say("selftest.passed_but_mail", "en") in unfolded(said.err)
    assert "What can be removed on this account" in said.out
    assert "standing residue" in said.out
    assert "/hooks/liveagent/acme/" in said.err
    assert "monitor mode" in said.err


def test_connecting_says_how_to_undo_what_it_asks_for(run, given):
    said = add(run).err
    todo, _, undo = said.partition("How to undo it")
    assert "Make rule A" in todo
    assert "Delete both rules" in undo
    assert "Delete the API v3 key named deskwarden" in undo


def test_connecting_says_until_when_it_only_looks_and_which_tickets_it_leaves_alone(
    run, given, runtime
):
    said = " ".join(add(run).err.split())
    ends = stored(runtime).created + modes.MONITOR_DAYS
    assert f"acme is in monitor mode until {ends:%Y-%m-%d %H:%M} UTC: nothing is removed." in said
    assert "Tickets tagged dispute, legal-hold are held: told, never changed." in said


def test_what_is_said_of_an_account_is_in_its_language(run, given, monkeypatch):
    monkeypatch.setenv("DESKWARDEN_POLICY_LOCALE", "nb")
    said = add(run)
    for line in (
        "Dette gjør du i LiveAgent",
        "Slik angrer du det når kontoen skal fjernes",
        "Kontoen acme er i modus monitor til",
        "Saker merket dispute, legal-hold er under slettesperre",
        "Når du har sett etter og det ikke er noen e-post (? ovenfor):",
    ):
        assert line in said.err
    assert "Leses ikke" in said.out


ENGLISH = ("Testing", "yes", "no", "none", "Looked", "tickets", "forgotten", "What", "stays")
"""Words of the same screens that no Norwegian text has."""


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        ("test acme", ["  ja   Det som skrives i en sak, kan leses tilbake"]),
        ("mode acme monitor", ["Saker som skal ses på igjen: 0."]),
        (
            "remove acme --yes",
            [
                "Det vi har laget i kundesystemet for acme; det blir stående der",
                "Prøvesaker: ",
                "Dette fjerner du for hånd",
                "Funn som fortsatt er åpne: 1.",
                "acme er slettet hos oss.",
            ],
        ),
        ("add liveagent --name acme --replace", ["Tester LiveAgent på http://", "  ja   "]),
    ],
)
def test_one_screen_has_one_language(run, connected, monkeypatch, command, lines):
    monkeypatch.setenv("DESKWARDEN_POLICY_LOCALE", "nb")
    said = run("account", *command.split())
    for line in lines:
        assert line in said.err
    assert not {*ENGLISH} & {word.strip(":;.,") for word in said.err.split()}


def test_no_key_is_ever_shown(run, given):
    said = add(run)
    for secret in (given["v3_key"], given["v1_key"]):
        assert secret not in said.out + said.err


def test_keys_are_not_options(run, given):
    assert "No such option" in add(run, "--v3-key", "x", code=2).err
    assert "v3-key" not in run("account", "add", "liveagent", "--help").out


def test_keys_are_read_from_files(run, given, monkeypatch, tmp_path, runtime):
    for name in ("v3_key", "v1_key"):
        file = tmp_path / name
        file.write_text(f"{given[name]}\n")
        monkeypatch.delenv(f"{PREFIX}{name.upper()}")
        monkeypatch.setenv(f"{PREFIX}{name.upper()}_FILE", str(file))
    add(run)
    assert runtime.keyring.open(stored(runtime).sealed)["v3_key"] == given["v3_key"]


def test_a_key_file_that_cannot_be_read_is_named(run, given, monkeypatch):
    monkeypatch.delenv(f"{PREFIX}V3_KEY")
    monkeypatch.setenv(f"{PREFIX}V3_KEY_FILE", "/nowhere")
    assert "V3_KEY_FILE: /nowhere cannot be read" in add(run, code=2).err


def test_without_a_terminal_a_missing_key_is_named(run, given, monkeypatch):
    monkeypatch.delenv(f"{PREFIX}V3_KEY")
    assert add(run, code=2).err == f"Error: v3_key is not given.\nSet {PREFIX}V3_KEY_FILE.\n"


def test_no_password_is_asked_for_where_a_token_is_given(run, monkeypatch):
    for name, value in {"url": "http://127.0.0.1:1", "user": "bot", "token": "1-2-3"}.items():
        monkeypatch.setenv(f"{PREFIX}{name.upper()}", value)
    monkeypatch.setenv(f"{PREFIX}FINDINGS_DEPARTMENT", "Compliance")
    assert "The helpdesk does not answer." in run("account", "add", "request_tracker", code=1).err


def test_what_is_missing_is_asked_for_until_it_can_be_and_no_key_is_shown(
    given, monkeypatch, runtime
):
    asked = ("URL", "V3_KEY", "BOT_AGENT", "REQUESTS_PER_MINUTE")
    url, key, agent, _ = (os.environ[f"{PREFIX}{name}"] for name in asked)
    for name in asked:
        monkeypatch.delenv(f"{PREFIX}{name}")
    answers = ["helpdesk.example", url, "zzzz", agent, "0", "600", key]
    shown, code = typed(answers, "account", "add", "liveagent", "--name", "acme", "--json")
    assert code == 0, shown
    said = "Error: the address must look like https://helpdesk.example"
    assert shown.index(said) < shown.index(say("liveagent.setting.v3_key", "en"))
    assert "Error: bot_agent must be an id" in shown
    assert "Error: requests_per_minute must be a whole number from 1 to 6000" in shown
    assert key not in shown
    assert runtime.keyring.open(stored(runtime).sealed)["v3_key"] == key


def typed(answers, *args):
    """What a command shows at a terminal at which these answers are typed."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "integration.cli", *args],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=untraced(),
        start_new_session=True,
    )
    os.close(theirs)
    shown, answered, end = b"", 0, time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([ours], [], [], 0.1)[0]:
            try:
                shown += os.read(ours, 4096)
            except OSError:
                break
        if answers and shown[answered:].rstrip().endswith(b":"):
            answered = len(shown)
            os.write(ours, answers.pop(0).encode() + b"\n")
    os.close(ours)
    return shown.decode(), process.wait(10)


def test_a_wrong_key_is_a_sentence_and_a_hint(run, given, monkeypatch, runtime):
    monkeypatch.setenv(f"{PREFIX}V3_KEY", "wrong")
    said = add(run, code=1)
    assert "The helpdesk does not know this key." in said.err
    assert "Copy it again" in said.err
    assert stored(runtime) is None


def test_a_wrong_v1_key_is_named_before_a_ticket_is_made(
    run, given, monkeypatch, runtime, simulator
):
    before = set(simulator.store.tickets)
    monkeypatch.setenv(f"{PREFIX}V1_KEY", "wrong")
    said = add(run, code=1)
    assert "LiveAgent does not accept the API v1 key" in said.err
    assert "Settings for API v1" in said.err
    assert set(simulator.store.tickets) == before
    assert stored(runtime) is None


def test_a_wrong_mail_account_is_named_with_what_to_do(run, given, monkeypatch, runtime):
    monkeypatch.setenv(f"{PREFIX}MAIL_ACCOUNT", "nobody@acme.example")
    said = add(run, code=1)
    assert "Change mail_account, now nobody@acme.example" in said.err
    assert stored(runtime) is None


def test_a_scratch_ticket_of_a_test_that_broke_off_is_told_and_closed(run, given, simulator):
    add(run)
    before = set(simulator.store.tickets)
    simulator.fail_next(503, path="/api/conversations/", times=5)
    said = run("account", "test", "acme", code=1)
    simulator.clear_faults()
    (scratch,) = set(simulator.store.tickets) - before
    assert f"Scratch ticket {scratch} was closed" in said.err
    assert simulator.store.ticket(scratch).status == "R"


def test_a_helpdesk_that_does_not_answer_is_a_sentence_and_a_hint(run, given, monkeypatch):
    monkeypatch.setenv(f"{PREFIX}URL", "http://127.0.0.1:1")
    said = add(run, code=1)
    assert "The helpdesk does not answer." in said.err
    assert "Check the URL" in said.err


@pytest.mark.parametrize("url", ["ftp://a.example", "http://a.example", "a.example", "https://"])
def test_an_address_that_cannot_be_one_is_refused(run, given, monkeypatch, url):
    monkeypatch.setenv(f"{PREFIX}URL", url)
    assert "The address must" in add(run, code=2).err


@pytest.mark.parametrize(
    "name", ["Acme", "1st", "a b", "../a", "a/b", "a" * 41, "", "[bold]", "å"], ids=str
)
def test_a_name_that_cannot_be_part_of_an_address_is_refused(run, given, name):
    said = run("account", "add", "liveagent", "--name", name, code=2)
    assert "cannot be used" in said.err
    assert "Lower-case letters" in said.err


def test_an_unknown_helpdesk_is_wrong_use(run):
    assert "zendesk" in run("account", "add", "zendesk", code=2).err


def test_the_same_name_twice_is_refused_and_changes_nothing(run, connected, runtime):
    before = stored(runtime)
    said = add(run, code=2)
    assert "acme is connected already" in said.err
    assert stored(runtime) == before


def test_new_keys_leave_the_mode_and_the_address_of_the_webhook(run, connected, runtime):
    run(*ENFORCE)
    before = stored(runtime)
    add(run, "--replace")
    after = stored(runtime)
    assert (after.mode, after.created) == (Mode.ENFORCE, before.created)
    assert runtime.hook(after).url == runtime.hook(before).url


SETTINGS = (
    "url",
    "bot_agent",
    "contact_email",
    "mail_account",
    "findings_department",
    "requests_per_minute",
)


@pytest.fixture
def only_keys(connected, monkeypatch):
    """An account is connected, and of all that was given only its keys are given again."""
    for name in SETTINGS:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}")


def test_new_keys_change_no_setting_that_is_not_given_again(run, runtime, only_keys):
    before = stored(runtime).settings
    assert before["findings_department"] != "default"
    said = add(run, "--replace", "--json")
    assert stored(runtime).settings == before
    assert said.rows[0]["changed"] == {}
    assert "Changed beside the keys" not in add(run, "--replace").err


def test_a_setting_that_is_given_with_new_keys_is_changed_alone_and_told(run, runtime, only_keys):
    before = stored(runtime).settings
    said = add(run, "--replace", "--requests-per-minute", 5000).err
    assert "\nChanged beside the keys: requests_per_minute (6000 > 5000).\n" in said
    assert stored(runtime).settings == {**before, "requests_per_minute": "5000"}
    changed = add(run, "--replace", "--requests-per-minute", 600, "--json").rows[0]["changed"]
    assert changed == {"requests_per_minute": ["5000", "600"]}


def test_a_setting_that_is_given_empty_goes_back_to_the_default(run, runtime, only_keys):
    add(run, "--replace", "--requests-per-minute", "")
    assert stored(runtime).settings["requests_per_minute"] == "180"
    assert "bot_agent is empty" in add(run, "--replace", "--bot-agent", "", code=2).err


def test_a_setting_of_an_earlier_version_that_cannot_be_is_told(run, runtime, only_keys):
    row = stored(runtime)
    with runtime.store.transaction() as tables:
        settings = {**row.settings, "requests_per_minute": "0"}
        tables.accounts.save(replace(row, settings=settings))
    assert "requests_per_minute must be" in add(run, "--replace", code=2).err


def test_at_a_terminal_what_was_kept_is_offered_and_only_keys_are_typed_anew(
    runtime, only_keys, given, monkeypatch
):
    before = stored(runtime).settings
    monkeypatch.delenv(f"{PREFIX}V3_KEY")
    answers = ["" for _ in SETTINGS] + [given["v3_key"]]
    shown, code = typed(
        answers, "account", "add", "liveagent", "--name", "acme", "--replace", "--json"
    )
    assert code == 0, shown
    assert f"[{before['bot_agent']}]" in shown
    assert given["v3_key"] not in shown
    assert stored(runtime).settings == before


def test_an_account_keeps_its_helpdesk(run, connected):
    said = run("account", "add", "request_tracker", "--name", "acme", "--replace", code=2)
    assert said.err == "Error: The account acme is one of liveagent.\n"


def test_an_account_keeps_its_address(run, connected, given, monkeypatch, runtime):
    before = stored(runtime)
    monkeypatch.setenv(f"{PREFIX}URL", "https://other.example")
    said = add(run, "--replace", code=2).err
    assert said.startswith(f"Error: The account acme is at {given['url']}.\n")
    assert "deskwarden account remove acme" in said
    assert stored(runtime) == before
    monkeypatch.setenv(f"{PREFIX}URL", f"{given['url']}/")
    add(run, "--replace")


def test_the_result_is_one_object_for_machines(run, given):
    (row,) = add(run, "--json").rows
    assert (row["account"], row["mode"], row["differences"]) == ("acme", "monitor", [])
    assert row["unknown"] == ["mail"]
    assert row["facts"]["delete_erases"] is True


def test_machines_are_told_the_steps_how_to_undo_them_the_matrix_and_the_hold(run, given):
    (row,) = add(run, "--json").rows
    assert row["hook_url"] in "".join(row["steps"])
    assert any("Delete both rules" in step for step in row["undo"])
    methods = {surface["surface"]: surface["method"] for surface in row["surfaces"]}
    assert (methods["subject"], methods["file"]) == ("edit", None)
    assert row["standing_residue"]
    assert {"what": "liveagent.not_read.answers", "why": "not_yet"} in row["not_read"]
    assert row["held"] == {"tags": ["dispute", "legal-hold"], "departments": [], "requesters": []}


@pytest.mark.parametrize(
    ("toml", "tags", "said"),
    [
        ('tags = ["vip", "police"]', {"x7f2": "vip"}, "Tickets tagged police, vip are held"),
        ("tags = []", {"d1sp": "dispute"}, "policy.hold.tags is an empty list."),
        ("", {"x7f2": "vip"}, "the helpdesk has no tag such as dispute"),
        ("", None, "Our key may not read tags"),
        ("", "names only", "Tickets with a tag such as dispute, legal hold or police are held"),
        ('departments = ["legal"]', {"x7f2": "vip"}, "Tickets of the departments legal are held"),
        ('requesters = ["r1"]', {"x7f2": "vip"}, "Tickets of the requesters r1 are held"),
    ],
    ids=["named", "switched_off", "none", "may_not_read", "names_only", "department", "requester"],
)
def test_the_switch_to_enforce_says_which_tickets_are_held(
    run, connected, runtime, toml, tags, said
):
    row = stored(runtime)
    facts = {name: fact for name, fact in row.facts.items() if name != "tags"}
    facts |= {} if tags == "names only" else {"tags": tags}
    with runtime.store.transaction() as tables:
        tables.accounts.save(replace(row, facts=facts))
    Path("deskwarden.toml").write_text(f"[policy.hold]\n{toml}\n")
    told = " ".join(run(*ENFORCE).err.split())
    assert told.startswith("The account acme is in enforce mode. ")
    assert said in told
    assert " held" not in told.replace(said, "").replace("No ticket is held", "")


def test_the_switch_to_monitor_says_until_when(run, connected, monkeypatch):
    monkeypatch.setenv("DESKWARDEN_POLICY_MONITOR_UNTIL", "2100-01-31")
    assert "monitor mode until 2100-01-31" in run("account", "mode", "acme", "monitor").err
    monkeypatch.setenv("DESKWARDEN_POLICY_MONITOR_UNTIL", "2020-01-31")
    assert "was to end 2020-01-31" in run("account", "mode", "acme", "monitor").err


def test_accounts_are_listed(run, connected, given):
    (row,) = run("account", "list", "--json").rows
    assert (row["account"], row["url"], row["mode"]) == ("acme", given["url"], "monitor")
    assert "liveagent" in run("account", "list").out


def test_the_list_says_when_watching_ends(run, connected, monkeypatch):
    monkeypatch.setenv("DESKWARDEN_POLICY_MONITOR_UNTIL", "2100-01-31")
    assert "  monitor ends  " in run("account", "list").out
    assert " 2100-01-31 " in run("account", "list").out
    (row,) = run("account", "list", "--json").rows
    assert row["monitor_ends"].startswith("2100-01-31T")
    run(*ENFORCE)
    (row,) = run("account", "list", "--json").rows
    assert row["monitor_ends"] is None


def test_the_self_test_can_be_run_again(run, connected):
    assert run("account", "test", "acme", "--json").rows[0]["account"] == "acme"
    assert "Self-test on a scratch ticket" in run("account", "test", "acme").err


def test_what_no_api_shows_is_said_to_be_unknown_and_where_to_look(run, connected, runtime):
    said = run("account", "test", "acme")
    where = say("liveagent.mail_by_hand", "en", ticket=stored(runtime).facts["scratch_code"])
    assert f"? {say('selftest.mail_unknown', 'en')} {where}" in unfolded(said.err)
    assert say("liveagent.not_read.outbox", "en") in unfolded(said.out)
    assert said.err.endswith(
        "When you have looked and there is no mail (? above):\n"
        "deskwarden account mode acme enforce --mail-checked\n"
    )


def test_without_a_terminal_enforce_waits_until_somebody_says_to_have_looked(
    run, connected, runtime
):
    said = run("account", "mode", "acme", "enforce", code=2)
    assert (
        "Enforce is locked for acme: whether the self-test set off a mail is unknown." in said.err
    )
    assert "Tools > Mail outbox" in said.err
    assert said.err.endswith("deskwarden account mode acme enforce --mail-checked\n")
    assert stored(runtime).mode is Mode.MONITOR
    run(*ENFORCE)
    facts = stored(runtime).facts
    assert facts["mail_checked"]["ticket"] == facts["scratch_tickets"][-1]
    records = run("audit", "list", "acme", "--json").rows
    assert [r["type"] for r in records[-2:]] == ["account.mail_checked", "account.mode"]


@pytest.mark.parametrize(("answer", "mode"), [("y", Mode.ENFORCE), ("n", Mode.MONITOR)])
def test_at_a_terminal_it_is_asked_whether_somebody_has_looked(connected, runtime, answer, mode):
    shown, code = typed([answer], "account", "mode", "acme", "enforce")
    ticket = stored(runtime).facts["scratch_code"]
    asked = say("selftest.mail_checked", "en", ticket=ticket)
    assert shown.index("Mail outbox") < shown.index(asked)
    assert (code == 0) is (mode is Mode.ENFORCE), shown
    assert stored(runtime).mode is mode


def test_an_account_that_enforces_goes_on_while_it_is_asked_to_look_again(run, connected, runtime):
    run(*ENFORCE)
    said = run("account", "test", "acme")
    assert "Removal goes on. When you have looked and there is no mail" in said.err
    assert stored(runtime).mode is Mode.ENFORCE


def test_enforce_is_locked_until_the_self_test_has_passed(run, connected, runtime):
    row = stored(runtime)
    row.facts["differences"] = ["selftest.outbox"]
    with runtime.store.transaction() as tables:
        tables.accounts.save(row)
    said = run("account", "mode", "acme", "enforce", code=2)
    assert "Enforce is locked for acme" in said.err
    assert "deskwarden account test acme" in said.err
    run("account", "test", "acme")
    run(*ENFORCE)
    assert stored(runtime).mode is Mode.ENFORCE
    run("account", "mode", "acme", "monitor")
    assert stored(runtime).mode is Mode.MONITOR


def texts_of(simulator, ticket):
    return [
        text for place, text in simulator.stored_texts() if place.startswith(f"ticket/{ticket}/")
    ]


def test_a_paused_account_writes_nothing_until_it_is_resumed(run, connected, simulator, runtime):
    run(*ENFORCE)
    ticket = simulator.customer_writes("Payment", f"my card {CARD}")
    run("account", "pause", "acme")
    said = run("redact", "--ticket", ticket, "--account", "acme", code=1)
    assert "paused" in said.err
    assert any(CARD in text for text in texts_of(simulator, ticket))
    run("account", "resume", "acme")
    said = run("redact", "--ticket", ticket, "--account", "acme", "--json")
    assert said.rows[0]["outcome"] == "gone"
    assert set(said.rows[0]["outcomes"].values()) == {"gone"}
    assert not any(CARD in text for text in texts_of(simulator, ticket))


@pytest.mark.parametrize("runs", [True, False], ids=["it polls", "nobody works"])
def test_where_no_service_runs_findings_are_said_to_wait(run, connected, simulator, folder, runs):
    ticket = simulator.customer_writes("Payment", f"my card {CARD}")
    with FolderLock(folder) if runs else nullcontext():
        said = run("redact", "--ticket", ticket, "--account", "acme", code=1)
    assert ("wait in the outbox" in said.err) is not runs


def test_a_ticket_that_is_not_there_is_not_gone(run, connected):
    said = run("redact", "--ticket", "nowhere1", "--account", "acme", code=1)
    assert "no ticket 'nowhere1'" in said.err
    assert said.out == ""


def test_a_ticket_that_a_worker_has_in_hand_is_left_to_it(run, connected, simulator, runtime):
    ticket = simulator.customer_writes("Payment", f"my card {CARD}")
    now = runtime.clock.now()
    with runtime.store.transaction() as tables:
        tables.due.upsert("acme", f"ticket:{ticket}", due_at=now, priority=Priority.LIVE)
        assert tables.due.claim_one("worker", "acme", f"ticket:{ticket}", now=now, lease=60)
    said = run("redact", "--ticket", ticket, "--account", "acme", code=1)
    assert said.err.endswith(
        "Error: Another worker has this ticket in hand right now.\n"
        "It looks at the ticket once more after that; or try again in a minute.\n"
    )


def test_a_ticket_in_monitor_mode_is_planned(run, connected, simulator):
    ticket = simulator.customer_writes("Payment", f"my card {CARD}")
    said = run("redact", "--ticket", ticket, "--account", "acme", "--json", code=1)
    assert said.rows[0]["outcome"] == "planned"
    assert any(CARD in text for text in texts_of(simulator, ticket))


def test_what_became_of_each_place_of_a_ticket_is_told_in_words(
    run, connected, simulator, monkeypatch
):
    files = [("card.jpg", "image/jpeg", b"no picture")]
    ticket = simulator.customer_writes(f"Card {CARD}", f"my card {CARD}", files=files)
    first = run("redact", "--ticket", ticket, "--account", "acme", code=1)
    (_, columns, *places) = first.out.splitlines()
    assert columns.split("  ")[0] == "place"
    assert any(place.startswith("subject ") for place in places)
    assert all("not touched: we only watch" in place for place in places)
    run(*ENFORCE)
    monkeypatch.setenv("DESKWARDEN_POLICY_LOCALE", "nb")
    again = run("redact", "--ticket", ticket, "--account", "acme")
    assert "borte, bekreftet ved ny lesing" in again.out
    assert again.out.startswith("Sak ")
    assert again.out.splitlines()[1].split("  ")[0] == "sted"
    for english in ("Ticket", "what became", "Readable", "The service"):
        assert english not in again.out + again.err
    assert again.err.splitlines()[-1] == "Steder som ikke ble lest: 1."


def test_a_ticket_without_a_card_is_said_to_have_none(run, connected, simulator):
    ticket = simulator.customer_writes("Parcel", "Where is my parcel?")
    said = run("redact", "--ticket", ticket, "--account", "acme")
    assert said.out.endswith(": nothing was found that has to go.\n")


def test_what_a_hold_keeps_is_not_told_as_work_for_a_person(
    run, connected, simulator, folder, monkeypatch
):
    config = folder.parent / "deskwarden.toml"
    config.write_text('[policy.hold]\ntags = ["dispute"]\n')
    monkeypatch.setenv("DESKWARDEN_CONFIG", str(config))
    run(*ENFORCE)
    ticket = simulator.customer_writes("Payment", f"my card {CARD}", tags=["dispute"])
    said = run("redact", "--ticket", ticket, "--account", "acme", code=1)
    assert said.out.splitlines()[-1].endswith("  kept under a hold  -"), "and no reason besides"


def test_a_removed_account_says_what_it_leaves(run, connected, runtime):
    said = run("account", "remove", "acme", "--yes")
    assert "Scratch tickets: " in said.err
    assert "Delete both rules" in said.err
    assert said.err.endswith("acme is forgotten.\n")
    assert stored(runtime) is None


def test_findings_of_a_removed_account_are_no_open_work(run, connected):
    assert "Findings still open: 1." in run("account", "remove", "acme", "--yes").err
    assert run("findings", "list", "--json").rows == []
    assert run("findings", "list", "--json", "--all", code=1).rows
    assert run("findings", "list", "--json", "--account", "acme", code=1).rows


def test_a_first_command_that_fails_makes_the_keys_as_well_as_the_tables(run, folder):
    run("account", "add", "liveagent", code=2)
    assert {"audit.key", "secret.key", "deskwarden.db"} <= {f.name for f in folder.iterdir()}
    assert "secret_key" not in run("account", "add", "liveagent", code=2).err


def test_removing_says_what_stays_and_then_asks(run, connected, runtime):
    said = run("account", "remove", "acme", stdin="n\n", code=1).err
    told, _, asked = said.partition("Forget acme and its keys?")
    assert "Scratch tickets: " in told
    assert "Delete both rules" in told
    assert "Aborted!" in asked
    assert "forgotten" not in said
    assert stored(runtime) is not None


@pytest.mark.parametrize(
    "command",
    ["account test", "account mode", "account pause", "account remove", "capabilities"],
)
def test_an_unknown_account_is_named(run, connected, command):
    args = [*command.split(), "nobody", *(["enforce"] if command.endswith("mode") else [])]
    said = run(*args, code=2)
    assert said.err == "Error: No account 'nobody'.\nConnected accounts: acme.\n"


def test_stopping_at_a_question_ends_its_line(run, connected):
    assert run("account", "remove", "acme", stdin="", code=1).err.endswith("[y/N]: \nAborted!\n")


def test_an_account_that_may_not_enforce_yet_is_told_what_comes_first(run, given, monkeypatch):
    monkeypatch.delenv(f"{PREFIX}FINDINGS_DEPARTMENT")
    said = run("account", "add", "liveagent", "--name", "acme", code=1).err
    assert "marked with ! above:\ndeskwarden account test acme\n" in said
    assert said.endswith("deskwarden account add liveagent --name acme --replace\n")
    assert "account mode acme enforce" not in said


def test_an_account_that_may_enforce_is_told_how(run, given):
    said = run("account", "add", "liveagent", "--name", "acme").err
    assert said.endswith("deskwarden account mode acme enforce --mail-checked\n")


def test_one_helpdesk_is_not_connected_under_two_names(run, given):
    add(run)
    said = run("account", "add", "liveagent", "--name", "again", code=2)
    assert f"{given['url']} is connected already, as acme." in said.err
    assert "--name acme --replace" in said.err


def test_a_self_test_that_has_not_passed_ends_with_one(run, given):
    add(run, "--bot-agent", "n0b0dyxx", code=1)
    run("account", "test", "acme", code=1)


def test_a_department_that_the_policy_names_is_where_the_account_is_tested(
    run, given, monkeypatch, simulator, runtime
):
    monkeypatch.setenv("DESKWARDEN_POLICY_FINDINGS_DEPARTMENT", "ceb5937b")
    said = add(run, code=None)
    scratch = simulator.store.tickets[stored(runtime).facts["scratch_tickets"][-1]]
    assert scratch.department_id == "ceb5937b"
    assert given["findings_department"] not in said.err


def test_the_address_of_the_page_is_refused_before_anything_is_written(run, given, simulator):
    tickets = len(simulator.store.tickets)
    said = add(run, "--url", f"{given['url']}/agent", code=2)
    assert "Leave out /agent at the end of the address." in said.err
    assert len(simulator.store.tickets) == tickets
