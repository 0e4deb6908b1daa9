"""Who may make a number format count: never one person alone, never someone from outside."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from integration.core.cards.luhn import completed
from integration.core.errors import ConfigError
from integration.core.formats import NumberFormat
from integration.core.models import Agent, AgentRole, Snapshot
from integration.core.policy import Policy
from integration.services import formats

NOW = datetime(2026, 4, 1, 8, tzinfo=UTC)
ORDER = completed(b"457112000000345").decode()
ORDERS = NumberFormat("orders", "457112", 16)
ADA = Agent("1", "Ada", "ada@acme.example", AgentRole.ADMIN)
BO = Agent("2", "Bo", "bo@acme.example", AgentRole.AGENT)
CY = Agent("3", "Cy", "cy@acme.example", AgentRole.OWNER)
LEFT = Agent("4", "Di", "di@acme.example", AgentRole.ADMIN, active=False)
UNTOLD = Agent("5", "Ed", "ed@acme.example", AgentRole.ADMIN, active=None)
BOT = Agent("6", "Bot", "bot@acme.example", AgentRole.ADMIN, is_our_bot=True)
TOLD = frozenset({"agents", "agents.role"})
WHO = Snapshot(NOW, agents=(ADA, BO, CY, LEFT, UNTOLD, BOT), readable=TOLD)


class Account:
    """The formats of one account, a transaction per step."""

    def __init__(self, store):
        self._store = store

    def propose(self, mail=ADA.email, wanted=ORDERS, who=WHO):
        with self._store.transaction() as tables:
            formats.propose(tables, "acme", wanted, mail, who, now=NOW)

    def confirm(self, mail=BO.email, who=WHO, name="orders"):
        with self._store.transaction() as tables:
            formats.confirm(tables, "acme", name, mail, who, now=NOW)

    def remove(self, mail=BO.email, name="orders"):
        formats.remove(self._store, "acme", name, mail, WHO, now=NOW)

    @property
    def allowed(self):
        with self._store.transaction() as tables:
            return formats.allowed(tables, "acme")

    @property
    def steps(self):
        with self._store.transaction() as tables:
            records = [row.record for row in tables.audit.rows("acme")]
        return [(r["type"], r["by"]) for r in records if r["type"].startswith("format.")]


@pytest.fixture
def account(store):
    return Account(store)


def test_a_format_counts_once_an_admin_proposed_and_another_person_confirmed_it(account):
    account.propose()
    assert account.allowed == ()
    account.confirm()
    assert account.allowed == (ORDERS,)


def test_every_step_is_recorded_with_the_id_of_the_agent(account):
    account.propose()
    account.confirm()
    account.remove(mail=CY.email)
    assert account.steps == [
        ("format.proposed", "1"),
        ("format.confirmed", "2"),
        ("format.removed", "3"),
    ]
    assert account.allowed == ()


@pytest.mark.parametrize("mail", [ADA.email, " ADA@acme.example "])
def test_one_person_alone_cannot_make_a_format_count(account, mail):
    account.propose()
    with pytest.raises(ConfigError, match="another person must confirm it"):
        account.confirm(mail)
    assert account.allowed == ()


def test_one_person_cannot_confirm_under_a_second_account_with_the_same_address(account):
    account.propose()
    twin = replace(ADA, id="9")
    with pytest.raises(ConfigError, match="more than one agent"):
        account.confirm(ADA.email, replace(WHO, agents=(*WHO.agents, twin)))
    assert account.allowed == ()


@pytest.mark.parametrize(
    "mail",
    ["eve@evil.example", "", LEFT.email, UNTOLD.email, BOT.email],
    ids=["stranger", "nobody", "left", "not told", "our bot"],
)
def test_a_stranger_can_neither_propose_nor_confirm_nor_remove(account, mail):
    with pytest.raises(ConfigError):
        account.propose(mail)
    account.propose()
    with pytest.raises(ConfigError):
        account.confirm(mail)
    assert account.allowed == ()
    account.confirm()
    with pytest.raises(ConfigError):
        account.remove(mail)
    assert account.allowed == (ORDERS,)


def test_who_is_no_admin_cannot_propose(account):
    with pytest.raises(ConfigError, match="only an admin may propose"):
        account.propose(BO.email)
    assert account.steps == []


@pytest.mark.parametrize(
    ("told", "said"),
    [(frozenset(), "who its agents are"), (frozenset({"agents"}), "who its admins are")],
    ids=["nothing", "no roles"],
)
def test_where_the_helpdesk_does_not_tell_who_is_who_nobody_can_propose(account, told, said):
    with pytest.raises(ConfigError, match=said):
        account.propose(who=replace(WHO, readable=told))
    account.propose()
    with pytest.raises(ConfigError):
        account.confirm(who=replace(WHO, readable=told))
    assert account.allowed == ()


def test_what_an_admin_proposed_who_has_left_since_cannot_be_confirmed(account):
    account.propose()
    gone = replace(WHO, agents=(replace(ADA, active=False), BO))
    with pytest.raises(ConfigError, match="no longer an active admin"):
        account.confirm(who=gone)
    assert account.allowed == ()


def test_a_format_is_confirmed_once(account):
    account.propose()
    account.confirm()
    with pytest.raises(ConfigError, match="confirmed already"):
        account.confirm(CY.email)


def test_a_known_name_is_not_proposed_again(account):
    account.propose()
    account.confirm()
    with pytest.raises(ConfigError, match="already"):
        account.propose(wanted=replace(ORDERS, prefix="457113"))
    assert account.allowed == (ORDERS,)


def test_what_changed_since_it_was_looked_at_is_not_confirmed(account, store):
    account.propose()
    with store.transaction() as tables:
        append = tables.audit.append

        def overtaken(of, record, *, at):
            row = append(of, record, at=at)
            tables.values.put("acme", formats.STATE, {"entries": []})
            return row

        tables.audit.append = overtaken
        with pytest.raises(ConfigError, match="changed meanwhile"):
            formats.confirm(tables, "acme", "orders", BO.email, WHO, now=NOW)


def due(store):
    with store.transaction() as tables:
        return [row["subject"] for row in tables.due.rows("acme")]


def test_once_it_counts_what_was_unsure_is_looked_at_again_and_settled(
    account, desk, redactor, store
):
    unsure = desk.write_ticket(desk.message(f"order {ORDER}"))
    desk.write_ticket(desk.message("nothing"))
    redactor().run(unsure)
    account.propose()
    assert due(store) == ["outbox"]
    account.confirm()
    assert set(due(store)) == {"outbox", f"ticket:{unsure}"}
    redactor(replace(Policy(), formats=account.allowed)).run(unsure)
    with store.transaction() as tables:
        assert [f.state for f in tables.findings.list("acme")] == ["resolved"]


def test_once_it_is_removed_what_was_counted_is_looked_at_again(account, desk, redactor, store):
    counted = desk.write_ticket(desk.message(f"order {ORDER}"))
    clean = desk.write_ticket(desk.message("nothing"))
    account.propose()
    account.confirm()
    for ticket in (counted, clean):
        redactor(replace(Policy(), formats=account.allowed)).run(ticket)
    assert due(store) == []
    account.remove()
    assert due(store) == [f"ticket:{counted}"]


def test_an_unknown_format_is_named(account):
    with pytest.raises(ConfigError, match="there is no format 'none'"):
        account.confirm(name="none")
    with pytest.raises(ConfigError, match="there is no format 'none'"):
        account.remove(name="none")


def test_a_prefix_that_is_too_wide_is_refused_with_an_explanation(account):
    with pytest.raises(
        ConfigError, match="Cards of dankort, elo, visa begin with 45: give at least 4 digits"
    ):
        account.propose(wanted=replace(ORDERS, prefix="45"))
    assert account.steps == []


def test_a_stored_format_that_one_person_both_proposed_and_confirmed_does_not_count(account, store):
    forged = formats.Entry(ORDERS, "1", NOW.isoformat(), "1", NOW.isoformat())
    with store.transaction() as tables:
        tables.values.put("acme", formats.STATE, {"entries": [forged.to_json()]})
    assert account.allowed == ()
