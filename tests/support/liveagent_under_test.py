"""A simulated LiveAgent account for the connector contract."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from support.contract.ground import Bent
from support.memory_desk import FakeClock

from connectors.liveagent import paging
from connectors.liveagent.connector import LiveAgent, build
from connectors.liveagent.simulator import create
from integration.core.surfaces import SurfaceKind


class LiveAgentUnderTest:
    """The simulator on a port of its own, with a clock that moves a second at each writing."""

    missing = "zzzzzzzz"

    def __init__(self) -> None:
        self.clock = FakeClock()
        self._account = create(seed=7, now=self.clock.now)
        self._account.start()
        self._account.set_switches(requests_per_minute=0)
        self._given = self._account.credentials()
        self.url = self._given["url"]
        self.secrets = (self._given["v3_key"], self._given["v1_key"])

    def connect(self, budget: Any, facts: Mapping[str, Any] | None = None) -> LiveAgent:
        settings = {
            "url": self.url,
            "bot_agent": self._given["bot_user"],
            "contact_email": self._given["contact_email"],
            "mail_account": self._given["mail_account"],
            "findings_department": self._given["compliance_department"],
        }
        known = {"delete_erases": True} if facts is None else facts
        return build(settings, self._given, known, budget=budget, clock=self.clock)

    def plant(self) -> tuple[str, Mapping[SurfaceKind, tuple[str, ...]]]:
        self.clock.forward(seconds=1)
        ticket = self._account.customer_writes(
            "planted subject",
            "<p>planted message</p>",
            html=True,
            name="Planted Person",
            files=[("planted.pdf", "application/pdf", b"%PDF")],
            custom_fields={"order_id": "planted field", "comment": "other field"},
            form={"Phone": "planted answer"},
            tags=["vip"],
        )
        self._account.agent_replies(ticket, "planted reply")
        self._account.agent_notes(ticket, "planted note", files=[("note.png", "image/png", b"x")])
        self._account.customer_replies(ticket, "planted again", quoted="> planted quote")
        return ticket, {
            SurfaceKind.SUBJECT: ("planted subject",),
            SurfaceKind.CUSTOM_FIELD: ("planted field", "other field"),
            SurfaceKind.CONTACT_FIELD: ("Planted Person",),
            SurfaceKind.MESSAGE: (
                "<p>planted message</p>",
                "planted answer",
                "planted reply",
                "planted again",
            ),
            SurfaceKind.QUOTED: ("> planted quote",),
            SurfaceKind.NOTE: ("planted note",),
            SurfaceKind.FILE: ("planted.pdf", "note.png"),
            SurfaceKind.FILE_NAME: ("planted.pdf", "note.png"),
            SurfaceKind.HISTORY: ("planted subject",),
        }

    def write(self, text: str) -> str:
        self.clock.forward(seconds=1)
        return self._account.customer_writes("Subject", text)

    def reply(self, ticket: str, text: str) -> None:
        self.clock.forward(seconds=1)
        self._account.customer_replies(ticket, text)

    def rename(self, ticket: str, subject: str) -> None:
        self._account.store.ticket(ticket).subject = subject

    def mails(self) -> int:
        return len(self._account.outbox())

    def bent(self, ticket: str) -> Bent:
        message = {"type": "M", "message": "4111 1111 1111 1111"}
        groups = [{"id": "g1", "type": "3", "messages": [message]}]
        return Bent(re.compile(rf".*/tickets/{ticket}/messages.*"), groups, "messages.0.id")

    def small_pages(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(paging, "PER_PAGE", 3)

    def stop(self) -> None:
        self._account.stop()
