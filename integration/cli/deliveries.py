"""`account deliveries`: whether the webhook arrives, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict

import click

from connectors import registry
from integration.cli.opening import opened
from integration.cli.output import count, emit, json_option, listing, words
from integration.core.capabilities import Outcome
from integration.core.errors import StoreUnavailable
from integration.core.messages import say
from integration.core.rows import AccountRow
from integration.core.web import Taken
from integration.runtime import Runtime
from integration.services import accounts
from integration.services.deliveries import Came, advice, newest

NEWEST = 20
EVERY = 1.0
"""Seconds between two looks."""
COLUMNS = ("time", "ticket", "what came of it")
IN_WORDS: Mapping[str, str] = {
    **{outcome.value: say(f"outcome.{outcome}", "en") for outcome in Outcome},
    "clean": "clean",
    "to_decide": "found what a person decides on: deskwarden findings list",
    "not_scanned": "nothing found; files or texts that could not be scanned",
    "not_found": "the helpdesk has no such ticket, or not for us",
    "waiting": "waiting for a worker",
    "at_work": "a worker has it in hand",
    "parked": "set aside for a person",
    Taken.UNKNOWN_EVENT.value: "taken, and named no ticket: the helpdesk was asked for news",
    Taken.PING.value: "taken: a test of the connection",
    "refused": "refused",
}


@click.command("deliveries")
@click.argument("name")
@click.option("--follow", is_flag=True, help="Go on and show what comes; end it with Ctrl-C.")
@json_option
def show_deliveries(name: str, *, follow: bool, as_json: bool) -> None:
    """Show what the webhook has delivered, and what came of it."""
    with opened() as runtime:
        with runtime.store.transaction() as tables:
            row = accounts.known(tables, name)
        if follow:
            _follow(runtime, row, as_json=as_json)
            return
        came = _newest(runtime, row)
        if as_json:
            for each in came:
                emit(asdict(each))
            return
        shown = [_cells(each) for each in came]
        listing(f"Deliveries of {name}", COLUMNS, shown, whole=COLUMNS[:2])
        if not came:
            words.print(f"None has come yet. {_no_delivery(row)}", markup=False)
        for each in came:
            _advise(row, each)


def _newest(runtime: Runtime, row: AccountRow) -> list[Came]:
    with runtime.store.transaction() as tables:
        return newest(tables, row.id, limit=NEWEST)


def _follow(runtime: Runtime, row: AccountRow, *, as_json: bool) -> None:
    before: list[Came] = []
    try:
        while True:
            # A busy moment of the database: the next look shows it.
            with suppress(StoreUnavailable):
                came = _newest(runtime, row)
                for each in reversed(came):
                    if each not in before:
                        _show(row, each, as_json=as_json)
                before = came
            runtime.clock.sleep(EVERY)
    except KeyboardInterrupt:
        return


def _show(row: AccountRow, came: Came, *, as_json: bool) -> None:
    if as_json:
        emit(asdict(came))
        return
    click.echo("  ".join(_cells(came)))
    _advise(row, came)


def _cells(came: Came) -> list[str]:
    said = IN_WORDS[came.outcome]
    if came.reason:
        said = f"{said}: {f'{came.status} ' if came.status else ''}{came.reason}"
    if not came.ticket:
        said = f"{said} ({count(came.times, 'time')} so far)"
    return [f"{came.at:%Y-%m-%d %H:%M:%S} UTC", came.ticket or "-", said]


def _advise(row: AccountRow, came: Came) -> None:
    if came.outcome in ("refused", Taken.UNKNOWN_EVENT):
        media_type, *_ = registry.spec(row.helpdesk).content_types
        result = came.reason or came.outcome
        said = f"{result}: {advice(result, row.id, media_type)}"
        words.print(said, markup=False, soft_wrap=True)


def _no_delivery(row: AccountRow) -> str:
    title = registry.spec(row.helpdesk).title
    return f"Write a ticket in {title}; if nothing shows, the webhook is not set up there yet."
