"""`sweep`: the history at the lowest priority, with an estimate and a progress bar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from integration.cli.opening import opened
from integration.cli.output import emit, json_option, words
from integration.core.errors import ConfigError
from integration.core.models import Priority
from integration.core.rows import AccountRow
from integration.runtime import Runtime
from integration.services import accounts
from integration.services import sweep as sweeps

READS_PER_TICKET = 2
WORTH_TELLING = 1.0
"""Seconds. A sweep always waits a little for its part of the budget."""


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
        runtime.wake.wake()
        if not detach:
            _watch_until_told(runtime, account, quiet=as_json)
        report = _report(runtime, account)
    if as_json:
        emit(report)
        return
    low, rate, high = report["cards_per_1000"]
    words.print(
        f"{report['scanned']} tickets scanned, {report['with_card']} with card data: "
        f"{rate} per 1,000 (95 % interval {low} to {high})."
    )
    words.print(
        f"Each ticket takes about {READS_PER_TICKET} calls; {report['listed']} tickets were listed."
    )


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


def _watch_until_told(runtime: Runtime, account: str, *, quiet: bool) -> None:
    try:
        _watch(runtime, account, quiet=quiet)
    except KeyboardInterrupt:
        words.print("The sweep goes on without this command; start it again to watch.")


def _watch(runtime: Runtime, account: str, *, quiet: bool) -> None:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=16),
        MofNCompleteColumn(),
        TextColumn("{task.fields[left]}"),
    )
    with Progress(*columns, console=words, disable=quiet, transient=True) as bar:
        task = bar.add_task("Listing", total=None, left="")
        watch = sweeps.Watch(runtime.store, account)
        while True:
            progress = watch.look()
            if progress is None or progress.finished:
                return
            done = progress.estimate.scanned
            total = progress.state.made_due if progress.state.listed_all else None
            left = _what_is_left(runtime, account, progress.waiting)
            what = "Scanning" if progress.state.listed_all else "Listing, scanning"
            bar.update(task, description=what, completed=done, total=total, left=left)
            runtime.clock.sleep(1)


def _what_is_left(runtime: Runtime, account: str, waiting: int) -> str:
    """Until when nothing happens because the budget is spent; else how long the calls take."""
    with runtime.store.transaction() as tables:
        row = accounts.known(tables, account)
    budget = runtime.budget_of(row, Priority.SWEEP)
    seconds = budget.wait()
    if seconds >= WORTH_TELLING:
        until = runtime.clock.now() + timedelta(seconds=seconds)
        return f"waiting for request budget until {until:%H:%M:%S} UTC"
    per_minute = budget.per_minute * budget.share
    minutes = waiting * READS_PER_TICKET / per_minute if per_minute else 0
    return f"about {minutes:.0f} min of calls left" if minutes >= 1 else "nearly done"


def _report(runtime: Runtime, account: str) -> dict[str, Any]:
    progress = sweeps.Watch(runtime.store, account).look()
    if progress is None:
        return {}
    return {
        "account": account,
        "listed": progress.state.listed,
        "made_due": progress.state.made_due,
        "waiting": progress.waiting,
        "finished": progress.finished,
        "scanned": progress.estimate.scanned,
        "with_card": progress.estimate.with_card,
        "cards_per_1000": list(progress.estimate.per_thousand),
        "calls": progress.state.made_due * READS_PER_TICKET,
    }
