"""`check`: how access to an account is protected, and what cannot be told about it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import click
from rich.text import Text

from integration.cli.opening import opened
from integration.cli.output import emit, json_option, table, words
from integration.core.checks.catalogue import METADATA
from integration.core.checks.model import Metadata, Status
from integration.core.messages import say
from integration.core.models import Priority
from integration.core.rows import Json
from integration.services import access, accounts

COLUMNS = ("", "what is asked", "how many", "which")
WORST_FIRST = (Status.FAIL, Status.ERROR, Status.UNKNOWN, Status.NOT_SUPPORTED, Status.PASS)
STYLES = {Status.FAIL: "red", Status.ERROR: "red", Status.PASS: "green"}
NAMED = 3
"""Agents or keys that a line names; it says how many more there are."""


@click.command()
@click.argument("account")
@click.option("--now", is_flag=True, help="Read the helpdesk first. It is read once a day.")
@json_option
def check(account: str, *, now: bool, as_json: bool) -> None:
    """Check who has access, and how well that is protected. A line for each check.

    What the helpdesk hides is `not known`, never met. Ends with 1 unless all is met.
    """
    with opened() as runtime:
        with runtime.store.transaction() as tables:
            row = accounts.known(tables, account)
        if now:
            desk = runtime.open_desk(account, Priority.SNAPSHOT)
            try:
                access.check_access(
                    account, desk.connector, runtime.store, desk.policy, runtime.clock
                )
            finally:
                desk.connector.close()
        with runtime.store.transaction() as tables:
            found = tables.results.list(account)
        locale = runtime.policy(row).locale
    if as_json:
        for result in found:
            emit(result)
    elif found:
        table(f"Access, as read at {found[0]['at'][:16]}", COLUMNS, _lines(found, locale))
    else:
        words.print("Nothing was read yet: add --now.")
    sys.exit(not found or any(result["status"] != Status.PASS for result in found))


def _lines(results: Iterable[Json], locale: str) -> list[Sequence[object]]:
    by_check: dict[str, list[Json]] = {}
    for result in results:
        if result["check"] in METADATA:  # another version had other checks
            by_check.setdefault(result["check"], []).append(result)
    lines = [(_worst(found), name, found) for name, found in by_check.items()]
    lines.sort(key=lambda line: WORST_FIRST.index(line[0]))
    return [_line(worst, METADATA[name], found, locale) for worst, name, found in lines]


def _line(worst: Status, check: Metadata, found: Sequence[Json], locale: str) -> Sequence[object]:
    resources = [r["resource"] for r in found if r["status"] == worst]
    more = f" and {len(resources) - NAMED} more" if len(resources) > NAMED else ""
    return (
        Text(say(f"check.status.{worst}", locale), style=STYLES.get(worst, "yellow")),
        check.say("title", locale),
        f"{len(resources)} of {len(found)}",
        "" if worst is Status.PASS else ", ".join(resources[:NAMED]) + more,
    )


def _worst(results: Iterable[Json]) -> Status:
    return min((Status(result["status"]) for result in results), key=WORST_FIRST.index)
