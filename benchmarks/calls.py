"""API calls per ticket on LiveAgent: clean, and with a card in it. The finding's own apart."""

from __future__ import annotations

from typing import Any

from benchmarks.process_due import CLOCK, fresh_store
from connectors import registry
from integration.core.mode import Mode
from integration.core.policy import Hold, Policy
from integration.services.redact import Redactor

CARD = "4111 1111 1111 1111"
TICKETS = {
    "clean": ("Parcel", "Where is my parcel?"),
    "card in one message": ("Payment", f"My card is {CARD}."),
    "card in the subject": (f"Charge {CARD}", "Thank you"),
    "card in two messages": ("Payment", f"My card is {CARD}."),
    "card in one message, a hold in the policy": ("Payment", f"My card is {CARD}."),
}
HOLD = Hold(tags=frozenset({"dispute"}))
FACTS = {"delete_erases": True, "timezone": "UTC", "tags": {}}


class Unlimited:
    """A budget that only counts; implements core.ports.Budget."""

    def __init__(self) -> None:
        self.calls = 0

    def acquire(self) -> None:
        """Count."""
        self.calls += 1

    def drain(self, seconds: float) -> None:
        """Nothing to wait for."""


def run() -> list[dict[str, Any]]:
    """Calls by kind of ticket."""
    simulator: Any = registry.simulator("liveagent")()
    url = simulator.start()
    simulator.set_switches(requests_per_minute=0)
    try:
        return [_count(simulator, url, *ticket) for ticket in TICKETS.items()]
    finally:
        simulator.stop()


def _count(simulator: Any, url: str, name: str, texts: tuple[str, str]) -> dict[str, Any]:
    facts = simulator.credentials()
    settings = {
        "url": url,
        "bot_agent": facts["bot_user"],
        "contact_email": facts["contact_email"],
        "mail_account": facts["mail_account"],
        "findings_department": facts["compliance_department"],
    }
    keys = {"v3_key": facts["v3_key"], "v1_key": facts["v1_key"]}
    budget = Unlimited()
    connector = registry.helpdesk("liveagent").build(
        settings, keys, FACTS, budget=budget, clock=CLOCK
    )
    ticket = simulator.customer_writes(*texts)
    if "two" in name:
        simulator.customer_replies(ticket, f"Or this one: {CARD}")
    policy = Policy(mode=Mode.ENFORCE, hold=HOLD if "hold" in name else Hold())
    with fresh_store() as store:
        result = Redactor("bench", connector, policy, store, CLOCK).run(ticket)
    connector.close()
    return {
        "benchmark": "calls",
        "ticket": name,
        "calls": budget.calls,
        "outcome": result.outcome.value,
    }
