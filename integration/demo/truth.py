"""The planted truth, held against what the helpdesk stores and what we left on disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from integration.core import subjects
from integration.core.findings.model import Finding
from integration.demo import judge, progress
from integration.demo.play import PLACES, Played
from integration.demo.progress import Line
from integration.demo.scenario import Beside, Card
from integration.demo.stage import ACCOUNT, Stage
from integration.services import accounts
from integration.services.journal import percentiles

SENT = "outbox/"
"""Mail that went out: standing residue that is named on every account. Nobody can call it back."""
MESSAGE = "message/"

Texts = Sequence[tuple[str, str]]
"""(place, text), as the simulator tells them."""


@dataclass(frozen=True, slots=True)
class Value:
    """Something that was planted, and the places in which it can still be read."""

    ticket: str
    places: Sequence[str]


@dataclass(frozen=True)
class Truth:
    """What is so at this moment: read once, then counted."""

    played: Sequence[Played]
    stored: Texts
    """All that the helpdesk holds, sent mails too."""
    visible: Texts
    lines: Mapping[str, Line]
    findings: Sequence[Finding]
    """The open ones."""
    posted: int
    """Tickets of ours."""

    @classmethod
    def read(cls, stage: Stage, played: Sequence[Played]) -> Self:
        """As the simulator and our own database have it now."""
        stored, visible = stage.desk.stored(), stage.desk.visible()
        lines = progress.lines(stage.runtime)
        with stage.runtime.store.transaction() as tables:
            findings = tables.findings.list(ACCOUNT, states=("open",))
        posted = len(accounts.made_by_us(stage.runtime.store, ACCOUNT)["tickets"])
        return cls(played, stored, visible, lines, findings, posted)

    @property
    def cards(self) -> list[Card]:
        """Every planted number."""
        return [card for item in self.played for card in item.story.cards]

    def report(self, *, leaks: int) -> dict[str, Any]:
        """The counts of `demo --json`: see `counts.COUNTS`."""
        gone = [value for value in self.planted if not value.places]
        missed = self.missed()
        exposures = [line.exposure_ms for line in self.lines.values()]
        return {
            "tickets": len(self.played),
            "planted": len(self.planted),
            "redacted": len(gone),
            "verified_gone": sum(self._is_recorded_gone(value.ticket) for value in gone),
            "missed": len(missed),
            "false_redactions": len(self.false_redactions()),
            "manual": len(self.planted) - len(gone) - len(missed),
            "in_sent_mails": len(self.in_sent_mails()),
            "findings_posted": self.posted,
            "exposure_ms": percentiles(exposures) or {"p50": 0, "p95": 0},
            "leaks": leaks,
        }

    @cached_property
    def planted(self) -> Sequence[Value]:
        """All that was planted, and where it is left, but for mails that had gone out."""
        return [
            Value(item.ticket, self._readable(item.ticket, planted))
            for item in self.played
            for planted in item.story.planted
        ]

    def missed(self) -> Sequence[Value]:
        """What can be read in a place that no open finding names."""
        return [value for value in self.planted if not all(map(self._named, value.places))]

    def in_sent_mails(self) -> Sequence[Card | Beside]:
        """What can be read in mails that had gone out, whatever became of it in its ticket."""
        mails = [(place, text) for place, text in self.stored if place.startswith(SENT)]
        planted = (value for item in self.played for value in item.story.planted)
        return [value for value in planted if judge.places_with(value, mails)]

    def false_redactions(self) -> Sequence[tuple[str, str]]:
        """(ticket, part) of the texts that do not stand, but for what was planted in them."""
        return [
            (item.ticket, part)
            for item in self.played
            for part in item.story.pieces
            if part != "tag" and not self._stands(item, part)
        ]

    def _stands(self, item: Played, part: str) -> bool:
        # In its own place: the preview of a ticket repeats what is gone from a message.
        where = f"ticket/{item.ticket}/{PLACES.get(part, MESSAGE)}"
        pieces = item.story.pieces[part]
        texts = (text for place, text in self.visible if place.startswith(where))
        return any(judge.stands(pieces, text) for text in texts)

    def _readable(self, ticket: str, planted: Card | Beside) -> Sequence[str]:
        # A number may be anywhere; the digits of a code mean nothing in another ticket.
        where = "" if isinstance(planted, Card) else f"ticket/{ticket}/"
        texts = (
            (place, text)
            for place, text in self.stored
            if place.startswith(where) and not place.startswith(SENT)
        )
        return judge.places_with(planted, texts)

    def _is_recorded_gone(self, ticket: str) -> bool:
        return ticket in self.lines and self.lines[ticket].is_gone

    def _named(self, place: str) -> bool:
        """Whether an open finding names `ticket/ID/message/502`, or such copies in general."""
        kind, _, rest = place.partition("/")
        ticket, _, surface = rest.partition("/")
        if kind != "ticket":
            return False
        named = (ticket, surface.replace("/", ":")) in self._left
        return named or (surface in self._residue and ticket in {t for t, _ in self._left})

    @cached_property
    def _left(self) -> frozenset[tuple[str, str]]:
        """(ticket, surface id) of what the open findings say is still there."""
        return frozenset(
            (subjects.ticket_of(finding.resource), surface["id"])
            for finding in self.findings
            for surface in finding.facts.get("surfaces", ())
            if surface["outcome"] != "gone"
        )

    @cached_property
    def _residue(self) -> frozenset[str]:
        """The kinds of copies that the account's standing residue names: `preview` ..."""
        return frozenset(
            key.rpartition(".")[2] for finding in self.findings for key in _residue_of(finding)
        )


def _residue_of(finding: Finding) -> Sequence[str]:
    return finding.facts["residue"] if finding.cause == "residue.standing" else ()
