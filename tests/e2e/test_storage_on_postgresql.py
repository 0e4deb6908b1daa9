"""The store on a real PostgreSQL: the same tests as on SQLite, and a server that goes away."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from integration.core.errors import PermanentError, StoreUnavailable
from integration.core.models import Priority
from integration.core.rows import Upserted
from integration.storage import Database, Ingest, upgrade
from integration.storage.schema import deliveries
from integration.storage.upsert import DueRow, upsert_due
from tests.e2e.postgres import PrivatePostgreSQL, postgresql  # noqa: F401 - a fixture

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).parents[2]
AT = datetime(2026, 3, 1, tzinfo=UTC)
WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def test_the_storage_tests_pass_on_postgresql(postgresql: PrivatePostgreSQL):  # noqa: F811
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/storage", "-q", "-p", "no:cacheprovider"],
        cwd=ROOT,
        env=os.environ | {"DESKWARDEN_TEST_DATABASE_URL": postgresql.url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_cannot_hold_every_letter_is_refused(
    postgresql: PrivatePostgreSQL,  # noqa: F811
    encoding: str,
):
    name = encoding.lower()
    made = f"CREATE DATABASE {name} TEMPLATE template0 LOCALE 'C' ENCODING '{encoding}'"
    postgresql.client("psql", "--command", made)
    with pytest.raises(PermanentError, match=encoding) as refused:
        upgrade(postgresql.url.replace("/postgres?", f"/{name}?"))
    assert "ENCODING 'UTF8'" in refused.value.hint


def test_a_delivery_that_a_deadlock_threw_out_is_written_again(
    postgresql: PrivatePostgreSQL,  # noqa: F811
):
    upgrade(postgresql.url)
    ingest = Ingest(postgresql.url, timeout=20)
    other = Database(postgresql.url)
    with ThreadPoolExecutor(1) as pool:
        with other.transaction() as connection:
            upsert_due(connection, [DueRow("acme", "ticket:7", AT, Priority.LIVE)])
            # It writes its delivery, then waits for our row; we come to its delivery before it
            # looks for a deadlock (`deadlock_timeout`, one second) and wait longer than that.
            connection.execute(text("SET LOCAL deadlock_timeout = '10s'"))
            waits = pool.submit(ingest.submit, "acme", "ticket:7", due_at=AT, delivery_id="d1")
            while not connection.execute(WAITING).scalar_one():
                time.sleep(0.01)
            delivery = insert(deliveries).values(
                account="acme", delivery_id="d1", subject="ticket:7", at=AT
            )
            connection.execute(delivery)
        assert waits.result() is Upserted.ALREADY_DUE
    ingest.close()
    other.dispose()


def test_a_server_that_crashes_loses_nothing_and_is_found_again(
    postgresql: PrivatePostgreSQL,  # noqa: F811
):
    upgrade(postgresql.url)
    ingest = Ingest(postgresql.url)
    assert ingest.submit("acme", "ticket:1", due_at=AT) is Upserted.NEW
    postgresql.stop()
    with pytest.raises(StoreUnavailable):
        ingest.submit("acme", "ticket:2", due_at=AT)
    postgresql.start()
    assert ingest.submit("acme", "ticket:1", due_at=AT) is Upserted.ALREADY_DUE
    assert ingest.submit("acme", "ticket:2", due_at=AT) is Upserted.NEW
    ingest.close()
