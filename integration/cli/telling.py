"""How an error is told: what happened, what to do next, never where it came from.

One form for all, which is that of click: `Error: `, then a sentence, with a capital and a full
stop. A line that is to be typed (a command) and a name (a setting, a variable, a path) stay as
they are.
"""

from __future__ import annotations

import re
from typing import Any

import click

from integration.core.errors import ConfigError, DeskwardenError
from integration.core.explained import explained

FAILED = 1
WRONG_USE = 2

_COMMANDS = ("deskwarden ", "chmod ", "pip ", "python ")
_ENDS_WITH_COMMAND = re.compile(rf": (?:{'|'.join(_COMMANDS)})")
_BEGINS_WITH_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*(?=[ ,]|$)")
_ENDS_OPEN = re.compile(r"[\w)}'\"`]$")


class Told(click.ClickException):
    """An error of ours as people read it."""

    exit_code = FAILED

    def show(self, file: Any = None) -> None:  # noqa: ANN401  click's own signature
        """As click shows its own."""
        click.echo(f"Error: {self.message}", file=file, err=file is None)


class ToldToConfigure(Told):
    """One that another call or another setting puts right."""

    exit_code = WRONG_USE


def told(error: DeskwardenError) -> str:
    """What happened, on the next line what to do, and then what stands because of us."""
    if isinstance(error, ConfigError) and len(error.problems) > 1:
        problems = (f"  - {sentence(problem)}" for problem in error.problems)
        text = "\n".join(["Several things are wrong:", *problems])
    else:
        text = str(error)
    happened, remedy = explained(error)
    lines = [
        f"{happened} ({text})" if happened else sentence(text),
        sentence(error.hint or remedy),
        *map(sentence, getattr(error, "__notes__", ())),
    ]
    return "\n".join(line for line in lines if line)


def sentence(text: str) -> str:
    """With a capital and a full stop, where it is one.

    >>> sentence("the tables are of another version")
    'The tables are of another version.'
    >>> sentence("start it first: deskwarden run"), sentence("redis_url is empty")
    ('Start it first: deskwarden run', 'redis_url is empty.')
    """
    if text.startswith(_COMMANDS):
        return text
    if _BEGINS_WITH_WORD.match(text):
        text = text[0].upper() + text[1:]
    is_done = _ENDS_WITH_COMMAND.search(text) or not _ENDS_OPEN.search(text)
    return text if is_done else f"{text}."
