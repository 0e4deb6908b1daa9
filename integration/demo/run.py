"""The demo, from the first ticket to the summary."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from integration.core.models import Priority
from integration.demo import judge, progress
from integration.demo.play import Play, Played
from integration.demo.scenario import stories
from integration.demo.stage import ACCOUNT, Stage, set_up
from integration.services import accounts

PAUSE = 0.25
"""Seconds between two acts of people: a busy minute."""
SETTLE_SECONDS = 40.0
QUIET_LOOKS = 3
"""So many looks in a row with nothing due, and the day is over."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the demo is run."""

    seed: int = 2026
    keep: bool = False
    quiet: bool = False
    folder: Path | None = None


def run(options: Options, console: Console) -> dict[str, Any]:
    """Run it; the counts as `demo --json` prints them."""
    folder = options.folder or Path(tempfile.mkdtemp(prefix="deskwarden-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with set_up(folder) as stage:
            played = _day(stage, options, console)
            _access_run(stage, console)
            truth = _Truth(stage, played)
            report = truth.report()
            _links(stage, console)
            if options.keep:
                _stay(stage, console)
        # What the processes wrote while they stopped counts too.
        report["leaks"] = max(report["leaks"], len(judge.leaks(folder, truth.cards)))
        return report
    finally:
        if options.folder is None and not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


def _day(stage: Stage, options: Options, console: Console) -> list[Played]:
    """Customers write, agents answer, and the table fills; until nothing is due any more."""
    rng = random.Random(options.seed)  # noqa: S311  a reproducible demo
    play = Play(stage.desk, stage.runtime.clock, rng, PAUSE)
    codes: dict[str, str] = {}
    with Live(console=console, refresh_per_second=4, transient=True) as live:

        def show(note: str) -> None:
            if not options.quiet:
                known = progress.lines(stage.runtime)
                table = progress.live_table(play.played, known, codes)
                live.update(Group(Text(note, style="bold"), table))

        for _ in play.run(list(stories(options.seed))):
            show(f"Customers and agents write ({len(play.played)} tickets so far)")
        _settle(stage, lambda: show("The last tickets are looked at"))
    known = progress.lines(stage.runtime)
    if not options.quiet:
        console.print(progress.live_table(play.played, known, codes))
    return play.played


def _settle(stage: Stage, show: Any) -> None:  # noqa: ANN401  a function without arguments
    end, quiet = time.monotonic() + SETTLE_SECONDS, 0
    while time.monotonic() < end and quiet < QUIET_LOOKS:
        backlog = stage.runtime.backlog()
        quiet = quiet + 1 if backlog["due"] + backlog["leased"] == 0 else 0
        show()
        time.sleep(0.4)


def _access_run(stage: Stage, console: Console) -> None:
    """Who has access and how well that is protected: the checks, and their decision tickets."""
    runtime = stage.runtime
    with runtime.store.transaction() as tables:
        for subject in ("snapshot", "outbox", "journal"):
            tables.due.upsert(
                ACCOUNT, subject, due_at=runtime.clock.now(), priority=Priority.SNAPSHOT
            )
    if runtime.wake is not None:
        runtime.wake.wake()
    _settle(stage, lambda: None)
    with runtime.store.transaction() as tables:
        results = tables.results.list(ACCOUNT)
    failed = sum(1 for r in results if r["status"] == "fail")
    names = {r["check"] for r in results}
    console.print(f"Access control: {len(names)} checks, {failed} things to fix, told as tickets.")


class _Truth:
    """The planted truth, held against what the helpdesk stores and what we left on disk."""

    def __init__(self, stage: Stage, played: Sequence[Played]) -> None:
        self._stage = stage
        self._played = played
        self._stored = stage.desk.stored()
        self._visible = stage.desk.visible()
        self._lines = progress.lines(stage.runtime)
        with stage.runtime.store.transaction() as tables:
            self._findings = tables.findings.list(ACCOUNT, states=("open",))
            self._tickets = accounts.made_by_us(tables, ACCOUNT)["tickets"]

    @property
    def cards(self) -> list[Any]:
        """Every planted number."""
        return [card for item in self._played for card in item.story.planted]

    def report(self) -> dict[str, Any]:
        """The counts of `demo --json`."""
        outcomes = [o for line in self._lines.values() for o in line.outcomes.values()]
        exposures = sorted(
            line.exposure_ms for line in self._lines.values() if line.exposure_ms is not None
        )
        return {
            "tickets": len(self._played),
            "planted": len(self.cards),
            "redacted": sum(1 for card in self.cards if not self._readable(card)),
            "verified_gone": outcomes.count("gone"),
            "missed": len(self.missed()),
            "false_redactions": len(self.false_redactions()),
            "manual": sum(o not in ("gone", "planned") for o in outcomes),
            "findings_posted": len(self._tickets),
            "exposure_ms": {"p50": _quantile(exposures, 0.5), "p95": _quantile(exposures, 0.95)},
            "leaks": judge.leaks_seen_from_outside(self._stage.folder, self.cards),
        }

    def _readable(self, card: Any) -> list[str]:  # noqa: ANN401  a Card
        standing = ("outbox/",)
        places = judge.places_with(card, self._stored)
        return [place for place in places if not place.startswith(standing)]

    def missed(self) -> list[str]:
        """Places in which a planted number can be read and that no open finding names."""
        named = {
            (f.resource.partition(":")[2], surface["id"])
            for f in self._findings
            for surface in f.facts.get("surfaces", ())
            if surface["outcome"] != "gone"
        }
        return [
            place
            for card in self.cards
            for place in self._readable(card)
            if _surface(place) not in named
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


def _surface(place: str) -> tuple[str, str]:
    """`ticket/ID/message/502` -> the ticket and the id that our surfaces have."""
    parts = place.split("/")
    if parts[0] != "ticket":
        return place, ""
    return parts[1], ":".join(parts[2:])


def _quantile(values: Sequence[int], share: float) -> int:
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0


def _links(stage: Stage, console: Console) -> None:
    url = stage.desk.facts["url"]
    console.print(f"What an agent sees: {url}/agent/   (while it runs: --keep)")


def _stay(stage: Stage, console: Console) -> None:
    console.print("Running until you press Ctrl-C.")
    try:
        stage.service.wait()
    except KeyboardInterrupt:
        console.print("Stopping.")


def summary(report: Mapping[str, Any]) -> list[str]:
    """The report in sentences."""
    exposure = report["exposure_ms"]
    p50, p95 = exposure["p50"] / 1000, exposure["p95"] / 1000
    return [
        f"{report['tickets']} tickets with {report['planted']} planted card numbers.",
        f"{report['redacted']} can no longer be read in any ticket.",
        f"{report['manual']} places need a person and have a decision ticket.",
        f"Missed: {report['missed']}.",
        f"Wrongly removed: {report['false_redactions']}.",
        f"Leaked into our own files: {report['leaks']}.",
        f"Readable for {p50:.1f} s (median), {p95:.1f} s (95 %): from written to verified gone.",
        f"{report['findings_posted']} tickets tell an admin what to decide.",
    ]
