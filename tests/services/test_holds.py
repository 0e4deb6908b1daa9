"""What a hold calls a tag is held against what the helpdesk calls it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.memory_desk import CARD

from integration.core.capabilities import Outcome
from integration.core.errors import Forbidden, HelpdeskUnavailable, UnsupportedByHelpdesk
from integration.core.mode import Mode
from integration.core.policy import Hold, Policy
from integration.services import holds

HOLDING = Policy(mode=Mode.ENFORCE, hold=Hold(tags=frozenset({"Dispute"})))
USUAL = Policy(mode=Mode.ENFORCE)


@pytest.fixture
def account(store):
    """The row of the account, to be looked at and changed."""

    def account(**facts):
        with store.transaction() as tables:
            row = tables.accounts.get("acme")
            if facts:
                row = replace(row, facts={**row.facts, **facts})
                tables.accounts.save(row)
        return row

    return account


@pytest.fixture
def refresh(desk, store, clock, account):
    def refresh(policy=HOLDING, **names):
        desk.names = names
        given = holds.with_renamed(policy, account())
        holds.refresh_tags("acme", desk, store, given, clock)

    return refresh


@pytest.fixture
def finding(store):
    def finding():
        with store.transaction() as tables:
            found = {f.cause: f for f in tables.findings.list("acme")}
        return found.get("account.hold_tags")

    return finding


def test_new_names_take_the_place_of_old_ones(refresh, account):
    account(tags={"x7f2": "vip"}, timezone="Europe/Oslo")
    refresh(x7f2="very important", d1sp="dispute")
    assert account().facts == {
        "tags": {"x7f2": "very important", "d1sp": "dispute"},
        "timezone": "Europe/Oslo",
    }


def test_a_tag_of_the_hold_that_the_helpdesk_has_is_no_finding(refresh, finding):
    refresh(d1sp=" dispute")
    assert finding() is None


def test_a_tag_may_be_named_by_its_id(refresh, finding):
    refresh(replace(HOLDING, hold=Hold(tags=frozenset({"d1sp"}))), d1sp="dispute")
    assert finding() is None


def test_a_tag_of_the_hold_that_the_helpdesk_does_not_have_is_a_finding_until_it_is_there(
    refresh, finding
):
    refresh(x7f2="vip")
    assert finding().facts["tags"] == ["Dispute"]
    assert finding().state == "open"
    refresh(x7f2="vip", d1sp="dispute")
    assert finding().state == "resolved"


def test_a_tag_that_is_renamed_goes_on_holding_until_the_policy_names_it_anew(
    refresh, account, finding
):
    account(tags={"d1sp": "dispute"})
    for _ in range(2):
        refresh(d1sp="chargeback")
        assert holds.with_renamed(HOLDING, account()).hold.tags == {"Dispute", "d1sp"}
        assert finding().facts["tags"] == ["Dispute"]
    renamed = replace(HOLDING, hold=Hold(tags=frozenset({"chargeback"})))
    refresh(renamed, d1sp="chargeback")
    assert holds.with_renamed(renamed, account()) == renamed
    assert holds.RENAMED not in account().facts
    assert finding().state == "resolved"


def test_a_usual_tag_that_is_renamed_goes_on_holding_and_is_told(refresh, account, finding):
    account(tags={"d1sp": "Dispute"})
    for _ in range(2):
        refresh(USUAL, d1sp="quarrel")
        assert holds.with_renamed(USUAL, account()).hold.tags == {"d1sp"}
        assert finding().facts["tags"] == ["Dispute"]
    refresh(USUAL, d1sp="chargeback")
    assert holds.with_renamed(USUAL, account()) == USUAL
    assert finding().state == "resolved"


def test_a_usual_tag_that_the_helpdesk_does_not_have_is_no_finding(refresh, finding):
    refresh(USUAL, x7f2="vip")
    assert finding() is None


def test_one_usual_name_for_another_is_no_finding(refresh, account, finding):
    account(tags={"d1sp": "dispute"})
    refresh(USUAL, d1sp="chargeback")
    assert finding() is None


def test_the_tags_that_hold_are_told_by_what_the_account_calls_them(account):
    row = account(tags={"d1sp": "dispute", "h0ld": "Legal-Hold", "x7f2": "vip"})
    assert holds.tags_of(USUAL, row) == ["Legal-Hold", "dispute"]
    named = replace(USUAL, hold=Hold(tags=frozenset({"x7f2", "police"})))
    assert holds.tags_of(named, row) == ["police", "vip"]


def test_nothing_is_removed_from_a_ticket_with_a_tag_that_usually_means_a_hold(desk, redactor):
    ticket = desk.write_ticket(desk.message(f"card {CARD}"), tags=frozenset({"legal-hold"}))
    assert redactor(USUAL).run(ticket).outcome is Outcome.MANUAL
    none = replace(USUAL, hold=Hold())
    assert redactor(none).run(ticket).outcome is Outcome.GONE


def test_nothing_is_removed_from_a_ticket_whose_hold_tag_was_renamed(
    refresh, account, desk, redactor
):
    account(tags={"d1sp": "dispute"})
    refresh(d1sp="chargeback")
    tags = frozenset({"d1sp", "chargeback"})
    ticket = desk.write_ticket(desk.message(f"card {CARD}"), tags=tags)
    assert redactor(holds.with_renamed(HOLDING, account())).run(ticket).outcome is Outcome.MANUAL
    assert redactor(HOLDING).run(ticket).outcome is Outcome.GONE


def test_where_tags_cannot_be_read_the_known_names_stay_and_it_is_a_finding(
    refresh, account, desk, finding, monkeypatch
):
    def refuse():
        raise Forbidden("no")

    account(tags={"d1sp": "dispute"})
    monkeypatch.setattr(desk, "tag_names", refuse)
    refresh()
    assert account().facts["tags"] == {"d1sp": "dispute"}
    assert finding().facts["tags"] == ["Dispute"]


def test_where_a_tag_is_nothing_but_its_name_nothing_can_be_missing(
    refresh, desk, finding, monkeypatch
):
    def refuse():
        raise UnsupportedByHelpdesk("no")

    monkeypatch.setattr(desk, "tag_names", refuse)
    refresh()
    assert finding() is None


def test_an_outage_changes_nothing_and_is_tried_again(refresh, account, desk, finding):
    account(tags={"d1sp": "dispute"})
    desk.errors.append(HelpdeskUnavailable("no"))
    with pytest.raises(HelpdeskUnavailable):
        refresh()
    assert account().facts == {"tags": {"d1sp": "dispute"}}
    assert finding() is None


def test_an_account_that_was_removed_meanwhile_is_left_alone(desk, store, clock):
    holds.refresh_tags("gone", desk, store, HOLDING, clock)
    with store.transaction() as tables:
        assert tables.accounts.get("gone") is None
        assert tables.findings.list("gone") == []
