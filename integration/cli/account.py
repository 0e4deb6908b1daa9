"""`account`: connect a helpdesk account, test it, switch its mode, remove it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from connectors import registry
from connectors.base import Setting, Spec
from integration.cli.matrix import show_capabilities, show_self_test, show_steps
from integration.cli.output import count, emit, json_option, listing, moment, opened, words
from integration.core.errors import ConfigError
from integration.core.messages import say
from integration.core.mode import Mode
from integration.core.rows import AccountRow
from integration.runtime import Runtime
from integration.services import accounts, monitoring

BUDGET = "requests_per_minute"
ENV = "DESKWARDEN_ACCOUNT_"
NEXT = {
    True: ("When you are ready:", "deskwarden account mode {} enforce"),
    False: ("When you have changed what is marked with ! above:", "deskwarden account test {}"),
}
"""What comes after connecting, by whether the self-test allows enforce."""
NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")


@click.group()
def account() -> None:
    """Connect, test, switch, pause and remove helpdesk accounts."""


class _Helpdesks(click.Group):
    """One subcommand a helpdesk, its options made from what the helpdesk asks for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(registry.HELPDESKS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in registry.HELPDESKS:
            return None
        spec = registry.spec(cmd_name)
        options = [_option(s) for s in spec.settings if not s.secret]
        options.append(click.Option(["--name"], default=cmd_name, help="What we call the account."))
        options.append(
            click.Option(["--replace"], is_flag=True, help="New keys for a connected account.")
        )
        options.append(click.Option(["--json", "as_json"], is_flag=True, help="JSON on stdout."))
        key = _variable(next(s.name for s in spec.settings if s.secret))
        command_help = (
            f"Connect {spec.title}. What is not given is asked for, or read from a variable: "
            f"{key} holds a key, {key}_FILE names a file with it."
        )

        def add(**given: Any) -> None:  # noqa: ANN401  whatever the options are
            _add(spec, given)

        return click.Command(cmd_name, callback=add, params=list(options), help=command_help)


@account.group("add", cls=_Helpdesks)
def add_account() -> None:
    """Connect an account, once its keys are tested.

    What can be done there is proved on a scratch ticket. Ends with 1 when that self-test has not
    passed; the account is connected all the same.
    """


def _option(setting: Setting) -> click.Option:
    name = f"--{setting.name.replace('_', '-')}"
    return click.Option([name], help=say(setting.prompt, "en"), show_default=False)


def _add(spec: Spec, given: dict[str, Any]) -> None:
    name, as_json, again = given.pop("name"), given.pop("as_json"), given.pop("replace")
    if not NAME.fullmatch(name):
        raise ConfigError(
            [f"the name {name!r} cannot be used"],
            hint="lower-case letters, digits, - and _, at most 40, starting with a letter",
        )
    with opened(new=True) as runtime:
        before = _before(runtime, name, again=again)
        settings = {s.name: _value(s, given.get(s.name)) for s in spec.settings if not s.secret}
        keys = {s.name: _value(s, None) for s in spec.settings if s.secret}
        row = _row(before, name, spec, settings)
        _refuse_twin(runtime, row)
        words.print(f"Testing {spec.title} at {settings.get('url', '')} ...", markup=False)
        hook_secret = None if before else _from_environment("hook_secret")
        connected = runtime.connect_account(row, _given(keys), hook_secret=hook_secret)
        if as_json:
            emit(_as_json(runtime, connected))
        else:
            _show_connected(runtime, spec, connected)
    sys.exit(int(not connected.test.allows_enforce))


def _before(runtime: Runtime, name: str, *, again: bool) -> AccountRow | None:
    """The account of that name as it is connected. Raises ConfigError when it must not be there."""
    with runtime.store.transaction() as tables:
        before = tables.accounts.get(name)
    if before is not None and not again:
        raise ConfigError(
            [f"the account {name} is connected already"],
            hint="--name gives another account its own name; --replace gives this one new keys",
        )
    return before


def _row(before: AccountRow | None, name: str, spec: Spec, settings: dict[str, str]) -> AccountRow:
    """The account to connect; new keys change neither its mode nor what is known of it."""
    if not settings.get(BUDGET, "0").isdecimal():
        raise ConfigError([f"{BUDGET} must be a whole number"])
    row = AccountRow(name, spec.key, _given(settings), b"")
    if before is None:
        return row
    if before.helpdesk != spec.key:
        raise ConfigError([f"the account {name} is one of {before.helpdesk}"])
    if _address(settings) != _address(before.settings):
        raise ConfigError(
            [f"the account {name} is at {before.settings.get('url', '')}"],
            hint="what is known of its tickets is true there only: give the other address another "
            f"--name, or first: deskwarden account remove {name}",
        )
    return replace(before, settings=row.settings, paused=accounts.paused_still(before))


def _refuse_twin(runtime: Runtime, row: AccountRow) -> None:
    """One helpdesk under two names would get every ticket of ours twice."""
    with runtime.store.transaction() as tables:
        others = [other for other in tables.accounts.list() if other.id != row.id]
    for other in others:
        if _address(other.settings) == _address(row.settings):
            raise ConfigError(
                [f"{_address(row.settings)} is connected already, as {other.id}"],
                hint=f"--name {other.id} --replace gives it new keys",
            )


def _address(settings: Mapping[str, Any]) -> str:
    return str(settings.get("url", "")).strip().rstrip("/")


def _given(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _show_connected(runtime: Runtime, spec: Spec, connected: accounts.Connected) -> None:
    row, locale = connected.row, runtime.policy(connected.row).locale
    show_self_test(connected.test, locale)
    show_capabilities(connected.capabilities, locale)
    steps = registry.helpdesk(spec.key).setup_steps(runtime.settings(row), runtime.hook(row))
    if not runtime.config.web.public_url:
        words.print("\nweb.public_url is not set: the address below reaches only this machine.")
    show_steps(f"What to do in {spec.title}", steps, locale)
    words.print(f"\nThe account [bold]{row.id}[/] is in {row.mode.value} mode.")
    if row.mode is Mode.MONITOR:
        when, command = NEXT[connected.test.allows_enforce]
        words.print(f"Nothing is removed yet. {when}")
        words.print(command.format(row.id), markup=False)
        if not connected.test.allows_enforce:
            words.print("An answer that was given here is changed with:")
            again = f"deskwarden account add {spec.key} --name {row.id} --replace"
            words.print(again, markup=False)


def _as_json(runtime: Runtime, connected: accounts.Connected) -> dict[str, Any]:
    return {
        "account": connected.row.id,
        "mode": connected.row.mode.value,
        "facts": dict(connected.row.facts),
        "differences": list(connected.test.differences),
        "hook_url": runtime.hook(connected.row).url,
    }


def _value(setting: Setting, option: str | None) -> str:
    """From the option, the environment, a file, the default, or by asking."""
    given = option if option is not None else _from_environment(setting.name)
    if given is not None:
        return _checked(setting, given)
    if setting.default is not None or not setting.required:
        return setting.default or ""
    if setting.instead is not None and _from_environment(setting.instead):
        return ""
    if not sys.stdin.isatty():
        hint = f"set {_variable(setting.name)}{'_FILE' * setting.secret}"
        raise ConfigError([f"{setting.name} is not given"], hint=hint)
    return str(
        click.prompt(
            say(setting.prompt, "en"),
            value_proc=_answer(setting),
            hide_input=setting.secret,
            err=True,
        )
    )


def _checked(setting: Setting, value: str) -> str:
    if setting.check is not None:
        setting.check(value)
    return value


def _answer(setting: Setting) -> Callable[[str], str]:
    """Take what was typed, or say what is wrong with it: then the question comes again."""

    def take(typed: str) -> str:
        try:
            return _checked(setting, typed)
        except ConfigError as error:
            raise click.UsageError(str(error)) from None

    return take


def _variable(name: str) -> str:
    return f"{ENV}{name.upper()}"


def _from_environment(name: str) -> str | None:
    """The value of the variable, or what stands in the file that it names; None without one."""
    variable = _variable(name)
    if variable in os.environ:
        return os.environ[variable]
    path = os.environ.get(f"{variable}_FILE")
    if path is None:
        return None
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ConfigError([f"{variable}_FILE: {path} cannot be read"]) from None


@account.command("list")
@json_option
def list_accounts(*, as_json: bool) -> None:
    """Show the connected accounts."""
    with opened() as runtime, runtime.store.transaction() as tables:
        rows = [_public(row) for row in tables.accounts.list()]
    if as_json:
        for row in rows:
            emit(row)
        return
    columns = ("account", "helpdesk", "url", "mode", "paused", "tested")
    shown = ({**row, "tested": moment(row["tested"])} for row in rows)
    whole = ("helpdesk", "mode")
    listing("Accounts", columns, [[row[c] for c in columns] for row in shown], whole=whole)


def _public(row: AccountRow) -> Mapping[str, Any]:
    return {
        "account": row.id,
        "helpdesk": row.helpdesk,
        "url": row.settings.get("url", ""),
        "mode": row.mode.value,
        "paused": row.paused or "",
        "tested": row.facts.get("tested_at", ""),
    }


@account.command()
@click.argument("name")
@json_option
def test(name: str, *, as_json: bool) -> None:
    """Run the self-test again and show what this account allows. Ends with 1 when it fails."""
    with opened() as runtime:
        with runtime.store.transaction() as tables:
            row = accounts.known(tables, name)
        proved = accounts.connect(
            runtime.store, runtime.clock, row, runtime.policy(row), runtime.open_connector
        )
        if as_json:
            emit(_as_json(runtime, proved))
        else:
            locale = runtime.policy(row).locale
            show_self_test(proved.test, locale)
            show_capabilities(proved.capabilities, locale)
    sys.exit(int(not proved.test.allows_enforce))


@account.command("mode")
@click.argument("name")
@click.argument("mode", type=click.Choice([m.value for m in Mode]))
def switch(name: str, mode: str) -> None:
    """Switch between monitor (look and report) and enforce (remove)."""
    with opened() as runtime:
        again = monitoring.set_mode(runtime.store, name, Mode(mode), now=runtime.clock.now())
        runtime.wake.wake()
    words.print(f"{name} is in {mode} mode. Looked at again: {count(again, 'ticket')}.")


@account.command()
@click.argument("name")
def pause(name: str) -> None:
    """Stop every write at once. What arrives meanwhile stays due."""
    with opened() as runtime, runtime.store.transaction() as tables:
        accounts.pause(tables, name, now=runtime.clock.now())
    words.print(f"{name} is paused. To go on: deskwarden account resume {name}")


@account.command()
@click.argument("name")
def resume(name: str) -> None:
    """Allow writes again."""
    with opened() as runtime:
        with runtime.store.transaction() as tables:
            accounts.resume(tables, name, now=runtime.clock.now())
        runtime.wake.wake()
    words.print(f"{name} goes on.")


@account.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(name: str, *, yes: bool) -> None:
    """Forget an account and its keys. Says first what stands in the helpdesk because of us."""
    with opened() as runtime:
        with runtime.store.transaction() as tables:
            row = accounts.known(tables, name)
            made = accounts.made_by_us(tables, name)
        words.print(f"[bold]What we made in the helpdesk of {name}; it stays there[/]")
        scratch = ", ".join(made["scratch_tickets"]) or "none"
        words.print(f"Scratch tickets: {scratch}", markup=False)
        words.print(f"Our tickets: {', '.join(made['tickets']) or 'none'}", markup=False)
        steps = registry.helpdesk(row.helpdesk).undo_steps(runtime.settings(row))
        show_steps("What to take out by hand", steps, runtime.policy(row).locale)
        words.print("\nIts audit chain stays in our database.")
        if not yes:
            click.confirm(f"Forget {name} and its keys?", abort=True, err=True)
        with runtime.store.transaction() as tables:
            accounts.remove(tables, name, now=runtime.clock.now())
        words.print(f"{name} is forgotten.")
