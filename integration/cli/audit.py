"""`audit`: the tamper-evident record of what was done."""

from __future__ import annotations

import sys
from typing import Any

import click

from integration.cli.opening import opened
from integration.cli.output import account_option, count, emit, json_option
from integration.core.findings.model import unlettered
from integration.services import accounts, chain


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
