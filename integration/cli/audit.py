"""`audit`: the tamper-evident record of what was done."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import click

from integration.cli.opening import opened
from integration.cli.output import account_option, count, emit, json_option, listing
from integration.core.errors import NotFound
from integration.core.findings.model import unlettered
from integration.core.rows import RecordType
from integration.core.tables import Store
from integration.services import accounts, chain

COLUMNS = ("seq", "time", "record", "ticket", "found", "outcome", "readable", "unread")


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


@audit.command("list")
@click.argument("account")
@click.option("--ticket", help="All of this ticket, by its id or its code in the helpdesk.")
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="From this day on (UTC).")
@click.option("--all", "show_all", is_flag=True, help="Also readings in which nothing was found.")
@json_option
def list_records(
    account: str, ticket: str | None, since: datetime | None, *, show_all: bool, as_json: bool
) -> None:
    """List the records of an account: what was found, removed, told."""
    since = since and since.replace(tzinfo=UTC)
    with opened() as runtime:
        with runtime.store.transaction() as tables:
            accounts.once_known(tables, account)
        asked = None if ticket is None else _recorded(runtime.store, account, ticket)
        records = (
            {"seq": row.seq, "at": row.at, **row.record}
            for row in chain.rows(runtime.store, account, since=since)
            if (
                show_all or not _found_nothing(row.record)
                if asked is None
                else row.record.get("ticket") in asked
            )
        )
        if as_json:  # each as it is read: a chain may be longer than memory
            for record in records:
                emit(record)
        else:
            title = f"Records of {account}"
            listing(title, COLUMNS, [_cells(record) for record in records], whole=COLUMNS[:3])


def _recorded(store: Store, account: str, name: str) -> frozenset[str]:
    """The ids of the tickets that are meant. Raises NotFound when nothing is recorded of any."""
    if ids := chain.tickets(store, account, name):
        return ids
    message = f"nothing is recorded of a ticket {name!r} of the account {account}"
    hint = "name the ticket by its id or its code, as the helpdesk shows them"
    raise NotFound(message, hint=hint)


def _found_nothing(record: Mapping[str, Any]) -> bool:
    is_reading = record.get("type") == RecordType.SCANNED
    return is_reading and not (record["hits"] or record["outcomes"] or record["not_scannable"])


def _cells(record: Mapping[str, Any]) -> list[object]:
    """A record in the columns of the list. Where nothing was to be removed there is no outcome."""
    unread = _kinds(record.get("unread"))
    exposure = record.get("exposure_ms")
    return [
        record["seq"],
        record["at"],
        record.get("type", ""),
        record.get("ticket", ""),
        _kinds(record.get("hits")),
        record.get("outcome", "") if record.get("outcomes") else "",
        f"{exposure / 1000:.1f} s" if exposure is not None else "",
        unread or record.get("not_scannable") or "",
    ]


def _kinds(counts: Mapping[str, int] | None) -> str:
    return ", ".join(f"{kind} {times}" for kind, times in sorted((counts or {}).items()))


def _anchor(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    seq, _, mac = text.partition(":")
    if not seq.isdecimal() or not mac:
        raise click.UsageError("an anchor is SEQ:MAC, as the journal tells it")
    return int(seq), unlettered(mac)
