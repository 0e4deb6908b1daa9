"""An empty, upgraded database per test: a SQLite file, or PostgreSQL when a URL is set."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url

from integration.storage import SqlStore, open_store, upgrade

SERVER = os.environ.get("DESKWARDEN_TEST_DATABASE_URL", "")
START = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


@dataclass
class ManualClock:
    """A clock that moves when it is told to."""

    time: datetime = START

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Iterator[URL]:
    """A database with all tables, to be copied."""
    if SERVER:
        with _server_database() as url:
            upgrade(_text(url))
            yield url
    else:
        url = make_url(f"sqlite:///{tmp_path_factory.mktemp('template') / 'template.db'}")
        upgrade(_text(url))
        yield url


@pytest.fixture
def database_url(template, tmp_path) -> Iterator[str]:
    """An upgraded database without rows."""
    if SERVER:
        with _server_database(f' TEMPLATE "{template.database}"') as url:
            yield _text(url)
    else:
        path = tmp_path / "data" / "deskwarden.db"
        path.parent.mkdir(mode=0o700)
        shutil.copy(template.database, path)
        yield f"sqlite:///{path}"


@pytest.fixture
def empty_url(tmp_path) -> Iterator[str]:
    """A database without tables."""
    if SERVER:
        with _server_database() as url:
            yield _text(url)
    else:
        yield f"sqlite:///{tmp_path / 'data' / 'deskwarden.db'}"


@pytest.fixture
def store(database_url, clock) -> Iterator[SqlStore]:
    store = open_store(database_url, clock=clock, audit_key=b"audit key")
    yield store
    store.close()


@pytest.fixture(scope="session")
def on_sqlite() -> bool:
    return not SERVER


@pytest.fixture
def only_sqlite(on_sqlite):
    if not on_sqlite:
        pytest.skip("about SQLite's file")


class _server_database:  # noqa: N801 - reads as a context manager
    def __init__(self, options: str = "") -> None:
        self._name = f"deskwarden_{uuid4().hex}"
        self._options = options

    def __enter__(self) -> URL:
        _administer(f'CREATE DATABASE "{self._name}"{self._options}')
        return make_url(SERVER).set(database=self._name)

    def __exit__(self, *_: object) -> None:
        _administer(f'DROP DATABASE "{self._name}" WITH (FORCE)')


def _administer(statement: str) -> None:
    url = make_url(SERVER).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)
