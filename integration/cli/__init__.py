"""The commands. The only place that prints: words to stderr, results to stdout."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

import click

from integration import __version__
from integration.cli.output import emit, json_option
from integration.cli.telling import Told, ToldToConfigure, sentence, told
from integration.cli.unwritten import told_when_unwritten
from integration.core.errors import ConfigError, DeskwardenError
from integration.processes import ended_quietly, no_core_dumps

PLACES: Mapping[str, str] = MappingProxyType(
    {
        "demo": "service.demo",
        "run": "service.run",
        "web": "service.web",
        "worker": "service.worker",
        "ticker": "service.ticker",
        "poller": "service.poller",
        "simulator": "simulator.simulator",
        "account": "account.account",
        "doctor": "doctor.doctor",
        "capabilities": "capabilities.capabilities",
        "scan": "scan.scan",
        "redact": "redact.redact",
        "sweep": "sweeping.sweep",
        "eval": "evaluate.evaluate",
        "formats": "formats.formats",
        "check": "check.check",
        "findings": "findings.findings",
        "due": "due.due",
        "audit": "audit.audit",
        "secrets": "secrets.secrets",
        "db": "db.db",
    }
)
"""Where each command is; none loads what only others need."""


class _Commands(click.Group):
    """The root: loads a command when it is asked for; whatever it raises of ours is told."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *PLACES])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in PLACES:
            return super().get_command(ctx, cmd_name)
        module, name = PLACES[cmd_name].split(".")
        with ended_quietly():
            command: click.Command = getattr(import_module(f"integration.cli.{module}"), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            known = self.list_commands(ctx)
            raise click.exceptions.NoSuchCommand(
                error.command_name, possibilities=known, ctx=ctx
            ) from None

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  click's own signature
        try:
            return super().invoke(ctx)
        except click.Abort:
            click.echo(err=True)  # it stands behind a question that was not answered
            raise
        except ConfigError as error:
            raise ToldToConfigure(told(error)) from None
        except DeskwardenError as error:
            raise Told(told(error)) from None
        except click.UsageError as error:
            if type(error) is not click.UsageError:
                raise  # a kind of its own, which puts what it says into a sentence of its own
            raise click.UsageError(sentence(error.message), error.ctx) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(version)s")
def commands() -> None:
    """Find card data in helpdesk tickets, remove it, prove that it is gone.

    Exit codes: 0 fine, 1 findings or failures, 2 wrong use or configuration, 74 the output could
    not be written.
    """


@commands.command()
@json_option
def version(*, as_json: bool) -> None:
    """Print the version."""
    if as_json:
        emit({"version": __version__})
    else:
        click.echo(__version__)


def main() -> None:
    """The console script."""
    no_core_dumps()
    with told_when_unwritten():
        commands.main(prog_name="deskwarden")
