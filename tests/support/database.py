"""A database with all tables and no rows: the migrations run once, each test gets a copy."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from integration.storage import upgrade


def database_in(folder: Path) -> str:
    """The URL of a fresh database in that folder."""
    path = folder / "deskwarden.db"
    path.write_bytes(_migrated())
    return f"sqlite:///{path}"


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "template.db")
        upgrade(f"sqlite:///{path}")
        return path.read_bytes()
