from __future__ import annotations

import os
import shutil
import stat
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError

from integration.core.errors import StoreUnavailable
from integration.core.models import Priority
from integration.storage import Database, database, open_store, sqlite_file, upgrade


@pytest.fixture
def only_sqlite(on_sqlite):
    if not on_sqlite:
        pytest.skip("about SQLite's file")


@pytest.fixture
def impatient(monkeypatch):
    """Do not wait for others, so that a test need not either."""
    monkeypatch.setattr(database, "LOCK_TIMEOUT", 0.05)
    monkeypatch.setattr(sqlite_file, "PRAGMAS", (*sqlite_file.PRAGMAS, "PRAGMA busy_timeout = 50"))
    monkeypatch.setitem(database.POSTGRESQL_ARGS, "options", "-c lock_timeout=50")


def use(store):
    with store.transaction() as tables:
        tables.values.put("acme", "used", {"by": "a test"})


def used(store):
    with store.transaction() as tables:
        return tables.values.get("acme", "used")


def test_a_failed_transaction_leaves_nothing(store, clock):
    def fail():
        with store.transaction() as tables:
            tables.due.upsert("acme", "ticket:1", due_at=clock.now(), priority=Priority.LIVE)
            raise KeyError("some fault of the caller")

    with pytest.raises(KeyError):
        fail()
    with store.transaction() as tables:
        assert tables.due.rows() == []


def test_transactions_do_not_nest(store, only_sqlite):
    with store.transaction(), pytest.raises(RuntimeError, match="nest"):
        use(store)
    use(store)


def test_threads_write_one_after_the_other(store, only_sqlite):
    def count_up():
        for _ in range(25):
            with store.transaction() as tables:
                before = tables.values.get("acme", "n") or {"n": 0}
                tables.values.put("acme", "n", {"n": before["n"] + 1})

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.transaction() as tables:
        assert tables.values.get("acme", "n") == {"n": 100}


def test_a_closed_store_opens_again(store):
    use(store)
    store.close()
    assert used(store)


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


def test_a_child_process_uses_connections_of_its_own(store):
    use(store)
    pid = os.fork()
    if pid == 0:
        with store.transaction() as tables:
            tables.values.put("acme", "child", {"wrote": True})
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    with store.transaction() as tables:
        assert tables.values.get("acme", "child") == {"wrote": True}


def test_a_fork_waits_for_the_transaction_of_another_thread(store, only_sqlite):
    inside = threading.Event()

    def hold():
        with store.transaction() as tables:
            inside.set()
            time.sleep(0.1)
            tables.values.put("acme", "thread", {"wrote": True})

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait()
    pid = os.fork()
    if pid == 0:
        use(store)
        os._exit(0)
    holder.join()
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    with store.transaction() as tables:
        assert tables.values.get("acme", "thread") == {"wrote": True}
        assert tables.values.get("acme", "used")


def test_what_a_child_writes_is_kept_when_its_parent_closes_first(store):
    use(store)
    closed_read, closed_write = os.pipe()
    opened_read, opened_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        use(store)
        os.write(opened_write, b".")
        os.read(closed_read, 1)
        with store.transaction() as tables:
            tables.values.put("acme", "child", {"wrote": True})
        os._exit(0)
    os.read(opened_read, 1)
    use(store)
    store.close()
    os.write(closed_write, b".")
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    with store.transaction() as tables:
        assert tables.values.get("acme", "child") == {"wrote": True}


def test_a_locked_database_is_unavailable_for_now(store, database_url, clock, impatient):
    use(store)
    other = Database(database_url)
    with other.transaction() as connection:
        connection.execute(text("UPDATE named_values SET value = '{}'"))
        with pytest.raises(StoreUnavailable):
            use(store)
    other.dispose()
    use(store)


def test_a_thread_that_holds_the_database_too_long_is_not_waited_for(store, impatient, only_sqlite):
    inside, leave = threading.Event(), threading.Event()

    def hold():
        with store.transaction():
            inside.set()
            leave.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait()
    with pytest.raises(StoreUnavailable):
        use(store)
    leave.set()
    holder.join()
    use(store)


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
    with pytest.raises(StoreUnavailable):
        use(store)


def test_a_server_that_does_not_answer_is_unavailable(tmp_path, clock):
    url = f"postgresql://nobody@/nothing?host={tmp_path}"
    store = open_store(url, clock=clock, audit_key=b"audit key")
    with pytest.raises(StoreUnavailable):
        use(store)
    store.close()


def test_a_database_in_memory_is_refused(clock):
    store = open_store("sqlite://", clock=clock, audit_key=b"audit key")
    with pytest.raises(ValueError, match="file or a server"):
        use(store)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_postgresql_url_uses_our_driver_however_it_is_written(scheme):
    assert Database(f"{scheme}://user@host/name").url.drivername == "postgresql+psycopg"


def test_a_broken_statement_is_not_taken_for_a_broken_database(store, database_url):
    use(store)
    opened = Database(database_url)

    def repeat_a_key():
        with opened.transaction() as connection:
            connection.execute(
                text("INSERT INTO named_values SELECT account, name, value FROM named_values")
            )

    with pytest.raises(IntegrityError):
        repeat_a_key()
    opened.dispose()


def test_nothing_is_opened_before_the_first_transaction(tmp_path, clock):
    path = tmp_path / "later" / "x.db"
    store = open_store(f"sqlite:///{path}", clock=clock, audit_key=b"audit key")
    store.close()
    assert not path.parent.exists()
