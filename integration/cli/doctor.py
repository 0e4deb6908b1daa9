"""`doctor`: what is wrong here, and what to do about it."""

from __future__ import annotations

import sys

import click
from rich.text import Text

from integration.cli.opening import opened
from integration.cli.output import emit, json_option, table
from integration.diagnosis import diagnose

MARKS = {
    "ok": Text("ok", style="green"),
    "warn": Text("warn", style="yellow"),
    "fail": Text("fail", style="red"),
}


@click.command()
@json_option
def doctor(*, as_json: bool) -> None:
    """Check this installation and every connected account. Says what to do about each problem."""
    with opened() as runtime:
        rows = diagnose(runtime)
    if as_json:
        for row in rows:
            emit(row)
    else:
        columns = ("", "what", "details", "what to do")
        shown = [[MARKS[r["state"]], r["what"], r["detail"], r["fix"]] for r in rows]
        table("Doctor", columns, shown)
    sys.exit(any(row["state"] == "fail" for row in rows))
