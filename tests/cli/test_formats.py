from __future__ import annotations

from datetime import timedelta

import pytest

from integration.core.cards.luhn import completed
from integration.core.models import Priority

ADMIN = "jonas.lie@acme.example"
AGENT = "ola.moe@acme.example"


def number(serial: int) -> str:
    return completed(f"45711200{serial:07d}".encode()).decode()


@pytest.fixture
def proposed(run, connected):
    """A format that an admin has proposed; the arguments that confirm it."""
    wanted = ("--prefix", "45711200", "--length", 16, "--name", "orders", "--by", ADMIN)
    run("formats", "propose", "acme", *wanted)
    return ("formats", "confirm", "acme", "orders", "--by")


@pytest.fixture
def history(simulator, new_year):
    """Tickets of a year that no other test has, each with a number of a series; its first day."""
    for day in range(6):
        text, email = f"order {number(day)}", f"customer-{day}@customer.example"
        simulator.customer_writes("Parcel", text, email, at=new_year + timedelta(days=day))
    return f"{new_year:%Y-%m-%d}"


def test_a_series_in_the_tickets_is_suggested_without_a_whole_number(run, connected, history):
    options = ("--sample", 50, "--from", history, "--least", 3, "--json")
    said = run("formats", "suggest", "acme", *options)
    assert [(r["prefix"], r["length"], r["word"]) for r in said.rows] == [("45711200", 16, "order")]
    assert said.rows[0]["numbers"] == 6
    assert not any(number(day) in said.out for day in range(6))


def test_the_suggestion_for_people_says_what_comes_next(run, connected, history):
    said = run("formats", "suggest", "acme", "--from", history, "--least", 3)
    assert "45711200" in said.out
    assert "deskwarden formats propose acme" in said.err


def test_an_account_without_a_series_has_nothing_to_suggest(run, connected, new_year):
    said = run("formats", "suggest", "acme", "--from", f"{new_year:%Y-%m-%d}")
    assert (said.out, "0 shapes" in said.err) == ("", True)


def test_reading_the_sample_stores_nothing(run, connected, history, runtime):
    def stored():
        with runtime.store.transaction() as tables:
            return [row.seq for row in tables.audit.rows("acme")], tables.due.rows("acme")

    before = stored()
    run("formats", "suggest", "acme", "--from", history)
    assert stored() == before


def test_a_format_goes_into_the_policy_once_a_second_person_confirms(run, proposed, runtime):
    def formats():
        desk = runtime.open_desk("acme", Priority.LIVE)
        desk.connector.close()
        return [known.name for known in desk.policy.formats]

    assert formats() == []
    run(*proposed, AGENT)
    assert formats() == ["orders"]
    run("formats", "remove", "acme", "orders", "--by", AGENT)
    assert formats() == []


def test_one_person_alone_cannot_make_a_format_count(run, proposed):
    said = run(*proposed, ADMIN, code=2)
    assert "another person must confirm it" in said.err
    (row,) = run("formats", "list", "acme", "--json").rows
    assert row["counts"] == "no"


def test_a_stranger_and_who_has_left_are_told_so(run, proposed):
    assert "No agent of the helpdesk" in run(*proposed, "eve@evil.example", code=2).err
    assert "no active agent" in run(*proposed, "nina.strand@acme.example", code=2).err


def test_the_list_shows_who_stands_for_a_format(run, proposed):
    run(*proposed, AGENT)
    (row,) = run("formats", "list", "acme", "--json").rows
    assert (row["name"], row["prefix"], row["length"]) == ("orders", "45711200", 16)
    assert row["proposed_by"] != row["confirmed_by"]
    assert "orders" in run("formats", "list", "acme").out


def test_a_prefix_that_real_cards_share_is_said(run, connected):
    wanted = ("--prefix", "457112", "--length", 16, "--name", "orders", "--by", ADMIN)
    assert "Real cards of dankort, visa may" in run("formats", "propose", "acme", *wanted).err


def test_a_prefix_that_covers_a_whole_range_is_refused(run, connected):
    wanted = ("--prefix", "4", "--length", 16, "--name", "orders", "--by", ADMIN)
    assert "2 to 8 digits" in run("formats", "propose", "acme", *wanted, code=2).err
    wanted = ("--prefix", "45", "--length", 16, "--name", "orders", "--by", ADMIN)
    assert "give at least 4 digits" in run("formats", "propose", "acme", *wanted, code=2).err
