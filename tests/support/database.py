"""A database with all tables and no rows: the migrations run once, each test gets a copy."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import make_url

from integration.storage import upgrade
from integration.storage.sqlite_file import make_file, path_of


def database_in(folder: Path) -> str:
    """The URL of a fresh database in that folder."""
    url = f"sqlite:///{folder / 'deskwarden.db'}"
    make_database(url)
    return url


def make_database(url: str) -> None:
    """Where the URL of a SQLite file says, unless one is there: faster than `upgrade`."""
    path = path_of(make_url(url))
    if not path.exists():
        make_file(path)
        path.write_bytes(_migrated())


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "template.db")
        upgrade(f"sqlite:///{path}")
        return path.read_bytes()
