"""Connections: opened late, once per process, with the settings that durability needs."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from integration.core.errors import PermanentError, StoreUnavailable
from integration.storage.forks import bring_through_forks
from integration.storage.sqlite_file import BUSY_TIMEOUT, identity, make_file, open_file, path_of

LOCK_TIMEOUT = 30.0
"""Seconds to wait for another thread of this process that writes."""

POSTGRESQL_ARGS = {
    # Else a database of unknown encoding (SQL_ASCII) answers in bytes.
    "client_encoding": "utf8",
    "connect_timeout": int(BUSY_TIMEOUT),
    "options": f"-c lock_timeout={int(LOCK_TIMEOUT * 1000)}",
}

OUR_FAULT = (IntegrityError, ProgrammingError, DataError, NotSupportedError)
"""A broken statement, not a broken database: waiting cannot help."""

NO_TABLE = {"42P01", "42703"}
"""PostgreSQL's undefined_table and undefined_column (Appendix A of its manual)."""

ROLLED_BACK = {"40P01", "40001"}
"""PostgreSQL's deadlock_detected and serialization_failure."""

NO_WAY_IN = ("08", "28", "3D", "57P")
"""Classes of PostgreSQL: connections, authorization, no such database, shutting down."""

READ_ONLY = "25006"
"""PostgreSQL's read_only_sql_transaction."""


class RolledBack(StoreUnavailable):
    """The database took the transaction back so that another could go on: repeat it at once."""


@dataclass
class _Process:
    """What belongs to one process and must not survive a fork."""

    engine: Engine
    write_lock: threading.RLock = field(default_factory=threading.RLock)
    in_transaction: bool = False
    at_rest: bool = False
    file: tuple[int, int] | None = None


class Database:
    """One database by its URL. Nothing is opened before the first transaction."""

    def __init__(self, url: str) -> None:
        self.url = _with_driver(make_url(url))
        self._process: _Process | None = None
        self._inherited: _Process | None = None
        self._opening = threading.Lock()
        bring_through_forks(self)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a SQLite file: one writer, no row locks."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Commit at the end of the block, roll back on an exception.

        Raises StoreUnavailable when the database is locked, full or gone, PermanentError
        (`store_schema`) when it has not been upgraded. Neither holds the cause's text.
        """
        process = self._here()
        with _translated(), self._sole_writer(process), process.engine.begin() as connection:
            yield connection

    def dispose(self) -> None:
        """Close the connections of this process; the next transaction opens new ones."""
        process, self._process = self._process, None
        if process is not None:
            process.engine.dispose()

    def before_fork(self) -> None:
        """Wait for the transaction of another thread, then close: see `storage.forks`."""
        process = self._process
        if process is None or not self.is_sqlite:
            return
        process.at_rest = process.write_lock.acquire(timeout=LOCK_TIMEOUT)
        if process.at_rest and not process.in_transaction:
            process.engine.dispose()

    def after_fork_in_parent(self) -> None:
        """Let the other threads write again."""
        process = self._process
        if process is not None and process.at_rest:
            process.at_rest = False
            process.write_lock.release()

    def after_fork_in_child(self) -> None:
        """Leave the parent's sockets alone; they are kept so that nothing closes them."""
        self._opening = threading.Lock()
        self._inherited, self._process = self._process, None

    def _here(self) -> _Process:
        with self._opening:
            if self._process is None:
                self._process = _Process(self._open())
            return self._process

    def _open(self) -> Engine:
        if not self.is_sqlite:
            return create_engine(
                self.url, pool_pre_ping=True, hide_parameters=True, connect_args=POSTGRESQL_ARGS
            )
        make_file(path_of(self.url))
        return open_file(self.url)

    @contextmanager
    def _sole_writer(self, process: _Process) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        if not process.write_lock.acquire(timeout=LOCK_TIMEOUT):
            raise StoreUnavailable("Another thread holds the database.")
        try:
            if process.in_transaction:
                raise RuntimeError("transactions do not nest")
            process.in_transaction = True
            try:
                self._follow_file(process)
                yield
            finally:
                process.in_transaction = False
        finally:
            process.write_lock.release()

    def _follow_file(self, process: _Process) -> None:
        # A file that was removed or replaced under us would still take our writes, and lose them.
        found = identity(path_of(self.url))
        if process.file != found:
            process.engine.dispose()
            process.file = found


def _with_driver(url: URL) -> URL:
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    return url


WAY_IN = "See that it runs, and look at DESKWARDEN_DATABASE_URL: host, port, name, user, password."
REMEDY = "See that it runs, that this user may write to it and that its disk has room."


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, PoolTimeout) as error:
        if _lacks_tables(error):
            raise PermanentError(
                "The database does not have the tables of this version.",
                reason="store_schema",
                hint="deskwarden db upgrade",
            ) from None
        if isinstance(error, OUR_FAULT):
            raise
        if _sqlstate(error) in ROLLED_BACK:
            raise RolledBack("The database was busy with another write.") from None
        if _is_out_of_reach(error):
            raise StoreUnavailable(
                "The database does not answer, or does not let us in.", hint=WAY_IN
            ) from None
        happened = (
            "The database can only be read."
            if _is_read_only(error)
            else "The database did not take the write."
        )
        raise StoreUnavailable(happened, hint=REMEDY) from None


def _sqlstate(error: DBAPIError | PoolTimeout) -> str | None:
    return getattr(getattr(error, "orig", None), "sqlstate", None)


def _is_out_of_reach(error: DBAPIError | PoolTimeout) -> bool:
    """Whether a server was not reached or refused us, and no statement of ours failed."""
    cause = getattr(error, "orig", None)
    if cause is None or isinstance(cause, sqlite3.Error):
        return False
    state = _sqlstate(error)
    return state is None or state.startswith(NO_WAY_IN)


def _is_read_only(error: DBAPIError | PoolTimeout) -> bool:
    cause = getattr(error, "orig", None)
    # The extended codes of SQLite hold the plain one in their last byte.
    sqlite_code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return sqlite_code == sqlite3.SQLITE_READONLY or _sqlstate(error) == READ_ONLY


def _lacks_tables(error: DBAPIError | PoolTimeout) -> bool:
    cause = getattr(error, "orig", None)
    # For SQLite a missing table or column is an error of no further class.
    sqlite_code = getattr(cause, "sqlite_errorcode", None)
    return sqlite_code == sqlite3.SQLITE_ERROR or _sqlstate(error) in NO_TABLE
