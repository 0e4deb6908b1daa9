"""The database: SQLAlchemy Core tables behind the ports of `core.tables`, on SQLite or PostgreSQL.

One writer at a time per process: on SQLite every transaction holds the process's write lock and
begins with BEGIN IMMEDIATE; on PostgreSQL the server does it. No SQL reads the clock.
"""

from __future__ import annotations

from integration.storage.database import Database
from integration.storage.ingest import Ingest
from integration.storage.keyring import Keyring
from integration.storage.migrate import has_records, has_room, is_current, upgrade
from integration.storage.store import SqlStore, open_store
from integration.storage.tally import Tally

__all__ = [
    "Database",
    "Ingest",
    "Keyring",
    "SqlStore",
    "Tally",
    "has_records",
    "has_room",
    "is_current",
    "open_store",
    "upgrade",
]
