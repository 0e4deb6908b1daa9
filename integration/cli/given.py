"""What `account add` is told: by option, in the environment, in a file, or at the prompt."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import click

from connectors.base import Setting
from integration.core.errors import ConfigError
from integration.core.messages import say

ENV = "DESKWARDEN_ACCOUNT_"


def values_of(
    settings: Iterable[Setting], options: Mapping[str, str | None], kept: Mapping[str, str]
) -> dict[str, str]:
    """Each by its name. Raises ConfigError with all that is wrong; at a prompt with the first."""
    values: dict[str, str] = {}
    wrong: list[ConfigError] = []
    for setting in settings:
        name = setting.name
        try:
            values[name] = value_of(setting, options.get(name), kept=kept.get(name, ""))
        except ConfigError as error:
            wrong.append(error)
            if sys.stdin.isatty():
                break  # nobody types the rest for a command that cannot go on
    if len(wrong) > 1:
        raise ConfigError([": ".join(filter(None, (str(e), e.hint))) for e in wrong])
    if wrong:
        raise wrong[0]
    return values


def value_of(setting: Setting, option: str | None, *, kept: str = "") -> str:
    """From the option, the environment, a file, or by asking; else what is kept, or the default.

    `kept` is what an account has that is connected again. A value that is given empty is not kept:
    so it goes back to the default. Raises ConfigError for one that is needed and is empty: nothing
    may be asked of a helpdesk without it.
    """
    given = option if option is not None else from_environment(setting.name)
    if given is not None and given.strip():
        return _checked(setting, given)
    asks = given is None and sys.stdin.isatty()
    default = (kept if given is None else "") or setting.default
    if not setting.required or (default is not None and not asks):
        return _checked(setting, default) if default else ""
    if setting.instead is not None and from_environment(setting.instead):
        return ""
    if not asks:
        raise _missing(setting, "is not given" if given is None else "is empty")
    return str(
        click.prompt(
            say(setting.prompt, "en"),
            default=default,
            value_proc=_answer(setting),
            hide_input=setting.secret,
            err=True,
        )
    )


def _missing(setting: Setting, said: str) -> ConfigError:
    variable = variable_of(setting.name)
    option = f"give --{setting.name.replace('_', '-')}, or set {variable}"
    hint = f"set {variable}_FILE" if setting.secret else option
    if setting.instead is not None:
        hint += f", or {variable_of(setting.instead)}_FILE"
    return ConfigError([f"{setting.name} {said}"], hint=hint)


def _checked(setting: Setting, value: str) -> str:
    """The value without space around it. Raises ConfigError, which never shows it."""
    value = value.strip()
    if not value:
        raise ConfigError([f"{setting.name} is empty"])
    if setting.in_header and not (value.isascii() and value.isprintable()):
        raise ConfigError(
            [f"{setting.name} holds a line break, or a character that no such key has"],
            hint="copy it again: the key alone, on one line",
        )
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


def variable_of(name: str) -> str:
    """The environment variable of a setting."""
    return f"{ENV}{name.upper()}"


def from_environment(name: str) -> str | None:
    """The value of the variable, or what stands in the file that it names; None without one.

    Without the space around it: a line break comes along easily when a key is copied.
    """
    variable = variable_of(name)
    if variable in os.environ:
        return os.environ[variable].strip()
    path = os.environ.get(f"{variable}_FILE")
    if path is None:
        return None
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ConfigError([f"{variable}_FILE: {path} cannot be read"]) from None
