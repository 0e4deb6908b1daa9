"""The SQLite file: made for us alone, opened durably, not written once it is gone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL

from integration.core.errors import StoreUnavailable

BUSY_TIMEOUT = 5.0
"""Seconds to wait for another process that writes."""

# https://www.sqlite.org/pragma.html: FULL makes an acknowledged commit survive a power cut in WAL.
PRAGMAS = (
    f"PRAGMA busy_timeout = {int(BUSY_TIMEOUT * 1000)}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)

ELSEWHERE = (
    "Let DESKWARDEN_DATABASE_URL name a file in a folder that this user may write to, on a disk "
    "with room."
)


def path_of(url: URL) -> Path:
    """The file of a URL; ValueError for a database in memory, which a worker could not share."""
    if url.database in {None, "", ":memory:"}:
        raise ValueError("the database must be a file or a server")
    return Path(str(url.database))


def make_file(path: Path) -> None:
    """Make the file (0600) and its folder (0700) unless they are there.

    A file that is there is not touched: to close it would drop the locks that another connection
    of this process has on it (https://www.sqlite.org/howtocorrupt.html, section 2.2).
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        if isinstance(error, FileExistsError) and path.parent.is_dir():
            return  # else a file stands where its folder should
        why = f"{error.filename}: {error.strerror}"
        happened = f"The database file {path} cannot be made ({why})."
        raise StoreUnavailable(happened, hint=ELSEWHERE) from None


def identity(path: Path) -> tuple[int, int]:
    """Which file this is, whatever its name; StoreUnavailable when there is none."""
    try:
        found = path.stat()
    except OSError:
        raise StoreUnavailable("The database file is gone.") from None
    return found.st_dev, found.st_ino


def open_file(url: URL) -> Engine:
    """An engine whose transactions begin as writers."""
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _configure)
    # No listener to its "begin": one makes SQLAlchemy look for listeners at every statement.
    engine.dialect.do_begin = _begin_immediate  # type: ignore[method-assign]
    return engine


def _configure(dbapi_connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's
    # The driver must not begin by itself: BEGIN IMMEDIATE is ours.
    dbapi_connection.isolation_level = None
    for pragma in PRAGMAS:
        dbapi_connection.execute(pragma)


def _begin_immediate(dbapi_connection: Any) -> None:  # noqa: ANN401 - the driver's
    dbapi_connection.execute("BEGIN IMMEDIATE")
