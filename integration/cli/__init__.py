"""The commands. The only place that prints: words to stderr, results to stdout."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, NamedTuple

import click

from integration import __version__
from integration.cli.output import emit, json_option
from integration.cli.telling import Told, ToldToConfigure, sentence, told
from integration.cli.unwritten import told_when_unwritten
from integration.core.errors import ConfigError, DeskwardenError
from integration.processes import ended_quietly, no_core_dumps


class Place(NamedTuple):
    """Where a command is, and what the list of commands says of it; nothing of a hidden one."""

    at: str
    help: str = ""


PLACES: Mapping[str, Place] = MappingProxyType(
    {
        "demo": Place(
            "service.demo", "See the main job on a simulated helpdesk with sixty tickets."
        ),
        "run": Place("service.run", "Run everything on this machine."),
        "web": Place("service.web", "Run only the receiver, for a host of its own."),
        "worker": Place(
            "service.worker", "Run one worker, for a host of its own (REDIS_URL needed)."
        ),
        "ticker": Place("service.ticker", "Run only the ticker, on one host."),
        "poller": Place("service.poller"),
        "simulator": Place("simulator.simulator", "Run a simulated helpdesk until Ctrl-C."),
        "account": Place(
            "account.account", "Connect, test, switch, pause and remove helpdesk accounts."
        ),
        "doctor": Place("doctor.doctor", "Check this installation and every connected account."),
        "capabilities": Place(
            "capabilities.capabilities", "What can be removed on this very account, and how."
        ),
        "scan": Place("scan.scan", "Look for card data in files, folders or what is piped in."),
        "redact": Place(
            "redact.redact", "Write a text with card data masked, or redact a ticket now."
        ),
        "sweep": Place("sweeping.sweep", "Look through the tickets that were there before us."),
        "eval": Place(
            "evaluate.evaluate", "Measure detection on labelled texts, or on your own tickets."
        ),
        "formats": Place("formats.formats", "Numbers of your own that look like card numbers."),
        "check": Place("check.check", "Check who has access, and how well that is protected."),
        "findings": Place("findings.findings", "What needs a person."),
        "due": Place("due.due", "What has to be looked at."),
        "audit": Place("audit.audit", "The tamper-evident record of what was done."),
        "secrets": Place("secrets.secrets", "The keys that seal the accounts' keys."),
        "db": Place("db.db", "The database."),
    }
)
"""None is loaded for another, and none to list them all: that would take more than a second."""


class _Commands(click.Group):
    """The root: loads a command when it is asked for; whatever it raises of ours is told."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *PLACES])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in PLACES:
            return super().get_command(ctx, cmd_name)
        module, name = PLACES[cmd_name].at.split(".")
        with ended_quietly():
            command: click.Command = getattr(import_module(f"integration.cli.{module}"), name)
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        own = {name: command.get_short_help_str() for name, command in self.commands.items()}
        said = own | {name: place.help for name, place in PLACES.items() if place.help}
        with formatter.section("Commands"):
            formatter.write_dl(sorted(said.items()))

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
