"""Looking: capabilities, findings, what is due, the audit chain; and `doctor`."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import datetime
from typing import Any

import click
from rich.text import Text

from integration.cli.matrix import rows_of, show_capabilities
from integration.cli.output import (
    count,
    emit,
    json_option,
    listing,
    moment,
    opened,
    results,
    table,
    words,
)
from integration.core.errors import ConfigError
from integration.core.findings.model import unlettered
from integration.core.findings.texts import render
from integration.core.models import Priority
from integration.diagnosis import diagnose
from integration.services import accounts, chain

MARKS = {
    "ok": Text("ok", style="green"),
    "warn": Text("warn", style="yellow"),
    "fail": Text("fail", style="red"),
}
account_option = click.option("--account", help="Only this account.")


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


@click.command()
@click.argument("account")
@json_option
def capabilities(account: str, *, as_json: bool) -> None:
    """What can be removed on this very account, and how.

    And what stays behind.
    """
    with opened() as runtime:
        with runtime.store.transaction() as tables:
            row = accounts.known(tables, account)
        with closing(runtime.open_connector(row, row.facts)) as connector:
            matrix = connector.capabilities()
        locale = runtime.policy(row).locale
    if as_json:
        emit(
            {
                "account": account,
                "surfaces": rows_of(matrix, locale),
                "standing_residue": list(matrix.standing_residue),
                "unreadable": list(matrix.unreadable),
            }
        )
        return
    show_capabilities(matrix, locale)


@click.group()
def findings() -> None:
    """What needs a person."""


@findings.command("list")
@account_option
@click.option("--all", "show_all", is_flag=True, help="Resolved ones too.")
@json_option
def list_findings(account: str | None, *, show_all: bool, as_json: bool) -> None:
    """List the open findings. Ends with 1 when there are any."""
    states = () if show_all else ("open",)
    with opened() as runtime, runtime.store.transaction() as tables:
        if account:
            accounts.once_known(tables, account)
        found = tables.findings.list(account, states=states)
    rows = [
        {
            "finding": f.fingerprint,
            "account": f.account,
            "cause": f.cause,
            "resource": f.resource,
            "severity": f.severity.value,
            "state": f.state.value,
            "due": f.due,
            "ticket": f.ticket_id or "",
        }
        for f in found
    ]
    if as_json:
        for row in rows:
            emit(row)
    else:
        # Of open ones only, the state says nothing.
        state = ("state",) if show_all else ()
        # Of one account, its name says nothing.
        several = ("account",) if len({f.account for f in found}) > 1 else ()
        columns = ("finding", *several, "severity", "cause", "resource", *state, "due", "ticket")
        shown = (row | {"due": _day(f.due)} for row, f in zip(rows, found, strict=True))
        whole = ("severity", *state, "due")
        listing("Findings", columns, [[r[c] for c in columns] for r in shown], whole=whole)
    sys.exit(any(row["state"] == "open" for row in rows))


def _day(due: datetime | None) -> str:
    return f"{due:%Y-%m-%d}" if due else ""


@findings.command("show")
@click.argument("finding")
def show_finding(finding: str) -> None:
    """Show one finding as its decision ticket tells it."""
    with opened() as runtime:
        with runtime.store.transaction() as tables:
            found = next((f for f in tables.findings.list() if f.fingerprint == finding), None)
        if found is None:
            raise ConfigError([f"no finding {finding!r}"], hint="deskwarden findings list --all")
        text = render(found, runtime.config.for_account(found.account).locale)
    results.print(Text(text.subject, style="bold"), end="\n\n")
    results.print(Text(text.body))


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
    columns = ("account", "subject", "due_at", "priority", "attempts", "parked")
    shown = (row | {"due_at": moment(row["due_at"])} for row in rows)
    whole = ("due_at", "priority", "attempts")
    listing("Due", columns, [[row.get(c) for c in columns] for row in shown], whole=whole)


@due.command("replay")
@account_option
def replay(account: str | None) -> None:
    """Make parked rows due again."""
    with opened() as runtime:
        with runtime.store.transaction() as tables:
            if account:
                accounts.known(tables, account)
            again = tables.due.replay(account, now=runtime.clock.now())
        runtime.wake.wake()
    words.print(f"{count(again, 'row')} due again.")


@click.group()
def audit() -> None:
    """The tamper-evident record of what was done."""


@audit.command()
@account_option
@click.option("--anchor", help="SEQ:MAC as a note of the journal ticket tells; needs --account.")
@json_option
def verify(account: str | None, anchor: str | None, *, as_json: bool) -> None:
    """Recompute the chain of every account, of removed ones too.

    With an anchor also its end. The journal ticket in the helpdesk holds an anchor a day: a witness
    that is not in our hands.
    """
    if anchor is not None and account is None:
        raise click.UsageError("--anchor needs --account")
    given = _anchor(anchor)
    rows: list[dict[str, Any]] = []
    with opened() as runtime:
        with runtime.store.transaction() as tables:
            if account:
                accounts.once_known(tables, account)
            names = [account] if account else tables.audit.accounts()
        for name in names:
            head, wrong = chain.verify(runtime.store, name, anchor=given)
            rows.append(
                {
                    "account": name,
                    "holds": wrong is None,
                    "records": head.seq if head else 0,
                    "head": head.mac if head else "",
                    "wrong": wrong or "",
                }
            )
    if as_json:
        for row in rows:
            emit(row)
    else:
        for row in rows:
            verdict = "holds" if row["holds"] else f"BROKEN: {row['wrong']}"
            click.echo(f"{row['account']}: {verdict} ({count(row['records'], 'record')})")
            if row["head"]:
                click.echo(f"  head {row['records']}:{row['head']}")
    sys.exit(not all(row["holds"] for row in rows))


def _anchor(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    seq, _, mac = text.partition(":")
    if not seq.isdecimal() or not mac:
        raise click.UsageError("an anchor is SEQ:MAC, as the journal tells it")
    return int(seq), unlettered(mac)
