"""`account add`: connect a helpdesk account, once its keys are tested."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import click

from connectors import registry
from connectors.address import canonical
from connectors.base import Setting, Spec
from integration.cli.connected import as_row, show_connected
from integration.cli.given import from_environment, values_of, variable_of
from integration.cli.opening import opened
from integration.cli.output import emit, words
from integration.core.errors import ConfigError
from integration.core.messages import say
from integration.core.rows import AccountRow
from integration.runtime import Runtime
from integration.services import accounts
from integration.services.hook_secrets import checked_secret

NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")


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
            click.Option(
                ["--replace"],
                is_flag=True,
                help="New keys for a connected account; what is not given stays.",
            )
        )
        options.append(click.Option(["--json", "as_json"], is_flag=True, help="JSON on stdout."))
        key = variable_of(next(s.name for s in spec.settings if s.secret))
        command_help = (
            f"Connect {spec.title}. What is not given is asked for, or read from a variable: "
            f"{key} holds a key, {key}_FILE names a file with it."
        )

        def add(**given: Any) -> None:  # noqa: ANN401  whatever the options are
            _add(spec, given)

        return click.Command(cmd_name, callback=add, params=list(options), help=command_help)


@click.group("add", cls=_Helpdesks)
def add_account() -> None:
    """Connect an account, once its keys are tested.

    What can be done there is proved on a scratch ticket. Ends with 1 when something happened to it
    that we did not do; the account is connected all the same.
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
        before = _before(runtime, name, spec, again=again)
        kept = _stored(before)
        asked = sorted(spec.settings, key=lambda setting: setting.secret)  # keys come last
        values = values_of(asked, given, kept)
        settings = {s.name: values[s.name] for s in asked if not s.secret}
        keys = {s.name: values[s.name] for s in asked if s.secret}
        hook_secret = checked_secret(from_environment("hook_secret"))
        row = _row(before, name, spec, settings)
        changed = _changed(kept, _stored(row)) if before else {}
        _refuse_twin(runtime, row)
        renewed = runtime.has_lost_hook(row)
        url, locale = settings.get("url", ""), runtime.policy(row).locale
        words.print(say("account.testing", locale, title=spec.title, url=url), markup=False)
        connected = runtime.connect_account(row, _given(keys), hook_secret=hook_secret)
        if as_json:
            emit({**as_row(runtime, connected), "hook_renewed": renewed, "changed": changed})
        else:
            show_connected(runtime, connected, hook_renewed=renewed, changed=changed)
    sys.exit(int(not connected.test.is_quiet))


def _before(runtime: Runtime, name: str, spec: Spec, *, again: bool) -> AccountRow | None:
    """The account of that name as it is connected. Raises ConfigError when it must not be there."""
    with runtime.store.transaction() as tables:
        before = tables.accounts.get(name)
    if before is not None and not again:
        raise ConfigError(
            [f"the account {name} is connected already"],
            hint="--name gives another account its own name; --replace gives this one new keys",
        )
    if before is not None and before.helpdesk != spec.key:
        raise ConfigError([f"the account {name} is one of {before.helpdesk}"])
    return before


def _stored(row: AccountRow | None) -> dict[str, str]:
    """The settings of an account as they would be typed."""
    return {name: str(value) for name, value in row.settings.items()} if row else {}


def _changed(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    """Each setting that is another one now: what it was, and what it is."""
    return {
        name: [before.get(name, ""), after.get(name, "")]
        for name in sorted(before | after)
        if before.get(name) != after.get(name)
    }


def _row(before: AccountRow | None, name: str, spec: Spec, settings: dict[str, str]) -> AccountRow:
    """The account to connect; new keys change neither its mode nor what is known of it."""
    row = AccountRow(name, spec.key, _given(settings), b"")
    if before is None:
        return row
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
    url = settings.get("url")
    return canonical(str(url)) if url else ""


def _given(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
