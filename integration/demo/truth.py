"""The planted truth, held against what the helpdesk stores and what we left on disk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from integration.core import subjects
from integration.core.findings.model import Finding
from integration.demo import judge, progress
from integration.demo.play import Played
from integration.demo.scenario import Card
from integration.demo.stage import ACCOUNT, Stage
from integration.services import accounts
from integration.services.journal import percentiles

SENT = "outbox/"
"""Mail that went out: standing residue that is named on every account."""


class Truth:
    """What is so at this moment: read once, then counted."""

    def __init__(self, stage: Stage, played: Sequence[Played]) -> None:
        self._folder = stage.folder
        self._played = played
        self._stored = [
            (place, text) for place, text in stage.desk.stored() if not place.startswith(SENT)
        ]
        self._visible = stage.desk.visible()
        self._lines = progress.lines(stage.runtime)
        with stage.runtime.store.transaction() as tables:
            self._findings = tables.findings.list(ACCOUNT, states=("open",))
            self._tickets = accounts.made_by_us(tables, ACCOUNT)["tickets"]

    @property
    def cards(self) -> list[Card]:
        """Every planted number."""
        return [card for item in self._played for card in item.story.planted]

    def report(self) -> dict[str, Any]:
        """The counts of `demo --json`."""
        outcomes = [o for line in self._lines.values() for o in line.outcomes.values()]
        exposures = [line.exposure_ms for line in self._lines.values()]
        return {
            "tickets": len(self._played),
            "planted": len(self.cards),
            "redacted": sum(1 for card in self.cards if not self._readable(card)),
            "verified_gone": outcomes.count("gone"),
            "missed": len(self.missed()),
            "false_redactions": len(self.false_redactions()),
            "manual": sum(o not in ("gone", "planned") for o in outcomes),
            "findings_posted": len(self._tickets),
            "exposure_ms": percentiles(exposures) or {"p50": 0, "p95": 0},
            "leaks": judge.leaks_seen_from_outside(self._folder, self.cards),
        }

    def missed(self) -> list[str]:
        """Places in which a planted number can be read and that no open finding names."""
        return [
            place for card in self.cards for place in self._readable(card) if not self._named(place)
        ]

    def false_redactions(self) -> list[str]:
        """Look-alikes that can no longer be read although nobody asked for that."""
        text = "\n".join(text for _, text in self._visible)
        return [
            lookalike
            for item in self._played
            for lookalike in item.story.lookalikes
            if lookalike not in text
        ]

    def _readable(self, card: Card) -> list[str]:
        return judge.places_with(card, self._stored)

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
            for finding in self._findings
            for surface in finding.facts.get("surfaces", ())
            if surface["outcome"] != "gone"
        )

    @cached_property
    def _residue(self) -> frozenset[str]:
        """The kinds of copies that the account's standing residue names: `preview` ..."""
        return frozenset(
            key.rpartition(".")[2] for finding in self._findings for key in _residue_of(finding)
        )


def _residue_of(finding: Finding) -> Sequence[str]:
    return finding.facts["residue"] if finding.cause == "residue.standing" else ()
