"""`findings`: what needs a person."""

from __future__ import annotations

import sys
from typing import Any

import click
from rich.text import Text

from integration.cli.naming import names
from integration.cli.opening import opened
from integration.cli.output import account_option, emit, json_option, results, table
from integration.core.errors import ConfigError
from integration.core.findings.model import Finding
from integration.core.findings.texts import names_people, render
from integration.services import accounts


@click.group()
def findings() -> None:
    """What needs a person."""


@findings.command("list")
@account_option
@click.option("--all", "show_all", is_flag=True, help="Resolved ones too.")
@json_option
def list_findings(account: str | None, *, show_all: bool, as_json: bool) -> None:
    """List the open findings. Ends with 1 when there are any.

    Those of removed accounts are listed with --account or --all.
    """
    states = () if show_all else ("open",)
    with opened() as runtime, runtime.store.transaction() as tables:
        if account:
            accounts.once_known(tables, account)
        found = tables.findings.list(account, states=states)
        if not account and not show_all:
            there = {row.id for row in tables.accounts.list()}
            found = [f for f in found if f.account in there]
    found = sorted(found, key=lambda f: (f.due is None, f.due))
    rows = [_row(f) for f in found]
    if as_json:
        for row in rows:
            emit(row)
    else:
        # Of open ones only, the state says nothing.
        state = ("state",) if show_all else ()
        # Of one account, its name says nothing.
        several = ("account",) if len({f.account for f in found}) > 1 else ()
        columns = ("finding", *several, "severity", "cause", "resource", *state, "due", "ticket")
        whole = ("severity", *state)
        table("Findings", columns, [[r[c] for c in columns] for r in rows], whole=whole)
    sys.exit(any(row["state"] == "open" for row in rows))


def _row(found: Finding) -> dict[str, Any]:
    return {
        "finding": found.fingerprint,
        "account": found.account,
        "cause": found.cause,
        "resource": found.resource,
        "severity": found.severity.value,
        "state": found.state.value,
        "due": found.due,
        "ticket": found.ticket_id or "",
    }


@findings.command("show")
@click.argument("finding")
@json_option
def show_finding(finding: str, *, as_json: bool) -> None:
    """Show one finding in the words of a decision ticket.

    As it stands now, in the language that the policy names now: its ticket may be of another day.
    """
    with opened() as runtime:
        with runtime.store.transaction() as tables:
            found = next((f for f in tables.findings.list() if f.fingerprint == finding), None)
        if found is None:
            raise ConfigError([f"no finding {finding!r}"], hint="deskwarden findings list --all")
        locale = runtime.config.for_account(found.account).locale
        people = names(runtime, found.account, locale) if names_people(found) else {}
        text = render(found, locale, people=people)
    if as_json:
        told = {"subject": text.subject, "body": text.body}
        emit({**_row(found), "facts": dict(found.facts), "text": told})
        return
    results.print(Text(text.subject, style="bold"), end="\n\n")
    results.print(Text(text.body))
