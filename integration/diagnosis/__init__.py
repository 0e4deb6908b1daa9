"""What `doctor` looks at: this installation, its parts, and every connected account."""

from __future__ import annotations

from integration.core.errors import DeskwardenError
from integration.diagnosis import accounts, installation, packages, web
from integration.diagnosis.rows import Row, row
from integration.runtime import Runtime

__all__ = ["Row", "diagnose"]


def diagnose(runtime: Runtime) -> list[Row]:
    """One row per thing looked at: `state` (ok, warn, fail), `what`, `detail`, `fix`."""
    rows = [packages.names(), *installation.parts(runtime), *web.ways_in(runtime)]
    try:
        with runtime.store.transaction() as tables:
            known = tables.accounts.list()
    except DeskwardenError:
        return rows
    if not known:
        rows.append(row("warn", "accounts", "none connected", "deskwarden account add HELPDESK"))
    else:
        rows += accounts.secret_key(runtime)
    for account in known:
        rows += accounts.account(runtime, account)
    rows += accounts.sections_of_nobody(runtime, {account.id for account in known})
    rows += accounts.deliveries_of_nobody(runtime)
    return rows
