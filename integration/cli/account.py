"""`account`: connect a helpdesk account, test it, switch its mode, remove it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import click

from connectors import registry
from integration.cli.connected import as_row, show_mode, show_next
from integration.cli.connecting import add_account
from integration.cli.deliveries import show_deliveries
from integration.cli.matrix import show_capabilities, show_self_test, show_steps, steps_of
from integration.cli.opening import opened
from integration.cli.output import emit, json_option, moment, table, tell, words
from integration.core.messages import say
from integration.core.mode import Mode
from integration.core.policy import Policy
from integration.core.rows import AccountRow
from integration.runtime import Runtime
from integration.services import accounts, modes, proved


@click.group()
def account() -> None:
    """Connect, test, switch, pause and remove helpdesk accounts."""


account.add_command(add_account)
account.add_command(show_deliveries)


@account.command("list")
@json_option
def list_accounts(*, as_json: bool) -> None:
    """Show the connected accounts."""
    with opened() as runtime, runtime.store.transaction() as tables:
        rows = [_public(row, runtime.policy(row)) for row in tables.accounts.list()]
    if as_json:
        for row in rows:
            emit(row)
        return
    columns = ("account", "helpdesk", "url", "mode", "monitor_ends", "paused", "tested")
    headings = [column.replace("_", " ") for column in columns]
    shown = ({**row, "tested": moment(row["tested"])} for row in rows)
    table("Accounts", headings, [[row[c] for c in columns] for row in shown])


def _public(row: AccountRow, policy: Policy) -> Mapping[str, Any]:
    return {
        "account": row.id,
        "helpdesk": row.helpdesk,
        "url": row.settings.get("url", ""),
        "mode": row.mode.value,
        "monitor_ends": modes.monitor_ends(row, policy),
        "paused": row.paused or "",
        "tested": row.facts.get("tested_at", ""),
    }


def _as_listed(runtime: Runtime, name: str) -> Mapping[str, Any]:
    """The account as `account list` shows it."""
    with runtime.store.transaction() as tables:
        row = accounts.known(tables, name)
    return _public(row, runtime.policy(row))


@account.command()
@click.argument("name")
@json_option
def test(name: str, *, as_json: bool) -> None:
    """Run the self-test again and show what this account allows. Ends with 1 when it fails.

    Where the helpdesk hides which mails were sent, that part is unknown: it says where to look.
    """
    with opened() as runtime:
        with runtime.store.transaction() as tables:
            row = accounts.known(tables, name)
        tested = accounts.connect(
            runtime.store, runtime.clock, row, runtime.policy(row), runtime.open_connector
        )
        if as_json:
            emit(as_row(runtime, tested))
        else:
            locale = runtime.policy(row).locale
            show_self_test(tested.test, locale)
            show_capabilities(tested.capabilities, locale)
            show_next(tested, locale)
    sys.exit(int(not tested.test.is_quiet))


@account.command("mode")
@click.argument("name")
@click.argument("mode", type=click.Choice([m.value for m in Mode]))
@click.option(
    "--mail-checked",
    is_flag=True,
    help="I have looked in the helpdesk: no mail went out about the last scratch ticket.",
)
@json_option
def switch(name: str, mode: str, *, mail_checked: bool, as_json: bool) -> None:
    """Switch between monitor (look and report) and enforce (remove).

    Where the helpdesk hides which mails were sent, enforce needs --mail-checked. It is asked for at
    a terminal; account test says where to look. The answer goes on record.
    """
    wanted = Mode(mode)
    with opened() as runtime:
        if wanted is Mode.ENFORCE and not mail_checked:
            mail_checked = _has_looked(runtime, name)
        again = modes.set_mode(
            runtime.store, name, wanted, now=runtime.clock.now(), mail_checked=mail_checked
        )
        runtime.wake.wake()
        with runtime.store.transaction() as tables:
            row = accounts.known(tables, name)
        if as_json:
            emit({**_public(row, runtime.policy(row)), "made_due": again})
            return
        show_mode(runtime, row)
        words.print(say("account.again", runtime.policy(row).locale, tickets=again))


def _has_looked(runtime: Runtime, name: str) -> bool:
    """Ask at a terminal what no API can answer, if anything; elsewhere nobody has looked."""
    with runtime.store.transaction() as tables:
        row = accounts.known(tables, name)
    question = proved.mail_question(row.facts) if proved.has_passed(row.facts) else None
    if question is None or not sys.stdin.isatty():
        return False
    locale = runtime.policy(row).locale
    words.print(say(question.key, locale, **question.params), markup=False)
    return click.confirm(say("selftest.mail_checked", locale, **question.params), err=True)


@account.command()
@click.argument("name")
@json_option
def pause(name: str, *, as_json: bool) -> None:
    """Stop every write at once. What arrives meanwhile stays due."""
    with opened() as runtime:
        with runtime.store.transaction() as tables:
            accounts.pause(tables, name, now=runtime.clock.now())
        row = _as_listed(runtime, name)
    said = f"{name} is paused. To go on: deskwarden account resume {name}"
    tell(row, said, as_json=as_json)


@account.command()
@click.argument("name")
@json_option
def resume(name: str, *, as_json: bool) -> None:
    """Allow writes again."""
    with opened() as runtime:
        with runtime.store.transaction() as tables:
            accounts.resume(tables, name, now=runtime.clock.now())
        runtime.wake.wake()
        row = _as_listed(runtime, name)
    tell(row, f"{name} goes on.", as_json=as_json)


@account.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def remove(name: str, *, yes: bool, as_json: bool) -> None:
    """Forget an account and its keys. Says first what stands in the helpdesk because of us."""
    with opened() as runtime:
        with runtime.store.transaction() as tables:
            row = accounts.known(tables, name)
            left = len(tables.findings.list(name, states=("open",)))
        made = accounts.made_by_us(runtime.store, name)
        steps = registry.helpdesk(row.helpdesk).undo_steps(runtime.settings(row))
        locale = runtime.policy(row).locale
        _show_made(name, made, locale)
        show_steps(say("account.take_out", locale), steps, locale)
        words.print(f"\n{say('account.left.chain', locale)}")
        if left:
            words.print(say("account.left.findings", locale, findings=left))
        if not yes:
            question = say("account.left.forget", locale, account=name)
            click.confirm(question, abort=True, err=True)
        with runtime.store.transaction() as tables:
            accounts.remove(tables, name, now=runtime.clock.now())
    undo = steps_of(steps, locale)
    left_there = {"account": name, **made, "undo": undo, "open_findings": left}
    tell(left_there, say("account.left.forgotten", locale, account=name), as_json=as_json)


def _show_made(name: str, made: Mapping[str, Any], locale: str) -> None:
    """What stands in the helpdesk because of us."""
    words.print(f"[bold]{say('account.left.made', locale, account=name)}[/]")
    for key, tickets in (("scratch", made["scratch_tickets"]), ("ours", made["tickets"])):
        listed = ", ".join(tickets) or say("account.left.none", locale)
        words.print(say(f"account.left.{key}", locale, tickets=listed), markup=False)
