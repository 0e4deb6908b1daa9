"""`sweep`: the history at the lowest priority, with an estimate and a progress bar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from connectors import registry
from integration.cli.opening import opened
from integration.cli.output import emit, json_option, words
from integration.cli.sweep_words import Telling
from integration.core.errors import ConfigError
from integration.core.findings.wording import duration
from integration.core.messages import say
from integration.core.models import Priority
from integration.core.rows import AccountRow
from integration.core.tables import Tables
from integration.runtime import Runtime
from integration.services import accounts
from integration.services import sweep as sweeps

WORTH_TELLING = 1.0
"""Seconds. A sweep always waits a little for its part of the budget."""
NEARLY_DONE = 60
"""Seconds of calls."""


@click.command()
@click.argument("account")
@click.option("--sample", type=click.IntRange(1), help="Only so many tickets, drawn at random.")
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="Created since then.")
@click.option("--detach", is_flag=True, help="Start it and return; the workers go on.")
@json_option
def sweep(
    account: str, sample: int | None, since: datetime | None, *, detach: bool, as_json: bool
) -> None:
    """Look through the tickets that were there before us. Start it again to go on or to watch.

    It works through the same due table as everything else, so the service must be running
    (`deskwarden run`). Stopping this command does not stop the sweep.
    """
    with opened() as runtime:
        _require_workers(runtime)
        from_date = since.replace(tzinfo=UTC) if since else None
        with runtime.store.transaction() as tables:
            require_open(accounts.known(tables, account))
            sweeps.start(tables, account, now=runtime.clock.now(), since=from_date, sample=sample)
            told = _as_it_stands(runtime, tables, account)  # before a worker begins
        runtime.wake.wake()
        if not detach:
            _tell(told.estimate())
            _watch_until_told(runtime, account, told, quiet=as_json)
            told = _telling(runtime, account)
    if as_json:
        emit(told.as_json(account))
        return
    for line in told.result():
        _tell(line)


def _tell(line: str) -> None:
    words.print(line, markup=False, soft_wrap=True)


def _require_workers(runtime: Runtime) -> None:
    if not runtime.is_worked:
        raise ConfigError(
            ["nothing would work the sweep: the service is not running"],
            hint="start it first: deskwarden run",
        )


def require_open(row: AccountRow) -> None:
    """Raise ConfigError where the account is paused."""
    if row.paused:
        hint = f"deskwarden account resume {row.id}"
        problem = f"the account {row.id} is paused ({row.paused}): nothing would be read"
        raise ConfigError([problem], hint=hint)


def _watch_until_told(runtime: Runtime, account: str, begun: Telling, *, quiet: bool) -> None:
    try:
        _watch(runtime, account, begun, quiet=quiet)
    except KeyboardInterrupt:
        _tell(say("sweep.goes_on", begun.locale))


def _watch(runtime: Runtime, account: str, told: Telling, *, quiet: bool) -> None:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=16),
        MofNCompleteColumn(),
        TextColumn("{task.fields[left]}"),
    )
    with Progress(*columns, console=words, disable=quiet, transient=True) as bar:
        task = bar.add_task("", total=None, left="")
        was_listed = told.progress.state.listed_all
        while not told.progress.finished:
            progress = told.progress
            is_listed = progress.state.listed_all
            if is_listed and not was_listed:
                _tell(told.estimate())
            was_listed = is_listed
            what = say("sweep.scanning" if is_listed else "sweep.listing", told.locale)
            done = progress.rate.read if is_listed else progress.state.listed
            total = progress.counts.tickets if is_listed else None
            left = _what_is_left(runtime, account, told)
            bar.update(task, description=what, completed=done, total=total, left=left)
            runtime.clock.sleep(1)
            told = _telling(runtime, account)


def _what_is_left(runtime: Runtime, account: str, told: Telling) -> str:
    """Until when nothing happens because the budget is spent; else how long the calls take."""
    with runtime.store.transaction() as tables:
        row = accounts.known(tables, account)
    seconds = runtime.budget_of(row, Priority.SWEEP).wait()
    if seconds >= WORTH_TELLING:
        until = runtime.clock.now() + timedelta(seconds=seconds)
        return say("sweep.wait", told.locale, time=f"{until:%H:%M:%S}")
    if not told.progress.state.listed_all:
        return ""
    left = told.still_to_read.seconds or 0
    if left < NEARLY_DONE:
        return say("sweep.nearly_done", told.locale)
    return say("sweep.left", told.locale, time=duration(left, told.locale))


def _telling(runtime: Runtime, account: str) -> Telling:
    with runtime.store.transaction() as tables:
        return _as_it_stands(runtime, tables, account)


def _as_it_stands(runtime: Runtime, tables: Tables, account: str) -> Telling:
    row = accounts.known(tables, account)
    progress = sweeps.look(tables, account)
    if progress is None:
        # Another command has removed the account meanwhile and connected it anew.
        raise ConfigError([f"there is no sweep of {account} any more"])
    pace = progress.pace(
        documented=registry.spec(row.helpdesk).calls_per_ticket,
        per_minute=runtime.budget_of(row, Priority.SWEEP).share_per_minute,
    )
    return Telling(progress, pace, runtime.policy(row).locale)
