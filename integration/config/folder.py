"""The data folder and the key files in it: readable by this user only."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.fernet import Fernet

from integration.core.errors import ConfigError

OTHERS = 0o077


def make_folder(folder: Path) -> None:
    """Make the data folder with mode 0700, or see that no one else can read the one that is there.

    Raises ConfigError.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError([f"data_folder: {folder} cannot be made ({error.strerror})."]) from None
    _refuse_others(folder, "data_folder", "chmod 700")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ConfigError([f"data_folder: {folder} is not writable for this user."])


def key_file(path: Path) -> str:
    """The key in this file; made with mode 0600 when there is none. 32 bytes as URL-safe base64.

    Two processes that start at once get the same key. Raises ConfigError.
    """
    try:
        _make_key(path)
        _refuse_others(path, path.name, "chmod 600")
        key = path.read_text(encoding="ascii").strip()
        Fernet(key)
    except OSError as error:
        raise ConfigError([f"{path}: {error.strerror}. Let this user read and write it."]) from None
    except ValueError:
        raise ConfigError([f"{path}: not a key. Restore it from your copy."]) from None
    return key


def _make_key(path: Path) -> None:
    """Write a whole new file, then give it its name: nobody ever reads half a key."""
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(Fernet.generate_key())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()


def _refuse_others(path: Path, name: str, remedy: str) -> None:
    if path.stat().st_mode & OTHERS:
        raise ConfigError([f"{name}: others can read {path}. Run: {remedy} {path}"])
