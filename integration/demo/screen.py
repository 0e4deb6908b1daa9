"""What a person sees of the demo while it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.live import Live
from rich.text import Text

from integration.demo.play import Played
from integration.demo.progress import ROWS, Line, cleaned, live_table

EVERY = 10
"""So many tickets more are cleaned, and where no table is drawn a line says so."""
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
def screen(console: Console) -> Iterator[Show]:
    """A table that fills, and goes away at the end; but lines where nobody looks at a terminal."""
    if not console.is_terminal or console.is_dumb_terminal:
        yield Lines(console)
        return
    # What does not fit is cut: in place of it rich would write dots, red as an error.
    with Live(console=console, transient=True, vertical_overflow="crop") as area:
        yield lambda doing, played, known: area.update(
            Newest(so_far(doing, played, known), played, known), refresh=True
        )


class Lines:
    """A line when something else begins, and now and then."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._told = ("", 0)

    def __call__(self, doing: str, played: Sequence[Played], known: Mapping[str, Line]) -> None:
        """Tell it, unless the last line still says enough."""
        told, count = self._told
        now = cleaned(played, known)
        if doing != told or now >= count + EVERY:
            self._told = (doing, now - now % EVERY)
            self._console.print(f"{so_far(doing, played, known)}.")


def so_far(doing: str, played: Sequence[Played], known: Mapping[str, Line]) -> str:
    """What is going on, how many tickets there are, and how many are cleaned.

    >>> so_far("Customers write", [], {})
    'Customers write: 0 tickets, 0 cleaned'
    """
    noun = "ticket" if len(played) == 1 else "tickets"
    return f"{doing}: {len(played)} {noun}, {cleaned(played, known)} cleaned"
