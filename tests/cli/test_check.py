"""`check`: what stands of the last reading, or of one that is made now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from integration.core.checks.catalogue import METADATA


@pytest.fixture
def read(run, connected):
    """An account whose access was read now."""
    run("check", "acme", "--now", "--json", code=1)


def test_before_the_first_reading_nothing_is_met(run, connected):
    said = run("check", "acme", code=1)
    assert said.out == ""
    assert "--now" in said.err


def test_every_check_has_its_answers(run, read):
    rows = run("check", "acme", "--json", code=1).rows
    assert {row["check"] for row in rows} == set(METADATA)
    assert {row["status"] for row in rows} == {"pass", "fail"}
    assert all(row["since"] and row["resource"] for row in rows)


def test_a_person_reads_a_line_for_each_check_the_worst_first(run, read):
    title, _, *lines = run("check", "acme", code=1).out.splitlines()
    assert "Access, as read at" in title
    assert len(lines) == len(METADATA)
    assert lines[0].startswith("not met")
    assert lines[-1].startswith("met")
    assert any("silje.haugen@acme.example" in line for line in lines)
    assert "agent:" not in "".join(lines)


def test_what_it_is_called_is_told_after_a_reading_made_now_too(run, connected):
    said = run("check", "acme", "--now", code=1).out
    assert "silje.haugen@acme.example" in said
    assert "agent:" not in said


def test_where_the_helpdesk_does_not_say_names_ids_stand_and_a_word_why(run, read, runtime):
    with runtime.store.transaction() as tables:
        row = tables.accounts.get("acme")
        tables.accounts.save(replace(row, settings={**row.settings, "url": "http://127.0.0.1:1"}))
    said = run("check", "acme", code=1)
    assert "agent:m2ad9min" in said.out
    assert "so ids stand here (the helpdesk does not answer)." in said.err


def test_the_whole_table_is_in_the_language_of_the_account(run, read, monkeypatch):
    monkeypatch.setenv("DESKWARDEN_POLICY_LOCALE", "nb")
    said = run("check", "acme", code=1).out
    assert said.startswith("Tilgang, lest ")
    for english in ("what is asked", "how many", "which", " of ", "Access"):
        assert english not in said


def test_what_could_not_be_read_says_why_and_counts_nobody(run, read, runtime):
    failed = {"check": "access.free_mail", "status": "error", "resource": "account"}
    results = [failed | {"facts": {"reason": "forbidden"}}]
    with runtime.store.transaction() as tables:
        tables.results.replace("acme", results, at=runtime.clock.now())
    (line,) = run("check", "acme", code=1).out.splitlines()[2:]
    assert line.startswith("could not be read")
    assert " ".join(line.split()).endswith(" - our key lacks the right")


def test_what_cannot_be_told_is_not_met(run, read, runtime):
    hidden = {"check": "access.free_mail", "status": "unknown", "resource": "account", "facts": {}}
    met = hidden | {"check": "access.admin_count", "status": "pass"}
    for results, code in (([met], 0), ([met, hidden], 1)):
        with runtime.store.transaction() as tables:
            tables.results.replace("acme", results, at=runtime.clock.now())
        said = run("check", "acme", code=code)
    assert "not known" in said.out.splitlines()[2]


def test_many_are_counted_and_some_are_named(run, read, runtime):
    one = {"check": "access.two_factor.agents", "status": "fail", "facts": {}}
    results = [one | {"resource": f"agent:{n}"} for n in range(5)]
    with runtime.store.transaction() as tables:
        tables.results.replace("acme", results, at=runtime.clock.now())
    (line,) = run("check", "acme", code=1).out.splitlines()[2:]
    assert "5 of 5" in line
    assert line.rstrip().endswith("agent:0, agent:1, agent:2 and 2 more")


def test_an_account_that_is_not_there_is_refused(run, connected):
    assert "No account 'other'." in run("check", "other", code=2).err
