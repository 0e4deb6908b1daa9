from __future__ import annotations

import os
import shutil
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from integration.core.errors import StoreUnavailable
from integration.storage import Database, open_store, sqlite_file, upgrade
from tests.storage.marks import use, used

NOBODY = 65534


def test_the_file_and_its_folder_are_for_us_alone(tmp_path, clock, only_sqlite):
    path = tmp_path / "data" / "own.db"
    before = os.umask(0)
    try:
        upgrade(f"sqlite:///{path}")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_commits_are_durable_and_do_not_block_readers(database_url, only_sqlite):
    opened = Database(database_url)
    with opened.transaction() as connection:

        def pragma(name):
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()

        found = {name: pragma(name) for name in ("journal_mode", "synchronous", "foreign_keys")}
        assert pragma("busy_timeout") == 5000
    opened.dispose()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@contextmanager
def anybody():
    """Act as a user without rights of its own, also where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_can_only_be_read_is_no_database_to_start_on(only_sqlite):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own.db"
        upgrade(f"sqlite:///{path}")
        path.chmod(0o444)
        path.parent.chmod(0o777)
        with (
            anybody(),
            pytest.raises(StoreUnavailable, match=r"can only be read\.") as caught,
        ):
            upgrade(f"sqlite:///{path}")
    assert "this user may write to it" in caught.value.hint


def test_a_full_disk_is_unavailable_and_its_error_says_nothing_of_the_row(
    database_url, clock, monkeypatch, only_sqlite
):
    monkeypatch.setattr(sqlite_file, "PRAGMAS", (*sqlite_file.PRAGMAS, "PRAGMA max_page_count = 1"))
    store = open_store(database_url, clock=clock, audit_key=b"audit key")

    def fill():
        with store.transaction() as tables:
            tables.values.put("acme", "much", {"text": "secret " * 100_000})

    with pytest.raises(StoreUnavailable) as caught:
        fill()
    assert "secret" not in str(caught.value)
    assert caught.value.__suppress_context__
    with store.transaction() as tables:
        assert tables.values.get("acme", "much") is None
    store.close()


def test_a_file_that_was_removed_takes_no_more_writes(store, database_url, only_sqlite):
    use(store)
    path = Path(make_url(database_url).database)
    away = path.with_name("away.db")
    path.rename(away)
    with pytest.raises(StoreUnavailable):
        use(store)
    assert not path.exists(), "an empty database in its place would look like no work"
    away.rename(path)
    assert used(store)


def test_a_file_that_was_restored_from_a_copy_is_the_one_that_is_used(
    store, database_url, only_sqlite
):
    path = Path(make_url(database_url).database)
    copy = path.with_name("copy.db")
    store.close()
    shutil.copy(path, copy)
    use(store)
    copy.replace(path)
    for left_over in (*path.parent.glob("*-wal"), *path.parent.glob("*-shm")):
        left_over.unlink()
    assert used(store) is None


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="Linux shows its locks")
def test_opening_a_file_leaves_the_locks_that_others_of_this_process_hold(
    store, database_url, clock, only_sqlite
):
    use(store)
    other = open_store(database_url, clock=clock, audit_key=b"audit key")
    use(other)
    locks = Path("/proc/locks").read_text()
    inode = Path(make_url(database_url).database).stat().st_ino
    assert f":{inode} " in locks
    other.close()


def test_a_file_that_is_no_database_is_unavailable(tmp_path, clock, only_sqlite):
    path = tmp_path / "garbage.db"
    path.write_bytes(b"this is not a database" * 100)
    store = open_store(f"sqlite:///{path}", clock=clock, audit_key=b"audit key")
    with pytest.raises(StoreUnavailable):
        use(store)
    store.close()


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path, clock):
    (tmp_path / "file").write_text("")
    store = open_store(f"sqlite:///{tmp_path / 'file' / 'x.db'}", clock=clock, audit_key=b"key")
    with pytest.raises(StoreUnavailable, match="cannot be made") as caught:
        use(store)
    assert "DESKWARDEN_DATABASE_URL" in caught.value.hint


def test_a_database_in_memory_is_refused(clock):
    store = open_store("sqlite://", clock=clock, audit_key=b"audit key")
    with pytest.raises(ValueError, match="file or a server"):
        use(store)


def test_nothing_is_opened_before_the_first_transaction(tmp_path, clock):
    path = tmp_path / "later" / "x.db"
    store = open_store(f"sqlite:///{path}", clock=clock, audit_key=b"audit key")
    store.close()
    assert not path.parent.exists()
