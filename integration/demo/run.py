"""The demo, from the first ticket to the summary."""

from __future__ import annotations

import os
import random
import secrets
import shutil
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from rich.console import Console

from integration.core import subjects
from integration.core.errors import ConfigError
from integration.core.models import Priority
from integration.demo import judge, progress
from integration.demo.play import Play, Played
from integration.demo.scenario import stories
from integration.demo.screen import screen
from integration.demo.stage import ACCOUNT, Stage, set_up
from integration.demo.summary import links, show_pages, tell
from integration.demo.truth import Truth
from integration.services import journal

PAUSE = 0.25
"""Seconds between two acts of people: a busy minute."""
DAY = timedelta(days=1)
SETTLE_SECONDS = 40.0
QUIET_LOOKS = 3
"""So many looks in a row with nothing due, and the day is over."""

HOW_TO_KEEP = "To look at the tickets: deskwarden demo --keep (make demo ARGS=--keep)."


@dataclass(frozen=True, slots=True)
class Options:
    """How the demo is run."""

    seed: int = 2026
    keep: bool = False
    quiet: bool = False
    folder: Path | None = None


def run(options: Options, console: Console) -> dict[str, Any]:
    """Run it; the counts as `demo --json` prints them."""
    own = Path(tempfile.gettempdir(), f"deskwarden-demo-{secrets.token_hex(8)}")
    folder = options.folder or own
    try:  # named before it is made: whenever a signal comes, it is removed
        _make_empty(folder)
        if not options.quiet:
            console.print("A simulated helpdesk and the service start.")
        with set_up(folder) as stage:
            if not options.quiet:
                console.print("The service is ready.")
            played = _day(stage, options, console)
            _access_run(stage, console)
            truth = Truth.read(stage, played)
            leaks = judge.leaks_seen_from_outside(folder, truth.cards)
            report = truth.report(leaks=len(leaks))
            if options.keep:
                tell(report, console)
                show_pages(links(stage, played), console)
                _stay(stage, console)
        # What the processes wrote while they stopped counts too.
        report["leaks"] = max(report["leaks"], len(judge.leaks(folder, truth.cards)))
        if not options.keep:
            tell(report, console)
            console.print(f"\n{HOW_TO_KEEP}")
        return report
    finally:
        if folder is own:
            shutil.rmtree(own, ignore_errors=True)


def _make_empty(folder: Path) -> None:
    """Make the folder; one that is there must be empty: what is counted is of this run alone.

    Raises ConfigError.
    """
    hint = "give --folder an empty folder, or a path where one can be made"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        is_empty = next(folder.iterdir(), None) is None
    except OSError as error:
        raise ConfigError(
            [f"the folder {folder} cannot be made or read ({error.strerror})"], hint=hint
        ) from None
    if not is_empty:
        raise ConfigError([f"the folder {folder} is not empty"], hint=hint)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ConfigError([f"the folder {folder} is not writable for this user"], hint=hint)


def _day(stage: Stage, options: Options, console: Console) -> list[Played]:
    """Customers write, agents answer, and the table fills; until nothing is due any more."""
    rng = random.Random(options.seed)  # noqa: S311  a reproducible demo
    play = Play(stage.desk, stage.runtime.clock, rng, PAUSE)
    with screen(console) as tell_now:

        def show(doing: str) -> None:
            if not options.quiet:
                tell_now(doing, play.played, progress.lines(stage.runtime))

        for _ in play.run(list(stories(options.seed))):
            show("Customers and agents write")
        _settle(stage, lambda: show("The last tickets are looked at"))
    known = progress.lines(stage.runtime)
    if not options.quiet:
        console.print(progress.live_table(play.played, known, newest=None))
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
    now = runtime.clock.now()
    with runtime.store.transaction() as tables:
        journal.put_off(tables, ACCOUNT, until=now - DAY)
        for subject in (subjects.SNAPSHOT, subjects.OUTBOX, subjects.JOURNAL):
            tables.due.upsert(ACCOUNT, subject, due_at=now, priority=Priority.SNAPSHOT)
    runtime.wake.wake()
    _settle(stage, lambda: None)
    with runtime.store.transaction() as tables:
        results = tables.results.list(ACCOUNT)
    failed = sum(1 for r in results if r["status"] == "fail")
    names = {r["check"] for r in results}
    console.print(f"Access control: {len(names)} checks, {failed} things to fix, told as tickets.")


def _stay(stage: Stage, console: Console) -> None:
    console.print("Running until you press Ctrl-C.")
    with suppress(KeyboardInterrupt):
        stage.service.wait()
    console.print("Stopping.")
