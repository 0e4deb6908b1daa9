"""A real Request Tracker for the connector contract, with our extension and without."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from typing import Any

import pytest
from support.contract.ground import CARD, Bent

from connectors.request_tracker import client
from connectors.request_tracker.connector import RtConnector, build
from integration.clock import SystemClock
from integration.core.surfaces import SurfaceKind
from tests.e2e.rt_server import BOT, RtServer, b64

_NUMBERS = itertools.count(1)
WITHOUT_EXTENSION: Mapping[str, Any] = {"plugin": None}
PLAIN_USER = "plain"
"""Has the rights of the connector's README for an RT without the extension."""
ONLY_THE_EXTENSION_READS = frozenset({SurfaceKind.CONTACT_FIELD})


class Unwaiting(SystemClock):
    """The server's own time; a pause before another attempt is skipped."""

    def sleep(self, seconds: float) -> None:
        """Go on at once."""


class RtUnderTest:
    """One server for all tests: each writes tickets and customers of its own."""

    missing = "999999999"
    secrets = (BOT[1],)

    def __init__(self, rt: RtServer, facts: Mapping[str, Any] | None = None) -> None:
        self.url = rt.url
        self.clock = Unwaiting()
        self._rt = rt
        self._known = facts or {}

    def connect(self, budget: Any, facts: Mapping[str, Any] | None = None) -> RtConnector:
        user = PLAIN_USER if self._known else BOT[0]
        settings = {"url": self.url, "user": user, "findings_department": "Compliance"}
        known = self._known if facts is None else facts
        return build(settings, {"password": BOT[1]}, known, budget=budget, clock=self.clock)

    def plant(self) -> tuple[str, Mapping[SurfaceKind, tuple[str, ...]]]:
        customer = f"planted{next(_NUMBERS)}@example.com"
        self._rt.root("POST", "user", {"Name": customer, "RealName": "Planted Person"})
        self._rt.root("PUT", f"user/{customer}", {"EmailAddress": customer})
        ticket = self._create(
            "planted first subject",
            "<p>planted message</p>",
            ContentType="text/html",
            Requestor=customer,
            CustomFields={"Order": "planted field"},
            Attachments=[
                _file("planted.pdf", "application/pdf", b"%PDF"),
                _file("planted.txt", "text/plain", "planted æøå".encode()),
            ],
        )
        self.rename(ticket, "planted subject")
        self._say("correspond", ticket, "planted reply")
        self._say("comment", ticket, "planted note")
        places = {
            SurfaceKind.SUBJECT: ("planted subject",),
            SurfaceKind.CUSTOM_FIELD: ("planted field",),
            SurfaceKind.CONTACT_FIELD: ("Planted Person",),
            SurfaceKind.MESSAGE: ("<p>planted message</p>", "planted reply"),
            SurfaceKind.MAIL_COPY: ("planted reply",),
            SurfaceKind.NOTE: ("planted note",),
            SurfaceKind.FILE: ("planted.pdf", "planted æøå"),
            SurfaceKind.FILE_NAME: ("planted.pdf", "planted.txt"),
            SurfaceKind.HEADER: ("planted first subject",),
            SurfaceKind.HISTORY: ("planted first subject",),
        }
        hidden = ONLY_THE_EXTENSION_READS if self._known else frozenset[SurfaceKind]()
        return ticket, {kind: texts for kind, texts in places.items() if kind not in hidden}

    def write(self, text: str) -> str:
        return self._create("Subject", text, ContentType="text/plain")

    def reply(self, ticket: str, text: str) -> None:
        self._say("correspond", ticket, text)

    def rename(self, ticket: str, subject: str) -> None:
        self._rt.root("PUT", f"ticket/{ticket}", {"Subject": subject})

    def mails(self) -> int:
        return len(re.findall(rb"^From ", self._rt.spool(), re.MULTILINE))

    def bent(self, ticket: str) -> Bent:
        if self._known:
            return Bent(re.compile(rf".*/ticket/{ticket}$"), {"Subject": CARD}, "id")
        copies: dict[str, list[object]] = {
            "tickets": [{"Subject": CARD}],
            **{name: [] for name in ("transactions", "attachments", "values", "people")},
        }
        return Bent(re.compile(rf".*/redaction/copies/{ticket}$"), copies, "tickets.id")

    def small_pages(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(client, "PER_PAGE", "3")

    def stop(self) -> None:
        """The server serves the other tests too."""

    def _create(self, subject: str, text: str, **more: Any) -> str:
        body = {"Queue": "Support", "Subject": subject, "Content": text, **more}
        return str(self._rt.root("POST", "ticket", body)["id"])

    def _say(self, way: str, ticket: str, text: str) -> None:
        body = {"Content": text, "ContentType": "text/plain"}
        self._rt.root("POST", f"ticket/{ticket}/{way}", body)


def _file(name: str, media_type: str, content: bytes) -> dict[str, str]:
    return {"FileName": name, "FileType": media_type, "FileContent": b64(content)}
