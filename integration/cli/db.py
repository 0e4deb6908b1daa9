"""`db`: the tables, and the keys beside them."""

from __future__ import annotations

import click

from integration.cli.opening import make_keys, opened
from integration.cli.output import json_option, tell
from integration.storage import upgrade


@click.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
@json_option
def upgrade_tables(*, as_json: bool) -> None:
    """Bring the tables to this version; harmless when they are."""
    with opened() as runtime:
        upgrade(runtime.config.database_url)
        make_keys(runtime)
    tell({"tables": "current"}, "The tables are of this version.", as_json=as_json)
