"""`capabilities`: what can be removed on an account."""

from __future__ import annotations

from contextlib import closing

import click

from integration.cli.matrix import matrix_of, show_capabilities
from integration.cli.opening import opened
from integration.cli.output import emit, json_option
from integration.services import accounts


@click.command()
@click.argument("account")
@json_option
def capabilities(account: str, *, as_json: bool) -> None:
    """What can be removed on this very account, and how.

    And what stays behind.
    """
    with opened() as runtime:
        with runtime.store.transaction() as tables:
            row = accounts.known(tables, account)
        with closing(runtime.open_connector(row, row.facts)) as connector:
            matrix = connector.capabilities()
        locale = runtime.policy(row).locale
    if as_json:
        emit({"account": account, **matrix_of(matrix)})
        return
    show_capabilities(matrix, locale)
