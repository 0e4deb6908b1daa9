from __future__ import annotations

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from integration.core.errors import StoreUnavailable
from integration.core.models import Priority
from integration.storage import Database, database, open_store, sqlite_file
from tests.storage.marks import use, used


@pytest.fixture
def impatient(monkeypatch):
    """Do not wait for others, so that a test need not either."""
    monkeypatch.setattr(database, "LOCK_TIMEOUT", 0.05)
    monkeypatch.setattr(sqlite_file, "PRAGMAS", (*sqlite_file.PRAGMAS, "PRAGMA busy_timeout = 50"))
    monkeypatch.setitem(database.POSTGRESQL_ARGS, "options", "-c lock_timeout=50")


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


def test_a_server_that_does_not_answer_is_unavailable(tmp_path, clock):
    url = f"postgresql://nobody@/nothing?host={tmp_path}"
    store = open_store(url, clock=clock, audit_key=b"audit key")
    with pytest.raises(StoreUnavailable, match="does not answer, or does not let us in") as caught:
        use(store)
    assert "DESKWARDEN_DATABASE_URL" in caught.value.hint
    store.close()


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
