"""The two keys that all hosts of a database share: made once, copied, and proved to be the same."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from integration.config import Config
from integration.core.errors import ConfigError, DeskwardenError
from integration.core.findings.model import lettered
from integration.core.tables import Store
from integration.storage import Keyring, has_records
from integration.storage.keyring import own_key

AUDIT_PROOF = "audit.key"
"""The value, of no account, by which a process sees that its audit key is that of the others."""
SEALING_MADE = "secret.key"
"""The value, of no account, that stands where there is a key for the accounts."""
LEAST = 32
"""Characters of an audit key: with an empty or a short one anybody could write the chain anew."""
_WHERE = {
    AUDIT_PROOF: "copy audit.key from another host or a backup (mode 0600). If it is lost for "
    "good, no audit chain of this database can be verified or continued: stop everything, keep the "
    "database for the auditor (SQLite: move deskwarden.db* out of the data folder; PostgreSQL: set "
    "database_url to an empty one), begin another with `deskwarden db upgrade`, and connect each "
    "account again: deskwarden account add HELPDESK --name NAME",
    SEALING_MADE: "copy secret.key from another host or a backup (mode 0600). If it is lost for "
    "good, make another with `openssl rand -base64 32 | tr +/ -_` (mode 0600), and connect each "
    "account again: deskwarden account add HELPDESK --name NAME --replace",
}
"""Where the key is that a database was used with, and what is left to do without it."""


def audit_key(config: Config) -> bytes:
    """The key of the audit chain, made where this database was never used with one."""
    path = config.audit_key_file
    _refuse_second_key(config, "audit_key_file", path, AUDIT_PROOF)
    key = own_key(path, _new_key)
    if len(key) < LEAST:
        problem = f"audit_key_file: {path} holds no key of at least {LEAST} characters"
        is_used = has_records(config.database_url, proof=AUDIT_PROOF)
        hint = _WHERE[AUDIT_PROOF] if is_used else "remove it: another is made where it is needed"
        raise ConfigError([problem], hint=hint)
    return key.encode()


def prove_audit_key(store: Store, key: bytes, path: Path) -> None:
    """Raise ConfigError where the records of this database are signed with another key.

    What proves it is a digest that says nothing of the key. Where there are no tables yet, or the
    database does not answer, nothing can be signed either.
    """
    mine = lettered(hmac.new(key, b"deskwarden audit key", hashlib.sha256).hexdigest())
    try:
        with store.transaction() as tables:
            known = tables.values.get("", AUDIT_PROOF)
            if known is None:
                tables.values.put("", AUDIT_PROOF, {"proof": mine})
                return
    except DeskwardenError:
        return
    if not hmac.compare_digest(known["proof"], mine):
        problem = f"audit_key_file: {path} is not the key that this database is used with"
        raise ConfigError([problem], hint=_WHERE[AUDIT_PROOF])


def keyring(config: Config) -> Keyring:
    """What seals the keys of the accounts; made where this database was never used with one."""
    if config.secret_keys:
        return Keyring(config.secret_keys)
    path = config.secret_key_file
    _refuse_second_key(config, "secret_key", path, SEALING_MADE)
    return Keyring.of_file(path)


def note_sealing_key(store: Store) -> None:
    """Have every other host refuse to make a key for the accounts: there is one."""
    with store.transaction() as tables:
        if tables.values.get("", SEALING_MADE) is None:
            tables.values.put("", SEALING_MADE, {"made": True})


def _refuse_second_key(config: Config, setting: str, path: Path, proof: str) -> None:
    """Raises ConfigError where a key would be made though the database was used with another.

    On a second host, or after a database was put back without its keys, a new one would break
    the audit chain, or open none of the accounts.
    """
    if _is_there(path) or not has_records(config.database_url, proof=proof):
        return
    problem = f"{setting}: {path} is not there, and this database was used with a key before"
    raise ConfigError([problem], hint=_WHERE[proof])


def missing_keys(config: Config) -> list[str]:
    """What a host lacks of the keys that all hosts share, each with what to do."""
    said = {
        AUDIT_PROOF: f"audit_key_file: copy the one that all share to {config.audit_key_file}",
        SEALING_MADE: "secret_key: set DESKWARDEN_SECRET_KEY to the one that all share, or copy "
        f"it to {config.secret_key_file}",
    }
    return [said[key] for key in _missing(config)]


def where_keys_are(config: Config) -> str:
    """Where the missing keys come from when this database was used with them; else nothing."""
    try:
        used = [key for key in _missing(config) if has_records(config.database_url, proof=key)]
    except DeskwardenError:  # what is missing is told first; that the database is gone, then
        return ""
    return "\n".join(_WHERE[key] for key in used)


def _missing(config: Config) -> Iterator[str]:
    if not _is_there(config.audit_key_file):
        yield AUDIT_PROOF
    if not config.secret_keys and not _is_there(config.secret_key_file):
        yield SEALING_MADE


def _is_there(path: Path) -> bool:
    # Path.exists raises where this user may not look.
    return os.path.exists(path)  # noqa: PTH110


def _new_key() -> bytes:
    return secrets.token_hex(32).encode()
