"""The commands. The only place that prints: words to stderr, results to stdout."""

from __future__ import annotations

import sys

import click

from integration import __version__
from integration.cli import account, detect, look, service, sweeping
from integration.core.errors import ConfigError, DeskwardenError

FINDINGS = 1
WRONG_USE = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Find card data in helpdesk tickets, remove it, prove that it is gone.

    Exit codes: 0 fine, 1 findings or failures, 2 wrong use or configuration.
    """


@commands.command()
def version() -> None:
    """Print the version."""
    click.echo(__version__)


for command in (
    service.demo,
    service.run,
    service.web,
    service.worker,
    service.ticker,
    service.simulator,
    account.account,
    look.doctor,
    look.capabilities,
    detect.scan,
    look.redact,
    sweeping.sweep,
    look.findings,
    look.due,
    look.audit,
    service.secrets,
    service.db,
):
    commands.add_command(command)


def main() -> None:
    """The console script: an error of ours is a sentence and a hint, never a traceback."""
    try:
        commands.main(prog_name="deskwarden")
    except DeskwardenError as error:
        click.echo(_sentence(error), err=True)
        sys.exit(WRONG_USE if isinstance(error, ConfigError) else FINDINGS)


def _sentence(error: DeskwardenError) -> str:
    if isinstance(error, ConfigError) and len(error.problems) > 1:
        text = "\n".join(["Several things are wrong:", *(f"  - {p}" for p in error.problems)])
    else:
        text = str(error)
    return f"{text}\n{error.hint}" if error.hint else text
