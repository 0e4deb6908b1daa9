"""A customer who writes our marker into a subject does not make the ticket ours."""

from __future__ import annotations

import pytest
from support.memory_desk import FakeClock

from connectors.liveagent.connector import build
from connectors.liveagent.simulator import create
from integration.core.models import TicketDraft


class Unlimited:
    def acquire(self) -> None:
        return

    def drain(self, seconds: float) -> None:
        return


@pytest.fixture
def simulator():
    made = create()
    made.start()
    yield made
    made.stop()


def test_a_customers_ticket_with_our_marker_is_not_taken_for_ours(simulator):
    facts = simulator.credentials()
    settings = {
        "url": facts["url"],
        "bot_agent": facts["bot_user"],
        "contact_email": facts["contact_email"],
        "mail_account": facts["mail_account"],
        "findings_department": facts["compliance_department"],
    }
    keys = {"v3_key": facts["v3_key"], "v1_key": facts["v1_key"]}
    connector = build(settings, keys, {}, budget=Unlimited(), clock=FakeClock())
    simulator.customer_writes("Hello [DW-abc]", "I guessed your marker")
    ours = connector.create_ticket(TicketDraft("A finding", "What happened", "[DW-abc]"))
    assert connector.find_tickets("[DW-abc]") == (ours,)
    connector.close()
