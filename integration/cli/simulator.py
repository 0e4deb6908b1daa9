"""A helpdesk to try things on."""

from __future__ import annotations

import sys
from typing import Any

import click

from connectors import registry
from connectors.simulation.base import system_now
from integration.cli.output import emit, json_option, results


@click.command()
@click.argument("helpdesk", type=click.Choice(registry.SIMULATORS))
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="0, the default, takes a free one."
)
@click.option("--seed", default=0, show_default=True)
@click.option("--seed-tickets", default=0, help="Realistic tickets of the past.")
@json_option
def simulator(helpdesk: str, port: int, seed: int, seed_tickets: int, *, as_json: bool) -> None:
    """Run a simulated helpdesk until Ctrl-C. Its address and keys are shown first."""
    made: Any = registry.simulator(helpdesk)(seed, system_now)
    made.start(port)
    if seed_tickets:
        made.seed_tickets(seed_tickets)
    credentials = made.credentials()
    if as_json:
        emit(credentials)
        sys.stdout.flush()
    else:
        for name, value in credentials.items():
            results.print(f"{name}: {value}", markup=False)
        results.print("Press Ctrl-C to stop.")
    try:
        made.wait()
    except KeyboardInterrupt:
        made.stop()
