"""What `account add` is told: by option, in the environment, in a file, or at the prompt."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from connectors.base import Setting
from integration.core.errors import ConfigError
from integration.core.messages import say

ENV = "DESKWARDEN_ACCOUNT_"


def value_of(setting: Setting, option: str | None) -> str:
    """From the option, the environment, a file, or by asking; else the default."""
    given = option if option is not None else from_environment(setting.name)
    if given is not None:
        return _checked(setting, given)
    if not setting.required or (setting.default is not None and not sys.stdin.isatty()):
        return setting.default or ""
    if setting.instead is not None and from_environment(setting.instead):
        return ""
    if not sys.stdin.isatty():
        hint = f"set {variable_of(setting.name)}{'_FILE' * setting.secret}"
        raise ConfigError([f"{setting.name} is not given"], hint=hint)
    return str(
        click.prompt(
            say(setting.prompt, "en"),
            default=setting.default,
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


def variable_of(name: str) -> str:
    """The environment variable of a setting."""
    return f"{ENV}{name.upper()}"


def from_environment(name: str) -> str | None:
    """The value of the variable, or what stands in the file that it names; None without one."""
    variable = variable_of(name)
    if variable in os.environ:
        return os.environ[variable]
    path = os.environ.get(f"{variable}_FILE")
    if path is None:
        return None
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ConfigError([f"{variable}_FILE: {path} cannot be read"]) from None
