"""`db`: the tables, and the keys beside them."""

from __future__ import annotations

import click

from integration.cli.opening import make_keys, opened
from integration.cli.output import words
from integration.storage import upgrade


@click.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
def upgrade_tables() -> None:
    """Bring the tables to this version; harmless when they are."""
    with opened() as runtime:
        upgrade(runtime.config.database_url)
        make_keys(runtime)
    words.print("The tables are of this version.")
