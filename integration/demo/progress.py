"""What is known of the demo's tickets while it runs, read from our own audit chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.table import Table
from rich.text import Text

from integration.core.capabilities import Outcome, worst
from integration.core.rows import RecordType
from integration.demo.play import Played
from integration.demo.stage import ACCOUNT
from integration.runtime import Runtime

ROWS = 16
"""As many tickets as a small terminal shows; the newest."""
WORDS = {
    "PAN": ("card", "cards"),
    "CVV": ("code", "codes"),
    "EXPIRY": ("expiry", "expiries"),
    "TRACK": ("track", "tracks"),
    "PIN": ("PIN", "PINs"),
}
PLACES = "A place is one text of a ticket: two cards in one message are one place."
WAITING = ("", "", "[dim]waiting[/]")


@dataclass
class Line:
    """One ticket as the live table shows it: the sum of the looks at it."""

    found: dict[str, int]
    outcomes: dict[str, str]
    exposure_ms: int | None
    looks: int
    not_scanned: int = 0
    """Files that are no text, as the last look counts them."""

    @property
    def is_gone(self) -> bool:
        """Whether something was found, and all of it was read again and is gone."""
        return set(self.outcomes.values()) == {"gone"}


def lines(runtime: Runtime) -> Mapping[str, Line]:
    """By ticket."""
    shown: dict[str, Line] = {}
    with runtime.store.transaction() as tables:
        for row in tables.audit.rows(ACCOUNT):
            if row.record.get("type") == RecordType.SCANNED:
                _add(shown, row.record)
    return shown


def _add(shown: dict[str, Line], record: Mapping[str, Any]) -> None:
    line = shown.setdefault(record["ticket"], Line({}, {}, None, 0))
    line.looks += 1
    line.not_scanned = record["not_scannable"]
    new = {i: o for i, o in record["outcomes"].items() if i not in line.outcomes}
    line.outcomes |= record["outcomes"]
    if new:
        for kind, count in record["hits"].items():
            line.found[kind] = line.found.get(kind, 0) + count
    if record["exposure_ms"] is not None:
        line.exposure_ms = max(line.exposure_ms or 0, record["exposure_ms"])


def live_table(
    played: Sequence[Played], known: Mapping[str, Line], *, newest: int | None = ROWS
) -> Table:
    """The newest tickets (None: all): what was found, in how many places it is gone, how soon."""
    table = Table(box=None, pad_edge=False, header_style="bold", expand=True, caption=PLACES)
    table.caption_justify, table.caption_style = "left", "dim"
    table.add_column("ticket", no_wrap=True)
    # It has what the others leave: a row is one line, if 80 characters are there.
    table.add_column("subject", no_wrap=True, overflow="ellipsis", ratio=1)
    table.add_column("found")
    table.add_column("places\ncleaned", no_wrap=True)
    table.add_column("verified")
    for item in played if newest is None else played[-newest:]:
        line = known.get(item.ticket)
        table.add_row(item.code, Text(_plain(item)), *(_cells(line) if line else WAITING))
    return table


def cleaned(played: Sequence[Played], known: Mapping[str, Line]) -> int:
    """How many of the tickets held something, all of which is gone."""
    return sum(item.ticket in known and known[item.ticket].is_gone for item in played)


def _plain(item: Played) -> str:
    """The subject, without what was planted in it."""
    return "....".join(item.story.pieces["subject"][::2])


def _cells(line: Line) -> tuple[str, str, str]:
    if not line.outcomes and line.not_scanned:
        return "[dim]nothing[/]", "", "[yellow]file not read[/]"
    if not line.outcomes:
        return "[dim]nothing[/]", "", "[green]clean[/]"
    found = ", ".join(_counted(kind, n) for kind, n in sorted(line.found.items()))
    gone = sum(o == "gone" for o in line.outcomes.values())
    return found, f"{gone} of {len(line.outcomes)}", _verified(line)


def _verified(line: Line) -> str:
    if not line.is_gone:
        return f"[yellow]{worst([Outcome(o) for o in line.outcomes.values()])}[/]"
    soon = "" if line.exposure_ms is None else f" in {line.exposure_ms / 1000:.1f} s"
    return f"[green]gone{soon}[/]"


def _counted(kind: str, number: int) -> str:
    one, many = WORDS.get(kind, (kind, kind))
    return one if number == 1 else f"{number} {many}"
