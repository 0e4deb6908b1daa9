"""The simulated helpdesk, as the people of the demo use it: over its control routes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import requests

from integration.processes import launcher

TIMEOUT = 20.0
HOOK_TRIGGERS = ("ticket created", "message group added")
"""What the admin's two rules listen to; see the setup steps of the connector."""


class SimulatedHelpdesk:
    """A simulator in a process of its own; ends with the `with` block."""

    def __init__(self, helpdesk: str, log: Path) -> None:
        self._command = [sys.executable, "-m", "integration.cli", "simulator", helpdesk, "--json"]
        self._log = log
        self._session = requests.Session()
        self._session.trust_env = False  # it is on this host: no proxy stands before it
        self.facts: Mapping[str, str] = {}
        """URL, keys and ids, as an admin would copy them from the helpdesk."""

    def __enter__(self) -> Self:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603  our own command
                launcher(self._command),
                stdout=subprocess.PIPE,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        assert self._process.stdout is not None  # noqa: S101  it was asked for
        self.facts = json.loads(self._process.stdout.readline())
        self._session.headers["X-Simulator-Token"] = self.facts["admin_token"]
        return self

    def __exit__(self, *_error: object) -> None:
        self._session.close()
        self._process.kill()
        self._process.communicate()

    def call_us(self, hook_url: str) -> None:
        """The two rules of the setup steps: an HTTP request with an id and nothing else."""
        request = {
            "action": "http_request",
            "url": hook_url,
            "headers": {"Content-Type": "application/json"},
            "body": '{"ticket":"{$conversation_id}"}',
        }
        for trigger in HOOK_TRIGGERS:
            self._control(
                "POST", "/rules", {"name": trigger, "trigger": trigger, "actions": [request]}
            )

    def switch(self, **changes: object) -> None:
        """Change what the simulator does: its limits, its latency, its faults."""
        self._control("PUT", "/switches", changes)

    def people(self, act: str, **given: object) -> str:
        """Something that a person does in the helpdesk; the id of what it made."""
        return str(self._control("POST", f"/people/{act}", given)["id"])

    def code(self, ticket: str) -> str:
        """The code by which agents call a ticket."""
        return str(self._control("GET", f"/tickets/{ticket}")["code"])

    def mails(self, ticket: str) -> int:
        """How many mails went out about a ticket, to anyone."""
        return int(self._control("GET", f"/tickets/{ticket}")["mails"])

    def page(self, path: str = "") -> str:
        """The address of a page of the agent panel."""
        return f"{self.facts['url']}/agent/{path}"

    def stored(self) -> list[tuple[str, str]]:
        """(place, text) of everything the helpdesk holds, hidden and deleted texts too."""
        return [(place, text) for place, text in self._control("GET", "/stored")]

    def visible(self) -> list[tuple[str, str]]:
        """(place, text) of everything an agent can see."""
        return [(place, text) for place, text in self._control("GET", "/visible")]

    def _control(self, method: str, path: str, given: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401  any JSON value
        url = f"{self.facts['url']}/_simulator{path}"
        response = self._session.request(method, url, json=given, timeout=TIMEOUT)
        response.raise_for_status()
        return response.json()
