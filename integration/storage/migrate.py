"""Bring a database to the tables of this version."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, select, text

from integration.core.errors import PermanentError
from integration.storage.database import Database
from integration.storage.schema import audit, values
from integration.storage.sqlite_file import path_of

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_KNOWN: Final = frozenset(path.name[:4] for path in _MIGRATIONS.glob("versions/[0-9]*.py"))
"""Every migration is named by its revision: each process asks at its start, without Alembic."""
_NEWEST: Final = max(_KNOWN)

ROOM: Final = 1 << 20
"""Bytes that the empty tables and their journal take, and some more."""

# Two processes that start together must not both create the tables; in SQLite BEGIN IMMEDIATE
# sees to it.
_UPGRADE_LOCK: Final = text("SELECT pg_advisory_xact_lock(7305003)")
_ENCODING: Final = text("SHOW server_encoding")
_VERSIONS: Final = text("SELECT version_num FROM alembic_version")
# Changes nothing, and is refused where nothing can be written: SQLite begins a transaction as a
# writer on a file that it can only read.
_WRITE: Final = text("UPDATE alembic_version SET version_num = version_num")


def upgrade(url: str) -> None:
    """Run the migrations that are missing, all in one transaction; none when up to date.

    Raises StoreUnavailable when the database cannot be written to, PermanentError
    (`store_schema`) when its tables are of a version that is not known here, or
    (`store_encoding`) when it cannot hold every letter.
    """
    database = Database(url)
    try:
        with database.transaction() as connection:
            if not database.is_sqlite:
                connection.execute(_UPGRADE_LOCK)
                _check_encoding(connection)
            version = _version_of(connection)
            if not version <= _KNOWN:
                raise PermanentError(
                    "The database was made by a newer version of deskwarden.",
                    reason="store_schema",
                    hint="Install that version again, or restore a backup from before it.",
                )
            if version != {_NEWEST}:
                _migrate(connection)
            connection.execute(_WRITE)
    finally:
        database.dispose()


def has_records(url: str, *, proof: str) -> bool:
    """Whether an audit chain was begun, or this value put: then keys exist somewhere.

    To ask makes no file. Raises StoreUnavailable when the database does not answer.
    """
    database = Database(url)
    # Path.exists raises where this user may not look.
    if database.is_sqlite and not os.path.exists(path_of(database.url)):  # noqa: PTH110
        return False
    try:
        with database.transaction() as connection:
            tables = inspect(connection)
            if not (tables.has_table(audit.name) and tables.has_table(values.name)):
                return False
            if connection.execute(select(audit.c.seq).limit(1)).first() is not None:
                return True
            put = select(values.c.name).where(values.c.account == "", values.c.name == proof)
            return connection.execute(put).first() is not None
    finally:
        database.dispose()


def is_current(url: str) -> bool:
    """Whether the database has exactly the tables of this version."""
    database = Database(url)
    try:
        with database.transaction() as connection:
            return _version_of(connection) == {_NEWEST}
    finally:
        database.dispose()


def has_room(url: str) -> bool:
    """Whether the disk of a SQLite file has room for its tables; a server looks after its own."""
    database = Database(url)
    if not database.is_sqlite:
        return True
    try:
        return shutil.disk_usage(path_of(database.url).parent).free >= ROOM
    except OSError:
        return True  # there is no such folder yet, or it cannot be asked: that is told elsewhere


def _check_encoding(connection: Connection) -> None:
    encoding = connection.execute(_ENCODING).scalar_one()
    if encoding != "UTF8":
        message = f"The database is made for letters in {encoding}, not in UTF8."
        raise PermanentError(
            message,
            reason="store_encoding",
            hint="Make another: CREATE DATABASE deskwarden TEMPLATE template0 ENCODING 'UTF8'",
        )


def _version_of(connection: Connection) -> set[str]:
    if not inspect(connection).has_table("alembic_version"):
        return set()
    return set(connection.execute(_VERSIONS).scalars())


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415  slow to import, and hardly ever needed
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
