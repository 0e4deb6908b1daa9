"""The commands. The only place that prints: words to stderr, results to stdout."""

from __future__ import annotations

from typing import Any

import click

from integration import __version__
from integration.cli import (
    account,
    audit,
    capabilities,
    check,
    db,
    doctor,
    due,
    evaluate,
    findings,
    formats,
    redact,
    scan,
    secrets,
    service,
    sweeping,
)
from integration.cli.output import emit, json_option
from integration.cli.telling import Told, ToldToConfigure, sentence, told
from integration.cli.unwritten import told_when_unwritten
from integration.core.errors import ConfigError, DeskwardenError
from integration.processes import no_core_dumps


class _Commands(click.Group):
    """The root: whatever a command raises of ours is told."""

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


for command in (
    service.demo,
    service.run,
    service.web,
    service.worker,
    service.ticker,
    service.poller,
    service.simulator,
    account.account,
    doctor.doctor,
    capabilities.capabilities,
    scan.scan,
    redact.redact,
    sweeping.sweep,
    evaluate.evaluate,
    formats.formats,
    check.check,
    findings.findings,
    due.due,
    audit.audit,
    secrets.secrets,
    db.db,
):
    commands.add_command(command)


def main() -> None:
    """The console script."""
    no_core_dumps()
    with told_when_unwritten():
        commands.main(prog_name="deskwarden")
