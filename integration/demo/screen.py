"""What a person sees of the demo while it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.live import Live
from rich.text import Text

from integration.demo.play import Played
from integration.demo.progress import ROWS, Line, live_table

Show = Callable[[str, Sequence[Played], Mapping[str, Line]], None]
"""Tells what is going on, of which tickets, and what is known of them."""


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest tickets under a heading: as many as the terminal has lines for."""

    heading: str
    played: Sequence[Played]
    known: Mapping[str, Line]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """At least one; each time anew, since a person may make the terminal smaller."""
        for rows in range(ROWS, 0, -1):
            table = live_table(self.played, self.known, newest=rows)
            shown = Group(Text(self.heading, style="bold"), table)
            if len(console.render_lines(shown, options)) <= options.size.height:
                break
        yield shown


@contextmanager
def live(console: Console) -> Iterator[Show]:
    """A table that fills, and goes away at the end."""
    # What does not fit is cut: in place of it rich would write dots, red as an error.
    with Live(console=console, transient=True, vertical_overflow="crop") as area:
        yield lambda *now: area.update(Newest(*now), refresh=True)
