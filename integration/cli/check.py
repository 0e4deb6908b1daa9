"""`check`: how access to an account is protected, and what cannot be told about it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import click
from rich.text import Text

from integration.cli.naming import names
from integration.cli.opening import opened
from integration.cli.output import emit, json_option, moment, table, words
from integration.core.checks.catalogue import METADATA
from integration.core.checks.model import Metadata, Status
from integration.core.findings import wording
from integration.core.findings.texts import People
from integration.core.messages import say
from integration.core.models import Priority
from integration.core.rows import Json
from integration.services import access, accounts

HEADS = ("asked", "many", "which")
WORST_FIRST = (Status.FAIL, Status.ERROR, Status.UNKNOWN, Status.NOT_SUPPORTED, Status.PASS)
STYLES = {Status.FAIL: "red", Status.ERROR: "red", Status.PASS: "green"}
ACCOUNT = "account"
"""The resource of what is true of the account as a whole."""
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
        people: People = {}
        if now:
            desk = runtime.open_desk(account, Priority.SNAPSHOT)
            try:
                people = access.check_access(
                    account, desk.connector, runtime.store, desk.policy, runtime.clock
                ).people
            finally:
                desk.connector.close()
        with runtime.store.transaction() as tables:
            found = tables.results.list(account)
        locale = runtime.policy(row).locale
        if not (now or as_json) and _names_any(found):
            people = names(runtime, account, locale)
    if as_json:
        for result in found:
            emit(result)
    elif found:
        heads = [say(f"check.table.{head}", locale) for head in HEADS]
        read = wording.time(moment(found[0]["at"]))
        title = say("check.table.title", locale, time=read)
        table(title, ("", *heads), _lines(found, locale, people))
    else:
        words.print(say("check.table.nothing", locale), markup=False)
    sys.exit(not found or any(result["status"] != Status.PASS for result in found))


def _names_any(results: Iterable[Json]) -> bool:
    """Whether a line will name an agent or a key: an account as a whole has no other name."""
    return any(r["status"] != Status.PASS and r["resource"] != ACCOUNT for r in results)


def _lines(results: Iterable[Json], locale: str, people: People) -> list[Sequence[object]]:
    by_check: dict[str, list[Json]] = {}
    for result in results:
        if result["check"] in METADATA:  # another version had other checks
            by_check.setdefault(result["check"], []).append(result)
    lines = [(_worst(found), name, found) for name, found in by_check.items()]
    lines.sort(key=lambda line: WORST_FIRST.index(line[0]))
    return [_line(worst, METADATA[name], found, locale, people) for worst, name, found in lines]


def _line(
    worst: Status, check: Metadata, found: Sequence[Json], locale: str, people: People
) -> Sequence[object]:
    so = [result for result in found if result["status"] == worst]
    is_whole = all(result["resource"] == ACCOUNT for result in found)
    count = say("check.table.count", locale, so=len(so), all=len(found))
    return (
        Text(say(f"check.status.{worst}", locale), style=STYLES.get(worst, "yellow")),
        check.say("title", locale),
        "" if is_whole else count,
        "" if worst is Status.PASS else _which(so, locale, people),
    )


def _which(found: Sequence[Json], locale: str, people: People) -> str:
    """Who or what it is; of what could not be read, why."""
    named = [_named(result, locale, people) for result in found]
    listed = ", ".join(named[:NAMED])
    if len(named) <= NAMED:
        return listed
    return say("check.table.more", locale, names=listed, more=len(named) - NAMED)


def _named(result: Json, locale: str, people: People) -> str:
    if result["status"] == Status.ERROR:
        return wording.reason(str(result["facts"].get("reason", "")), locale)
    if result["resource"] == ACCOUNT:
        return say("check.resource.account", locale)
    return people.get(result["resource"], result["resource"])


def _worst(results: Iterable[Json]) -> Status:
    return min((Status(result["status"]) for result in results), key=WORST_FIRST.index)
