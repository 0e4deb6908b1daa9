"""What a person reads at the end of the demo: the counts in sentences, and where to look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

from rich.console import Console
from rich.text import Text

from integration.core.findings.model import fingerprint
from integration.core.findings.texts import marker
from integration.core.models import Priority
from integration.demo import progress
from integration.demo.play import Played
from integration.demo.stage import ACCOUNT, Stage
from integration.services import journal

Links = Sequence[tuple[str, str]]


def tell(report: Mapping[str, Any], console: Console) -> None:
    """Print the counts."""
    console.print()
    for line in summary(report):
        console.print(line)


def show_pages(pages: Links, console: Console) -> None:
    """Print where to look, while there is something to be seen."""
    console.print()
    for title, url in pages:
        console.print(Text(f"{title}: {url}"), soft_wrap=True)


def summary(report: Mapping[str, Any]) -> list[str]:
    """The report in sentences."""
    exposure = report["exposure_ms"]
    p50, p95 = exposure["p50"] / 1000, exposure["p95"] / 1000
    gone_out = "that had gone out before, which nobody can call back"
    planted = f"{report['planted']} card numbers, security codes and expiry dates"
    return [
        f"{_count(report['tickets'], 'ticket')}, {planted}.",
        f"Can no longer be read in the tickets: {report['redacted']}.",
        f"Of these, recorded as verified gone: {report['verified_gone']}.",
        f"Left for a person, told in a decision ticket: {report['manual']}.",
        f"Still stand in mails {gone_out}: {report['in_sent_mails']}.",
        f"Missed: {report['missed']}.",
        f"Texts in which anything else was changed: {report['false_redactions']}.",
        f"Leaked into our own files: {report['leaks']}.",
        f"Readable for {p50:.1f} s (median), {p95:.1f} s (95 %): from written to verified gone.",
        f"Decision tickets for an admin, and the journal: {report['findings_posted']}.",
    ]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def links(stage: Stage, played: Sequence[Played]) -> Links:
    """Where to look in the simulated helpdesk."""
    desk, department = stage.desk, stage.desk.facts["compliance_department"]
    pages = [("All tickets, as an agent sees them", desk.page())]
    if (ticket := _cleaned(stage, played)) is not None:
        pages.append(("A cleaned ticket", desk.page(f"tickets/{ticket}")))
    pages.append(("The decision tickets", desk.page(f"?department={department}")))
    if (ticket := _journal(stage)) is not None:
        pages.append(("The journal", desk.page(f"tickets/{ticket}")))
    pages.append(("The mails that had gone out", desk.page("outbox")))
    return pages


def _cleaned(stage: Stage, played: Sequence[Played]) -> str | None:
    """The first ticket of the day of which everything found is gone."""
    known = progress.lines(stage.runtime)
    clean = (item.ticket for item in played if (line := known.get(item.ticket)) and line.is_gone)
    return next(clean, None)


def _journal(stage: Stage) -> str | None:
    """The journal ticket of this month, found by its marker as the service itself finds it."""
    runtime = stage.runtime
    month = runtime.clock.now().strftime("%Y-%m")
    desk = runtime.open_desk(ACCOUNT, Priority.FINDING)
    with closing(desk.connector) as connector:
        return next(
            iter(connector.find_tickets(marker(fingerprint(ACCOUNT, journal.NAME, month)))), None
        )
