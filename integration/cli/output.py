"""How commands print: JSON lines on stdout for machines, tables for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from integration.cli.columns import fitted, line
from integration.core.findings import wording

words = Console(stderr=True, highlight=False)
"""Words to people who run a command by hand."""
results = Console(highlight=False)

IN_WORDS: Mapping[str, str] = {
    "luhn": "valid check digit",
    "test_card": "published test number",
}
"""Reasons that say more in other words; any other reads well without its dashes."""

account_option = click.option("--account", help="Only this account.")
json_option = click.option("--json", "as_json", is_flag=True, help="JSON lines on stdout.")


def emit(row: Any) -> None:  # noqa: ANN401  any JSON value
    """One JSON line."""
    click.echo(json.dumps(row, default=_plain, ensure_ascii=False))


def tell(row: Any, text: str, *, as_json: bool) -> None:  # noqa: ANN401  any JSON value
    """What a command has done: one JSON line, or a sentence for people."""
    if as_json:
        emit(row)
    else:
        words.print(text)


def listing(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    whole: Sequence[str] = (),
) -> None:
    """A list for people, one line a row. The first column and those of `whole` are never cut."""
    shown = [[cell(value).plain for value in row] for row in rows]
    needed = [max(map(len, column)) for column in zip(columns, *shown, strict=True)]
    kept = frozenset([0, *(columns.index(name) for name in whole)])
    widths = fitted(needed, whole=kept, width=results.width if results.is_terminal else None)
    _print(Text(title, style="italic"))
    _print(Text(line(columns, widths), style="bold"))
    for row in shown:
        _print(Text(line(row, widths)))
    if hidden := columns[len(widths) :]:
        words.print(f"No room here for: {', '.join(hidden)}.", markup=False)


def _print(text: Text) -> None:
    results.print(text, soft_wrap=True)


def table(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    whole: Sequence[str] = (),
) -> None:
    """A table for people, of words that may run over several lines; one line a row in a pipe.

    The first column and those of `whole` stay on one line.
    """
    if not results.is_terminal:
        listing(title, columns, rows)
        return
    shown = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for number, column in enumerate(columns):
        is_whole = number == 0 or column in whole
        shown.add_column(column, overflow="fold", no_wrap=is_whole)
    for row in rows:
        shown.add_row(*(cell(value) for value in row))
    results.print(shown)


def cell(value: object) -> Text:
    """A value as it stands in a table: never read as markup, which texts of ours resemble."""
    if isinstance(value, Text):
        return value
    if value is None or value == "":
        return Text("-")
    if isinstance(value, datetime):
        return Text(wording.time(value))
    return Text(str(value))


def moment(stored: str | None) -> datetime | None:
    """A time as it is stored in JSON."""
    return datetime.fromisoformat(stored) if stored else None


def count(number: int, noun: str) -> str:
    """So many of them.

    >>> count(1, "ticket"), count(0, "ticket")
    ('1 ticket', '0 tickets')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def reasons(slugs: Iterable[str]) -> str:
    """The reasons of a find as people read them.

    >>> reasons(["luhn", "usual-groups"])
    'valid check digit, usual groups'
    """
    return ", ".join(IN_WORDS.get(slug, slug.replace("-", " ")) for slug in slugs)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
