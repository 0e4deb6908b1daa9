"""`due`: what has to be looked at, and what was set aside."""

from __future__ import annotations

import click

from integration.cli.opening import opened
from integration.cli.output import account_option, count, emit, json_option, listing, moment, tell
from integration.core.models import Priority
from integration.services import accounts


@click.group()
def due() -> None:
    """What has to be looked at."""


@due.command("list")
@account_option
@click.option("--parked", is_flag=True, help="Only what was set aside for a person.")
@json_option
def list_due(account: str | None, *, parked: bool, as_json: bool) -> None:
    """List the due table, most urgent first."""
    with opened() as runtime, runtime.store.transaction() as tables:
        if account:
            accounts.once_known(tables, account)
        found = tables.due.rows(account, parked=True if parked else None)
    rows = [row | {"priority": Priority(row["priority"]).name.lower()} for row in found]
    if as_json:
        for row in rows:
            emit(row)
        return
    columns = ("account", "subject", "due", "priority", "attempts", "parked")
    shown = (row | {"due": moment(row["due_at"])} for row in rows)
    whole = ("due", "priority", "attempts")
    listing("Due", columns, [[row.get(c) for c in columns] for row in shown], whole=whole)


@due.command("replay")
@account_option
@json_option
def replay(account: str | None, *, as_json: bool) -> None:
    """Make parked rows due again."""
    with opened() as runtime:
        with runtime.store.transaction() as tables:
            if account:
                accounts.known(tables, account)
            again = tables.due.replay(account, now=runtime.clock.now())
        runtime.wake.wake()
    row = {"account": account, "made_due": again}
    tell(row, f"{count(again, 'row')} due again.", as_json=as_json)
