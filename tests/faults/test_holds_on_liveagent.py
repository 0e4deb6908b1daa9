"""On LiveAgent, where a look at the messages does not bring the facts of the ticket."""

from __future__ import annotations

import pytest
from support.memory_desk import CARD, FakeClock
from support.rig import ACCOUNT, Rig

from connectors.liveagent.connector import build
from connectors.liveagent.simulator import create
from integration.core.capabilities import Outcome
from integration.core.errors import ChangedMeanwhile
from integration.core.mode import Mode
from integration.core.policy import Hold, Policy
from integration.services.redact import Redactor

ENFORCE = Policy(mode=Mode.ENFORCE)
HOLDING = Policy(mode=Mode.ENFORCE, hold=Hold(tags=frozenset({"vip"})))
BEFORE_THE_LAST_LOOK = ["planned", "before copied", "copied", "before reread"]


class Unlimited:
    """A budget that counts the calls."""

    def __init__(self):
        self.calls = 0

    def acquire(self) -> None:
        self.calls += 1

    def drain(self, seconds: float) -> None:
        raise AssertionError(seconds)


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def account(clock):
    simulator = create(seed=7, now=clock.now)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def budget():
    return Unlimited()


@pytest.fixture
def connector(account, clock, budget):
    given = account.credentials()
    settings = {
        "url": given["url"],
        "bot_agent": given["bot_user"],
        "contact_email": given["contact_email"],
        "mail_account": given["mail_account"],
    }
    first = build(settings, given, {}, budget=budget, clock=clock)
    facts = {**first.probe(), "delete_erases": True}
    first.close()
    budget.calls = 0
    connector = build(settings, given, facts, budget=budget, clock=clock)
    yield connector
    connector.close()


@pytest.fixture
def redact(tmp_path, connector, clock):
    """Works one ticket and lets something happen at one of the steps."""
    rig = Rig(tmp_path)

    def redact(ticket, policy, step="", act=lambda: None):
        happened = []

        def on_step(taken):
            if taken == step and not happened:
                happened.append(step)
                act()

        result = Redactor(ACCOUNT, connector, policy, rig.store, clock, on_step).run(ticket)
        assert len(happened) == bool(step)
        return result

    yield redact
    rig.close()


@pytest.fixture
def ticket(account):
    return account.customer_writes("Betaling", f"Kortet er {CARD}")


def still_stands(account) -> bool:
    return any(CARD in text for _, text in account.stored_texts())


@pytest.mark.parametrize("step", BEFORE_THE_LAST_LOOK)
def test_a_hold_tag_that_is_set_meanwhile_keeps_the_message(account, redact, ticket, step):
    (vip,) = (tag.id for tag in account.store.tags.values() if tag.name == "vip")
    result = redact(ticket, HOLDING, step, lambda: account.store.ticket(ticket).tags.append(vip))
    assert result.outcome is Outcome.MANUAL
    assert set(result.reasons.values()) == {"hold_copied"}
    assert still_stands(account)


def test_a_hold_tag_is_seen_where_the_copy_stands_already(account, redact, ticket):
    (vip,) = (tag.id for tag in account.store.tags.values() if tag.name == "vip")

    def die():
        raise RuntimeError("dies here")

    with pytest.raises(RuntimeError, match="dies here"):
        redact(ticket, HOLDING, "copied", die)
    result = redact(
        ticket, HOLDING, "planned", lambda: account.store.ticket(ticket).tags.append(vip)
    )
    assert result.outcome is Outcome.MANUAL
    assert still_stands(account)


@pytest.mark.parametrize("step", BEFORE_THE_LAST_LOOK)
def test_a_chat_that_a_customer_begins_meanwhile_is_waited_for(account, redact, ticket, step):
    def chat():
        account.customer_replies(ticket, "Er det noen der?")
        account.store.ticket(ticket).status = "T"

    assert redact(ticket, ENFORCE, step, chat).outcome is Outcome.PENDING
    assert still_stands(account)


def test_a_hold_tag_stops_an_edit_in_place_at_its_last_look(account, redact, ticket):
    (vip,) = (tag.id for tag in account.store.tags.values() if tag.name == "vip")
    account.store.ticket(ticket).subject = f"Kort {CARD}"
    with pytest.raises(ChangedMeanwhile):
        redact(
            ticket,
            HOLDING,
            "before written",
            lambda: account.store.ticket(ticket).tags.append(vip),
        )
    assert account.store.ticket(ticket).subject == f"Kort {CARD}"
    assert redact(ticket, HOLDING).outcome is Outcome.MANUAL


def test_a_subject_that_is_changed_before_the_last_look_is_not_overwritten(account, redact, ticket):
    facts = account.store.ticket(ticket)
    facts.subject = f"Kort {CARD}"

    def change() -> None:
        facts.subject = f"Kort {CARD}, ring meg"

    with pytest.raises(ChangedMeanwhile):
        redact(ticket, ENFORCE, "before written", change)
    assert facts.subject == f"Kort {CARD}, ring meg"
    assert redact(ticket, ENFORCE).outcome is Outcome.GONE
    assert account.store.ticket(ticket).subject == "Kort [card visa **** 1111], ring meg"


@pytest.mark.parametrize(("policy", "calls"), [(ENFORCE, 6), (HOLDING, 7)], ids=["no", "hold"])
def test_looking_for_a_hold_costs_one_call_and_only_where_a_policy_names_one(
    redact, ticket, budget, policy, calls
):
    assert redact(ticket, policy).outcome is Outcome.GONE
    assert budget.calls == calls
