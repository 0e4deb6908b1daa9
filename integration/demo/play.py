"""Customers and agents at work: the stories, written into the helpdesk one after the other."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from integration.core.ports import Clock
from integration.demo.helpdesk import SimulatedHelpdesk
from integration.demo.scenario import Story

CUSTOM_FIELD = "payment_reference"
PLACES: Mapping[str, str] = {"subject": "subject", "custom_field": f"field/{CUSTOM_FIELD}"}
"""Where a part of a story stands in its ticket; every other is a message, or a copy of one."""
_PIXEL = "not a real picture"


@dataclass
class Played:
    """A story that was written, and the ticket it became."""

    story: Story
    ticket: str
    code: str
    """What agents call it."""


@dataclass
class Play:
    """Writes stories at a human pace: first messages now, what follows a little later."""

    desk: SimulatedHelpdesk
    clock: Clock
    rng: random.Random
    pause: float
    """Seconds between two acts."""
    played: list[Played] = field(default_factory=list)

    def run(self, stories: list[Story]) -> Iterator[Played]:
        """Write them all; yields each ticket as it is opened."""
        later: list[Played] = []
        for story in stories:
            ticket = self._open(story)
            opened = Played(story, ticket, self.desk.code(ticket))
            self.played.append(opened)
            later.append(opened)
            yield opened
            self.clock.sleep(self.pause)
            if len(later) > 3:
                self._follow(later.pop(0))
        for opened in later:
            self._follow(opened)

    def _open(self, story: Story) -> str:
        parts = story.parts
        given: dict[str, Any] = {
            "subject": parts["subject"],
            "text": parts.get("html") or parts["text"],
            "html": "html" in parts,
            "email": story.email,
            "name": story.name,
        }
        if "custom_field" in parts:
            given["custom_fields"] = {CUSTOM_FIELD: parts["custom_field"]}
        if "tag" in parts:
            given["tags"] = [parts["tag"]]
        if "file" in parts:
            given["files"] = [_file(parts["file"])]
        return self.desk.people("customer_writes", **given)

    def _follow(self, opened: Played) -> None:
        parts, ticket = opened.story.parts, opened.ticket
        if "reply" in parts:
            self.desk.people("customer_replies", ticket_id=ticket, text=parts["reply"])
        if "quoted" in parts:
            thanks = "As I wrote below."
            self.desk.people(
                "customer_replies", ticket_id=ticket, text=thanks, quoted=parts["quoted"]
            )
        if "answer" in parts:
            self.desk.people("agent_replies", ticket_id=ticket, text=parts["answer"])
        if "answer_html" in parts:
            self.desk.people(
                "agent_replies", ticket_id=ticket, text=parts["answer_html"], html=True
            )
        if "note" in parts:
            self.desk.people("agent_notes", ticket_id=ticket, text=parts["note"])


def _file(name: str) -> list[str]:
    media_type = "application/pdf" if name.endswith(".pdf") else "image/jpeg"
    return [name, media_type, _PIXEL]
