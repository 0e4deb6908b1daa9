"""The secrets that prove an account's webhook: sealed beside its keys, changed without a gap."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from integration.core.errors import ConfigError
from integration.core.rows import AccountRow, RecordType
from integration.core.tables import Tables
from integration.services import accounts

SECRETS = "hook_secrets"
"""Where they are among what is sealed; newest first."""
LEAST = 32
"""Characters of a secret that is given: it must not be guessed."""
FORM = re.compile(rf"[A-Za-z0-9._~-]{{{LEAST},}}")


class Seals(Protocol):
    """Who seals what is secret, and opens it."""

    def seal(self, secrets: Mapping[str, Any]) -> bytes:
        """Encrypt."""
        ...

    def open(self, sealed: bytes) -> dict[str, Any]:
        """Decrypt; raises PermanentError for what was sealed with another key."""
        ...


def new_secret() -> str:
    """A secret for a URL or a signature: 256 random bits."""
    return secrets.token_urlsafe(32)


def checked_secret(given: str | None) -> str | None:
    """A secret that somebody brings along; None where nobody does.

    It may be all that proves a delivery, stands in an address and in a command that is pasted.
    Raises ConfigError, which does not show it.
    """
    if given is None or FORM.fullmatch(given):
        return given
    raise ConfigError(
        [f"hook_secret must be {LEAST} characters or more, of A-Z a-z 0-9 . _ ~ - only"],
        hint="leave it out, and it is made by itself; or make one with `openssl rand -hex 32`",
    )


def secrets_of(seals: Seals, row: AccountRow) -> list[str]:
    """What proves a delivery to this account, newest first."""
    return list(seals.open(row.sealed)[SECRETS])


def begin_rotation(seals: Seals, tables: Tables, account: str, *, now: datetime) -> AccountRow:
    """Add a new secret before the others: from now on each of them proves a delivery."""
    row = accounts.known(tables, account, for_update=True)
    return _save(seals, tables, row, [new_secret(), *secrets_of(seals, row)], now)


def end_rotation(seals: Seals, tables: Tables, account: str, *, now: datetime) -> AccountRow:
    """Keep the newest secret only. Raises ConfigError when there is no other."""
    row = accounts.known(tables, account, for_update=True)
    newest, *older = secrets_of(seals, row)
    if not older:
        raise ConfigError(
            [f"the webhook of {account} has one secret: there is nothing to end"],
            hint=f"begin a change of it: deskwarden secrets hook {account}",
        )
    return _save(seals, tables, row, [newest], now)


def _save(
    seals: Seals, tables: Tables, row: AccountRow, kept: Sequence[str], now: datetime
) -> AccountRow:
    sealed = seals.seal({**seals.open(row.sealed), SECRETS: list(kept)})
    changed = replace(row, sealed=sealed)
    tables.accounts.save(changed)
    tables.audit.append(row.id, {"type": RecordType.HOOK_SECRETS, "count": len(kept)}, at=now)
    return changed
