"""Sealing: secrets are stored encrypted (MultiFernet), their keys are never in the database."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from integration.core.errors import ConfigError, PermanentError
from integration.core.tables import Store, Tables
from integration.storage.records import canonical, from_record

_HOW = (
    "put back the one that was used before; where there was none, a secret key is made so:"
    " python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
)

IF_LOST = (
    "if it is lost, connect each account anew with the key that is there now: "
    "deskwarden account add HELPDESK --name NAME --replace"
)
"""What is left to do without the key that the accounts were sealed with."""


class Keyring:
    """Seals with the first key, opens with any: so keys can be changed one after the other."""

    def __init__(
        self,
        keys: Sequence[str],
        *,
        source: str = "secret_key",
        read_again: Callable[[], Sequence[str]] | None = None,
    ) -> None:
        """`read_again` gives the keys as they are by now: someone may have changed them.

        `source` is the setting or the file that they are of. Raises ConfigError when a key is not
        one, without showing it.
        """
        self._source = source
        self._fernet = _fernet(keys, source)
        self._read_again = read_again

    @classmethod
    def of_file(cls, path: Path) -> Keyring:
        """The keys in our own key file, made on first use; follows `rotate_key_file`."""

        def read() -> Sequence[str]:
            return split_keys(own_key(path, Fernet.generate_key))

        return cls(read(), source=f"secret_key: {path}", read_again=read)

    def __repr__(self) -> str:
        return "Keyring()"

    def seal(self, secrets: Mapping[str, Any]) -> bytes:
        """Encrypt; what is inside is not shown by anything but `open`.

        With the first key there is now: within the transaction that saves it, or a rotation could
        reseal all others and drop that key in between.
        """
        self._follow()
        return self._fernet.encrypt(canonical(secrets).encode())

    def open(self, sealed: bytes) -> dict[str, Any]:
        """Decrypt; PermanentError (`sealed_with_other_key`) when no key fits."""
        secrets: dict[str, Any] = from_record(self._with_a_key_that_fits(_decrypt, sealed).decode())
        return secrets

    def opens(self, sealed: bytes) -> bool:
        """Whether a key fits."""
        try:
            self.open(sealed)
        except PermanentError:
            return False
        return True

    def reseal(self, sealed: bytes) -> bytes:
        """The same secrets under the first key; PermanentError when no key fits."""
        return self._with_a_key_that_fits(_rotate, sealed)

    def _with_a_key_that_fits(
        self, act: Callable[[MultiFernet, bytes], bytes], sealed: bytes
    ) -> bytes:
        try:
            return act(self._fernet, sealed)
        except InvalidToken:
            self._follow()
        try:
            return act(self._fernet, sealed)
        except InvalidToken:
            raise _other_key() from None

    def _follow(self) -> None:
        if self._read_again is not None:
            self._fernet = _fernet(self._read_again(), self._source)


def reseal_accounts(tables: Tables, keyring: Keyring) -> int:
    """Bring the secrets of all accounts under the first key; how many. Then old keys may go."""
    rows = tables.accounts.list(for_update=True)
    for row in rows:
        tables.accounts.save(replace(row, sealed=keyring.reseal(row.sealed)))
    return len(rows)


def rotate_key_file(path: Path, store: Store) -> int:
    """Put a new key into our key file, reseal all accounts, drop the old keys; how many accounts.

    Stopped at any point it may be run again: what is stored can always be opened. Processes that
    run meanwhile follow by themselves. Raises ConfigError when the file cannot be written,
    PermanentError, with the file as it was, when an account was sealed with another key.
    """
    old = split_keys(own_key(path, Fernet.generate_key))
    before = Keyring.of_file(path)
    with store.transaction() as tables:
        for row in tables.accounts.list():
            before.open(row.sealed)
    _replace(path, "\n".join([Fernet.generate_key().decode(), *old]))
    with store.transaction() as tables:
        count = reseal_accounts(tables, Keyring.of_file(path))
    _replace(path, split_keys(path.read_text())[0])
    return count


def split_keys(text: str) -> list[str]:
    """The keys in a configuration value or key file.

    >>> split_keys("new, old")
    ['new', 'old']
    """
    return [key for key in re.split(r"[\s,]+", text) if key]


def own_key(path: Path, make: Callable[[], bytes]) -> str:
    """The text of our own key file, made (0600) if it is not there; also for the audit key.

    Two processes that start together get the same key. Raises ConfigError when the file can be
    read by others, or not by us.
    """
    try:
        if not path.exists():
            _write_new(path, make())
        if path.stat().st_mode & 0o077:
            raise ConfigError([f"others can read {path}"], hint=f"chmod 600 {path}")
        return path.read_text().strip()
    except UnicodeDecodeError:
        raise ConfigError([f"{path} holds no key but other bytes"], hint=_HOW) from None
    except OSError as error:
        raise _told(path, error) from None


def _told(path: Path, error: OSError) -> ConfigError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        hint = "see that its disk has room"
        return ConfigError([f"{path} cannot be written ({error.strerror})"], hint=hint)
    hint = "run this as the user that the file belongs to, or give it to this user"
    return ConfigError([f"{path} cannot be read or written ({error.strerror})"], hint=hint)


def _fernet(keys: Sequence[str], source: str) -> MultiFernet:
    if not keys:
        raise ConfigError([f"{source} holds no key"], hint=_HOW)
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        raise ConfigError([f"{source} holds a key that is not valid"], hint=_HOW) from None


def _decrypt(fernet: MultiFernet, sealed: bytes) -> bytes:
    return fernet.decrypt(sealed)


def _rotate(fernet: MultiFernet, sealed: bytes) -> bytes:
    return fernet.rotate(sealed)


def _other_key() -> PermanentError:
    return PermanentError(
        "The stored secrets were sealed with a key that is not configured.",
        reason="sealed_with_other_key",
        hint=f"give this host the key that the others use now; {IF_LOST}",
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
    try:
        _temporary(path, text.encode()).replace(path)
    except OSError as error:
        raise _told(path, error) from None


def _temporary(path: Path, content: bytes) -> Path:
    # mkstemp makes it 0600.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        Path(name).unlink()
        raise
    return Path(name)
