"""The commands. The only place that prints: words to stderr, results to stdout."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from integration import __version__
from integration.cli import account, look, redact, scan, service, sweeping
from integration.core.errors import (
    AuthExpired,
    ConfigError,
    DeskwardenError,
    Forbidden,
    HelpdeskUnavailable,
    RateLimited,
)

FINDINGS = 1
WRONG_USE = 2

EXPLAINED: Mapping[type[DeskwardenError], tuple[str, str]] = {
    AuthExpired: ("The helpdesk does not know this key.", "Copy it again; it may have expired."),
    Forbidden: (
        "The helpdesk does not allow this key to do that.",
        "Give it the privileges that the setup steps name.",
    ),
    HelpdeskUnavailable: (
        "The helpdesk does not answer.",
        "Check the URL, and that this host may connect to it.",
    ),
    RateLimited: ("The request budget is spent.", "Wait a minute and try again."),
}
"""What an answer of the helpdesk means, and what to do when the error does not say."""


class _Told(click.ClickException):
    """An error of ours as people read it: a sentence and a hint, never a traceback."""

    exit_code = FINDINGS

    def show(self, file: Any = None) -> None:  # noqa: ANN401  click's own signature
        click.echo(self.message, file=file, err=file is None)


class _ToldToConfigure(_Told):
    exit_code = WRONG_USE


class _Commands(click.Group):
    """The root: whatever a command raises of ours is told."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  click's own signature
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            raise _ToldToConfigure(_sentence(error)) from None
        except DeskwardenError as error:
            raise _Told(_sentence(error)) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
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
    service.poller,
    service.simulator,
    account.account,
    look.doctor,
    look.capabilities,
    scan.scan,
    redact.redact,
    sweeping.sweep,
    look.findings,
    look.due,
    look.audit,
    service.secrets,
    service.db,
):
    commands.add_command(command)


def main() -> None:
    """The console script."""
    commands.main(prog_name="deskwarden")


def _sentence(error: DeskwardenError) -> str:
    if isinstance(error, ConfigError) and len(error.problems) > 1:
        text = "\n".join(["Several things are wrong:", *(f"  - {p}" for p in error.problems)])
    else:
        text = str(error)
    happened, remedy = next((v for k, v in EXPLAINED.items() if isinstance(error, k)), ("", ""))
    lines = (f"{happened} ({text})" if happened else text, error.hint or remedy)
    return "\n".join(line for line in lines if line)
