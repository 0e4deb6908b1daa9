"""Bring a database to the tables of this version."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from integration.storage.database import Database
from integration.storage.schema import audit

_MIGRATIONS = str(Path(__file__).parent / "migrations")

# Two processes that start together must not both create the tables; in SQLite BEGIN IMMEDIATE
# sees to it.
_UPGRADE_LOCK = text("SELECT pg_advisory_xact_lock(7305003)")
# Changes nothing, and is refused where nothing can be written: SQLite begins a transaction as a
# writer on a file that it can only read.
_WRITE = text("UPDATE alembic_version SET version_num = version_num")


def upgrade(url: str) -> None:
    """Run the migrations that are missing, all in one transaction; none when up to date.

    Raises StoreUnavailable when the database cannot be written to.
    """
    database = Database(url)
    try:
        with database.transaction() as connection:
            if not database.is_sqlite:
                connection.execute(_UPGRADE_LOCK)
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.execute(_WRITE)
    finally:
        database.dispose()


def has_records(url: str) -> bool:
    """Whether an audit chain was begun, so that keys for this database exist somewhere."""
    database = Database(url)
    try:
        with database.transaction() as connection:
            if not inspect(connection).has_table(audit.name):
                return False
            return connection.execute(select(audit.c.seq).limit(1)).first() is not None
    finally:
        database.dispose()


def is_current(url: str) -> bool:
    """Whether the database has exactly the tables of this version."""
    database = Database(url)
    try:
        with database.transaction() as connection:
            heads = MigrationContext.configure(connection).get_current_heads()
    finally:
        database.dispose()
    return set(heads) == set(ScriptDirectory.from_config(_config()).get_heads())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", _MIGRATIONS.replace("%", "%%"))
    return config
