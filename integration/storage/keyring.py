"""Sealing: secrets are stored encrypted (MultiFernet), their keys are never in the database."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from integration.core.errors import ConfigError, PermanentError
from integration.core.ports import Tables
from integration.storage.records import canonical, from_record

_HOW = (
    "a key is 32 random bytes in url-safe base64; make one with"
    " python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
)


class Keyring:
    """Seals with the first key, opens with any: so keys can be changed one after the other."""

    def __init__(self, keys: Sequence[str | bytes]) -> None:
        """Raises ConfigError when a key is not one, without showing it."""
        if not keys:
            raise ConfigError(["no secret key was given"], hint=_HOW)
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            raise ConfigError(["a secret key is not valid"], hint=_HOW) from None

    def __repr__(self) -> str:
        return "Keyring()"

    @classmethod
    def from_config(cls, keys: str | None, folder: Path) -> Keyring:
        """From one string (several keys: newest first, apart by spaces or commas), else the folder.

        Without a string the keys are those in `secret.key` of the data folder, made on first use.
        """
        return cls(split_keys(keys or own_key(folder / "secret.key", Fernet.generate_key)))

    def seal(self, secrets: Mapping[str, Any]) -> bytes:
        """Encrypt; what is inside is not shown by anything but `open`."""
        return self._fernet.encrypt(canonical(secrets).encode())

    def open(self, sealed: bytes) -> dict[str, Any]:
        """Decrypt; PermanentError (`sealed_with_other_key`) when no key fits."""
        try:
            secrets: dict[str, Any] = from_record(self._fernet.decrypt(sealed).decode())
        except InvalidToken:
            raise _other_key() from None
        return secrets

    def reseal(self, sealed: bytes) -> bytes:
        """The same secrets under the first key; PermanentError when no key fits."""
        try:
            return self._fernet.rotate(sealed)
        except InvalidToken:
            raise _other_key() from None


def reseal_accounts(tables: Tables, keyring: Keyring) -> int:
    """Bring the secrets of all accounts under the first key; how many. Then old keys may go."""
    rows = tables.accounts.list()
    for row in rows:
        tables.accounts.save(replace(row, sealed=keyring.reseal(row.sealed)))
    return len(rows)


def split_keys(text: str) -> list[str]:
    """The keys in a configuration value or key file.

    >>> split_keys("new, old")
    ['new', 'old']
    """
    return [key for key in re.split(r"[\s,]+", text) if key]


def own_key(path: Path, make: Callable[[], bytes]) -> str:
    """The text of our own key file, made (0600) if it is not there; also for the audit key.

    Two processes that start together get the same key. Raises ConfigError when the file can be
    read by others.
    """
    if not path.exists():
        _write_new(path, make())
    if path.stat().st_mode & 0o077:
        raise ConfigError([f"{path} can be read by others"], hint=f"chmod 600 {path}")
    return path.read_text().strip()


def put_first(path: Path, key: bytes) -> None:
    """Begin a rotation: the new key seals, those in the file still open."""
    _replace(path, "\n".join([key.decode(), *split_keys(path.read_text())]))


def keep_first(path: Path) -> None:
    """End a rotation: forget all keys but the first."""
    _replace(path, split_keys(path.read_text())[0])


def _other_key() -> PermanentError:
    return PermanentError(
        "The stored secrets were sealed with a key that is not configured.",
        reason="sealed_with_other_key",
        hint="give the old key after the new one, or add the account again",
    )


def _write_new(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = _temporary(path, content)
    try:
        # A link appears whole or not at all, and never over another one's key.
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


def _replace(path: Path, text: str) -> None:
    _temporary(path, text.encode()).replace(path)


def _temporary(path: Path, content: bytes) -> Path:
    # mkstemp makes it 0600.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(content + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return Path(name)
