"""`formats`: the account's own numbers that look like cards, and who has vouched for them."""

from __future__ import annotations

import secrets
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from integration.cli.opening import opened
from integration.cli.output import count, emit, json_option, listing, moment, tell, words
from integration.core.formats import NumberFormat, problems, warnings
from integration.core.models import Priority, Snapshot
from integration.core.shapes import OFTEN, Shape
from integration.runtime import Runtime
from integration.services import accounts, suggest
from integration.services import formats as own_formats
from integration.services.formats import Entry

by_option = click.option("--by", "mail", required=True, help="E-mail address of an active agent.")


@click.group()
def formats() -> None:
    """Numbers of your own that look like card numbers. Orders, members: an account's formats."""


@formats.command("suggest")
@click.argument("account")
@click.option("--sample", type=click.IntRange(1), default=200, show_default=True, help="Tickets.")
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="Created since then.")
@click.option(
    "--least", type=click.IntRange(2), default=OFTEN, show_default=True, help="Shown from so many."
)
@json_option
def suggest_formats(
    account: str, sample: int, since: datetime | None, least: int, *, as_json: bool
) -> None:
    """Show which shapes of numbers come again and again in a sample.

    Counted in memory: nothing about the numbers is stored, and none is shown whole.
    """
    from_date = since.replace(tzinfo=UTC) if since else None
    with opened() as runtime:
        found = _sample(runtime, account, sample, from_date, quiet=as_json)
    shapes = found.shapes.often(least)
    if as_json:
        for shape in shapes:
            emit(_shown(shape))
        return
    words.print(
        f"{count(found.read, 'ticket')} read of {found.listed}; "
        f"{count(len(shapes), 'shape')} in at least {least} of them."
    )
    if not shapes:
        return
    columns = ("prefix", "length", "word", "numbers", "tickets", "requesters", "refused")
    rows = [[_shown(shape)[column] for column in columns] for shape in shapes]
    listing("Shapes", columns, rows, whole=("length", "word"))
    words.print("If these are numbers of your own, an admin proposes them:")
    words.print(
        f"deskwarden formats propose {account} --prefix P --length L --name N --by MAIL",
        markup=False,
    )


def _sample(
    runtime: Runtime, account: str, size: int, since: datetime | None, *, quiet: bool
) -> suggest.Sample:
    desk = runtime.open_desk(account, Priority.SWEEP)
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=16), MofNCompleteColumn())
    with (
        closing(desk.connector) as connector,
        Progress(*columns, console=words, disable=quiet, transient=True) as bar,
    ):
        task = bar.add_task("Listing", total=None)

        def on_ticket(done: int, of: int) -> None:
            bar.update(task, description="Reading", completed=done, total=of)

        return suggest.sample_shapes(
            connector,
            runtime.clock,
            size=size,
            seed=secrets.token_hex(8),
            since=since,
            on_ticket=on_ticket,
        )


def _shown(shape: Shape) -> dict[str, Any]:
    refused = problems(NumberFormat("shape", shape.prefix, shape.length))
    return {**asdict(shape), "refused": " ".join(refused)}


@formats.command("propose")
@click.argument("account")
@click.option("--prefix", required=True, help="First digits: 2 to 8.")
@click.option("--length", type=int, required=True, help="How many digits: 12 to 19.")
@click.option("--name", required=True, help="Lower-case words joined by -.")
@by_option
@json_option
def propose(account: str, prefix: str, length: int, name: str, mail: str, *, as_json: bool) -> None:
    """An admin of the helpdesk asks for a format. It counts once another person confirms it."""
    wanted = NumberFormat(name, prefix, length)
    with opened() as runtime:
        who = _who_works_here(runtime, account)
        with runtime.store.transaction() as tables:
            now = runtime.clock.now()
            entry = own_formats.propose(tables, account, wanted, mail, who, now=now)
    for warning in warnings(wanted):
        words.print(f"[yellow]{warning}[/]")
    if as_json:
        emit({"account": account, **_row(entry)})
        return
    words.print("It counts for nothing yet. Another agent confirms it:")
    words.print(f"deskwarden formats confirm {account} {name} --by MAIL", markup=False)


@formats.command("confirm")
@click.argument("account")
@click.argument("name", metavar="FORMAT")
@by_option
@json_option
def confirm(account: str, name: str, mail: str, *, as_json: bool) -> None:
    """Confirm a format, as a second person. From now on its numbers are counted, not removed."""
    with opened() as runtime:
        who = _who_works_here(runtime, account)
        with runtime.store.transaction() as tables:
            again = own_formats.confirm(tables, account, name, mail, who, now=runtime.clock.now())
            allowed = own_formats.allowed(tables, account)
        runtime.wake.wake()
    for warning in (said for known in allowed if known.name == name for said in warnings(known)):
        words.print(f"[yellow]{warning}[/]")
    row = {"account": account, "name": name, "counts": "yes", "made_due": again}
    said = f"{name} counts from now on. Looked at again: {count(again, 'ticket')}."
    tell(row, said, as_json=as_json)


@formats.command("remove")
@click.argument("account")
@click.argument("name", metavar="FORMAT")
@by_option
@json_option
def remove(account: str, name: str, mail: str, *, as_json: bool) -> None:
    """Take a format back: any active agent may."""
    with opened() as runtime:
        who = _who_works_here(runtime, account)
        now = runtime.clock.now()
        again = own_formats.remove(runtime.store, account, name, mail, who, now=now)
        runtime.wake.wake()
    row = {"account": account, "name": name, "counts": "no", "made_due": again}
    said = f"{name} is removed: its numbers are treated as cards again."
    tell(row, f"{said}\nLooked at again: {count(again, 'ticket')}.", as_json=as_json)


@formats.command("list")
@click.argument("account")
@json_option
def list_formats(account: str, *, as_json: bool) -> None:
    """Show the formats of an account. Who stands for them, and whether they count."""
    with opened() as runtime, runtime.store.transaction() as tables:
        accounts.known(tables, account)
        rows = [_row(entry) for entry in own_formats.entries(tables, account)]
    if as_json:
        for row in rows:
            emit(row)
        return
    columns = ("name", "prefix", "length", "counts", "proposed_by", "proposed_at", "confirmed_by")
    headings = [column.replace("_", " ") for column in columns]
    shown = ({**row, "proposed_at": moment(row["proposed_at"])} for row in rows)
    listing("Formats", headings, [[row[c] for c in columns] for row in shown], whole=("counts",))


def _row(entry: Entry) -> dict[str, Any]:
    stored = entry.to_json()
    return {**stored.pop("format"), **stored, "counts": "yes" if entry.counts else "no"}


def _who_works_here(runtime: Runtime, account: str) -> Snapshot:
    desk = runtime.open_desk(account, Priority.SNAPSHOT)
    with closing(desk.connector) as connector:
        return connector.snapshot(now=runtime.clock.now())
