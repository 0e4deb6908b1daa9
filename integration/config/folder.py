"""The data folder: for this user only."""

from __future__ import annotations

import os
from pathlib import Path

from integration.core.errors import ConfigError

OTHERS = 0o077
WHOSE = (
    "Run this as the user that the folder belongs to, or set DESKWARDEN_DATA_FOLDER to one that "
    "this user may write to."
)


FILE_IN_THE_WAY = (
    "A file is in the way: move it, or set DESKWARDEN_DATA_FOLDER to a folder, or to where one may "
    "be made."
)


def make_folder(folder: Path) -> None:
    """Make the data folder with mode 0700, or see that no one else can read the one that is there.

    Raises ConfigError.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        problem = f"data_folder: {folder} cannot be made."
        raise ConfigError([problem], hint=FILE_IN_THE_WAY) from None
    except OSError as error:
        problem = f"data_folder: {folder} cannot be made ({error.strerror})."
        raise ConfigError([problem], hint=WHOSE) from None
    _refuse_others(folder, "data_folder", "chmod 700")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ConfigError([f"data_folder: {folder} is not writable for this user."], hint=WHOSE)


def _refuse_others(path: Path, name: str, remedy: str) -> None:
    if path.stat().st_mode & OTHERS:
        raise ConfigError([f"{name}: others can read {path}. Run: {remedy} {path}"])
