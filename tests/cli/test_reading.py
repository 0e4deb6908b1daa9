"""Commands that only read: capabilities, findings, due rows, the audit chain, and `doctor`."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet

from integration.core.errors import PermanentError
from integration.core.models import Priority

CARD = "4111 1111 1111 1111"


@pytest.fixture
def cleaned(run, connected, simulator):
    """A ticket with a card and its code, as the worker leaves it in enforce mode."""
    run("account", "mode", "acme", "enforce", "--mail-checked")
    ticket = simulator.customer_writes("Payment", f"my card {CARD}, cvv 123")
    run("redact", "--ticket", ticket, "--account", "acme")
    return ticket


def test_what_can_be_removed_is_shown_for_the_account(run, connected):
    (row,) = run("capabilities", "acme", "--json").rows
    assert {s["surface"] for s in row["surfaces"]} >= {"subject", "message", "file"}
    assert row["standing_residue"]
    assert "What can be removed on this account" in run("capabilities", "acme").out


def test_what_is_not_read_is_said_with_its_reason(run, connected):
    (row,) = run("capabilities", "acme", "--json").rows
    whys = {each["what"]: each["why"] for each in row["not_read"]}
    assert whys["liveagent.not_read.audit_log"] == "no_api"
    assert whys["liveagent.not_read.answers"] == "not_yet"
    said = run("capabilities", "acme").out
    assert "\nNot read\n" in said
    assert "- Canned messages and predefined answers (deskwarden does not read it)\n" in said
    assert "this key" not in said


def test_the_matrix_has_its_headings_in_the_language_of_the_account(run, connected, monkeypatch):
    monkeypatch.setenv("DESKWARDEN_POLICY_LOCALE", "nb")
    said = run("capabilities", "acme").out
    for heading in ("Hva som kan fjernes på denne kontoen", "sted ", "Kopier som", "Leses ikke\n"):
        assert heading in said
    for heading in ("What can", "place ", "Copies", "Not read"):
        assert heading not in said


def test_machines_read_the_same_of_an_account_in_every_language(run, connected, monkeypatch):
    (row,) = run("capabilities", "acme", "--json").rows
    by_surface = {s["surface"]: s for s in row["surfaces"]}
    assert by_surface["message"]["method"] == "repost"
    assert by_surface["message"]["note"] == "liveagent.why.no_edit"
    assert by_surface["file"]["method"] is None
    monkeypatch.setenv("DESKWARDEN_POLICY_LOCALE", "nb")
    assert run("capabilities", "acme", "--json").rows == [row]
    assert "egendefinert felt" in run("capabilities", "acme").out


def test_open_findings_are_listed_and_end_with_one(run, cleaned):
    rows = run("findings", "list", "--json", code=1).rows
    assert {r["cause"] for r in rows} == {"card.sad", "residue.standing"}
    assert f"ticket:{cleaned}" in {r["resource"] for r in rows}
    assert "Findings" in run("findings", "list", "--account", "acme", code=1).out


def test_no_finding_ends_with_zero(run, connected):
    assert run("findings", "list", "--account", "acme", "--json", code=1).rows != []


@pytest.mark.parametrize(
    "command",
    [("findings", "list"), ("due", "list"), ("due", "replay"), ("audit", "verify")],
    ids=" ".join,
)
def test_a_name_that_no_account_has_or_had_is_refused(run, connected, command):
    said = run(*command, "--account", "acmee", code=2)
    assert "No account 'acmee'." in said.err
    assert "acme" in said.err.splitlines()[-1]


def test_the_records_of_a_ticket_say_what_was_found_and_what_became_of_it(run, cleaned):
    (record, *_) = run("audit", "list", "acme", "--ticket", cleaned, "--json").rows
    assert record["type"] == "ticket.scanned"
    assert record["hits"]["PAN"] == 1
    assert set(record["outcomes"].values()) == {"gone"}
    shown = run("audit", "list", "acme", "--ticket", cleaned).out
    assert "PAN 1" in shown
    assert "gone" in shown


def test_readings_that_found_nothing_are_listed_when_asked_for(run, connected, simulator):
    clean = simulator.customer_writes("Parcel", "Where is my parcel?")
    run("redact", "--ticket", clean, "--account", "acme")
    tickets = [row.get("ticket") for row in run("audit", "list", "acme", "--json").rows]
    assert clean not in tickets
    (record,) = run("audit", "list", "acme", "--ticket", clean, "--json").rows
    assert record["hits"] == {}
    assert record in run("audit", "list", "acme", "--all", "--json").rows
    line = run("audit", "list", "acme", "--ticket", clean).out.splitlines()[-1]
    assert "gone" not in line, "nothing was there"


def test_a_file_that_was_not_read_is_listed_with_its_ticket(run, connected, runtime):
    record = {"type": "ticket.scanned", "ticket": "t9", "hits": {}, "outcomes": {}}
    with runtime.store.transaction() as tables:
        more = {"not_scannable": 2, "outcome": "gone"}
        tables.audit.append("acme", record | more, at=runtime.clock.now())
    shown = run("audit", "list", "acme", "--ticket", "t9").out.splitlines()
    assert shown[1].split()[-1] == "unread"
    assert shown[2].split()[-1] == "2"


def test_a_ticket_may_be_named_by_its_code_as_tickets_of_ours_name_it(run, connected, runtime):
    read = {"type": "ticket.scanned", "ticket": "t9", "code": "FRY-9", "hits": {}, "outcomes": {}}
    with runtime.store.transaction() as tables:
        for record in (read, {"type": "told", "ticket": "t9"}, {"type": "told", "ticket": "t8"}):
            tables.audit.append("acme", record, at=runtime.clock.now())
    rows = run("audit", "list", "acme", "--ticket", "FRY-9", "--json").rows
    assert [(row["type"], row["ticket"]) for row in rows] == [
        ("ticket.scanned", "t9"),
        ("told", "t9"),
    ]


def test_a_ticket_of_which_nothing_is_recorded_is_no_empty_list(run, cleaned):
    said = run("audit", "list", "acme", "--ticket", "FRY-9", code=1)
    assert "Nothing is recorded of a ticket 'FRY-9'" in said.err
    assert "its id or its code" in said.err
    assert said.out == ""
    assert run("audit", "list", "acme", "--ticket", cleaned, "--from", "2999-01-01").out != ""


def test_records_may_be_listed_from_a_day_on(run, cleaned):
    assert run("audit", "list", "acme", "--from", "2999-01-01", "--json").rows == []


def test_the_records_of_an_account_that_never_was_are_refused(run, connected):
    assert "No account 'acmee'." in run("audit", "list", "acmee", code=2).err


def test_the_chain_of_an_account_that_was_removed_is_verified_too(run, connected):
    run("account", "remove", "acme", "--yes")
    (row,) = run("audit", "verify", "--json").rows
    assert (row["account"], row["holds"]) == ("acme", True)
    (alone,) = run("audit", "verify", "--account", "acme", "--json").rows
    assert alone == row


def test_the_head_of_a_chain_is_shown_as_an_anchor_is_given(run, connected):
    shown = run("audit", "verify").out.splitlines()[-1]
    anchor = shown.split()[-1]
    assert run("audit", "verify", "--account", "acme", "--anchor", anchor).out.startswith(
        "acme: holds"
    )


def test_a_finding_is_shown_as_its_ticket_tells_it_without_any_digit(run, cleaned):
    rows = run("findings", "list", "--json", code=1).rows
    (sad,) = (r["finding"] for r in rows if r["cause"] == "card.sad")
    said = run("findings", "show", sad)
    assert said.out.startswith("Security code or other authentication data in ticket")
    assert "1111" not in said.out


def test_a_finding_is_told_in_the_language_of_today_and_to_machines_in_slugs(
    run, cleaned, monkeypatch
):
    listed = {r["cause"]: r for r in run("findings", "list", "--json", code=1).rows}["card.sad"]
    monkeypatch.setenv("DESKWARDEN_POLICY_LOCALE", "nb")
    said = run("findings", "show", listed["finding"])
    (row,) = run("findings", "show", listed["finding"], "--json").rows
    assert row.items() >= listed.items()
    assert {s["outcome"] for s in row["facts"]["surfaces"]} == {"gone"}
    assert "sak" in row["text"]["subject"]
    assert said.out.startswith(row["text"]["subject"])


def test_a_finding_about_people_is_shown_with_their_names_as_its_ticket_has_them(run, connected):
    run("check", "acme", "--now", "--json", code=1)
    rows = run("findings", "list", "--json", code=1).rows
    (admins,) = (r["finding"] for r in rows if r["cause"] == "access.two_factor.admins")
    said = run("findings", "show", admins).out
    assert "silje.haugen@acme.example" in said
    assert "agent:" not in said


def test_an_unknown_finding_is_named(run, connected):
    said = run("findings", "show", "nothing", code=2)
    assert said.err == "Error: No finding 'nothing'.\ndeskwarden findings list --all\n"


def test_what_is_due_is_listed_by_urgency(run, connected):
    rows = run("due", "list", "--json").rows
    assert {r["subject"] for r in rows} >= {"reconcile", "snapshot", "outbox", "journal"}
    priorities = [Priority[r["priority"].upper()] for r in rows]
    assert priorities == sorted(priorities)
    assert "reconcile" in run("due", "list", "--account", "acme").out


def test_parked_rows_are_shown_and_replayed(run, connected, runtime):
    now = runtime.clock.now()
    with runtime.store.transaction() as tables:
        tables.due.upsert("acme", "ticket:t1", due_at=now, priority=Priority.LIVE)
        claims = tables.due.claim("me", now=now, lease=60, limit=16, accounts=["acme"])
        (claim,) = (c for c in claims if c.subject == "ticket:t1")
        tables.due.park(claim, reason="not_found")
    (row,) = run("due", "list", "--parked", "--json").rows
    assert row["subject"] == "ticket:t1"
    assert "not_found" in run("due", "list", "--parked").out
    assert run("due", "replay", "--account", "acme").err == "1 row due again.\n"
    assert run("due", "list", "--parked", "--json").rows == []


def test_a_chain_that_holds_is_said_to_hold(run, cleaned):
    (row,) = run("audit", "verify", "--json").rows
    assert (row["account"], row["holds"], row["wrong"]) == ("acme", True, "")
    assert row["head"] in run("audit", "verify").out


@pytest.mark.parametrize("flags", [(), ("--json",)], ids=["words", "json"])
def test_a_chain_that_was_tampered_with_ends_with_one(run, cleaned, folder, flags):
    with sqlite3.connect(folder / "deskwarden.db") as database:
        database.execute("UPDATE audit SET record = replace(record, 'gone', 'kept')")
    database.close()
    said = run("audit", "verify", *flags, code=1)
    assert "BROKEN" in said.out or said.rows[0]["holds"] is False


def test_a_chain_that_was_cut_short_is_told_by_the_anchor_of_the_journal(run, cleaned, folder):
    (row,) = run("audit", "verify", "--json").rows
    anchor = f"{row['records']}:{row['head']}"
    run("audit", "verify", "--account", "acme", "--anchor", anchor)
    with sqlite3.connect(folder / "deskwarden.db") as database:
        database.execute("DELETE FROM audit WHERE seq = ?", (row["records"],))
    database.close()
    run("audit", "verify", "--account", "acme")
    run("audit", "verify", "--account", "acme", "--anchor", anchor, code=1)


def test_the_doctor_names_what_is_wrong_and_what_to_do(run, connected):
    rows = {r["what"]: r for r in run("doctor", "--json").rows}
    assert rows["acme: helpdesk"]["state"] == "ok"
    assert rows["queue"]["fix"] == "deskwarden run"
    assert "deskwarden run" in run("doctor").out


def test_the_doctor_ends_with_one_when_something_fails(run, connected, simulator, runtime):
    with runtime.store.transaction() as tables:
        row = tables.accounts.get("acme")
        row.settings["url"] = "http://127.0.0.1:1"
        tables.accounts.save(row)
    rows = {r["what"]: r for r in run("doctor", "--json", code=1).rows}
    assert rows["acme: helpdesk"]["state"] == "fail"


def test_a_first_look_says_how_to_make_the_tables(run):
    for command in ("account list", "findings list", "due list", "audit verify"):
        said = run(*command.split(), code=1)
        assert said.err.endswith("deskwarden db upgrade\n")
    assert run("db", "upgrade").err == "The tables are of this version.\n"
    assert run("account", "list", "--json").rows == []


def test_every_problem_of_the_configuration_is_told_at_once(run, monkeypatch):
    monkeypatch.setenv("DESKWARDEN_WEB_PORT", "x")
    monkeypatch.setenv("DESKWARDEN_WORKERS_PROCESSES", "-1")
    said = run("account", "list", code=2)
    assert said.err.startswith("Error: Several things are wrong:\n  - DESKWARDEN_")
    assert {"DESKWARDEN_WEB_PORT:", "DESKWARDEN_WORKERS_PROCESSES:"} <= set(said.err.split())


def test_a_folder_that_others_can_read_is_refused(run, folder):
    folder.mkdir(mode=0o755)
    assert "chmod 700" in run("account", "list", code=2).err


def test_keys_sealed_with_a_lost_key_are_a_sentence(run, connected, folder):
    (folder / "secret.key").write_bytes(Fernet.generate_key())
    said = run("capabilities", "acme", code=1)
    assert "sealed with a key that is not configured" in said.err


def test_an_error_of_ours_never_shows_where_it_came_from(run, monkeypatch):
    def fall(*_):
        raise PermanentError("It cannot be done.", hint="Ask.")

    monkeypatch.setattr("integration.cli.opening.load_config", fall)
    assert run("account", "list", code=1).err == "Error: It cannot be done.\nAsk.\n"


def test_stopping_a_command_is_no_failure_to_explain(run, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("integration.cli.opening.load_config", stop)
    assert run("account", "list", code=1).err.strip() == "Aborted!"


def test_monitoring_that_found_cards_is_looked_at_again_when_enforced(
    run, connected, simulator, runtime
):
    ticket = simulator.customer_writes("Payment", f"my card {CARD}")
    run("redact", "--ticket", ticket, "--account", "acme", code=1)
    assert (
        "Tickets to be looked at again: 1."
        in run("account", "mode", "acme", "enforce", "--mail-checked").err
    )
    with runtime.store.transaction() as tables:
        (row,) = (r for r in tables.due.rows("acme") if r["subject"] == f"ticket:{ticket}")
    assert timedelta(0) <= runtime.clock.now() - runtime.clock.now().fromisoformat(row["due_at"])


@pytest.mark.parametrize("anchor", ["7", "x:abc", "7:"])
def test_an_anchor_is_a_place_and_a_seal(run, connected, anchor):
    said = run("audit", "verify", "--account", "acme", "--anchor", anchor, code=2)
    assert "SEQ:MAC" in said.err


def test_a_data_folder_that_cannot_be_reached_is_a_sentence(run, folder, monkeypatch):
    # Like a folder of another user: asking for a file in it fails with an error of its own.
    monkeypatch.setenv("DESKWARDEN_DATA_FOLDER", str(folder / ("x" * 300)))
    said = run("account", "list", code=2).err
    assert "cannot be made (File name too long)" in said
    assert "set DESKWARDEN_DATA_FOLDER to one that this user may write to" in said


def test_a_data_folder_that_is_not_ours_to_write_to_says_what_to_do(run, folder, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_args, **_kwargs: False)
    said = run("account", "list", code=2).err
    assert "is not writable for this user.\nRun this as the user that the folder" in said
