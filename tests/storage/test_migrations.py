from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from integration.core.errors import PermanentError
from integration.storage import Database, has_records, is_current, migrate, open_store, upgrade
from integration.storage.schema import metadata


@pytest.fixture
def transaction(empty_url):
    database = Database(empty_url)
    yield database.transaction
    database.dispose()


def conditions(index):
    return {name: str(value) for name, value in index.get("dialect_options", {}).items()}


def shape(connection):
    """All tables with columns, keys and indexes, partial ones with their condition."""
    inspector = inspect(connection)
    return {
        table: {
            "columns": [
                (c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)
            ],
            "key": inspector.get_pk_constraint(table)["constrained_columns"],
            "indexes": {
                i["name"]: (i["column_names"], i["unique"], conditions(i))
                for i in inspector.get_indexes(table)
            },
        }
        for table in sorted(inspector.get_table_names())
        if table != "alembic_version"
    }


def test_the_migrations_lead_to_the_tables_that_the_code_knows(empty_url, transaction):
    with transaction() as connection:
        metadata.create_all(connection)
        expected = shape(connection)
        metadata.drop_all(connection)
    upgrade(empty_url)
    with transaction() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert shape(connection) == expected


def test_an_upgrade_may_be_run_again(empty_url, transaction):
    assert not is_current(empty_url)
    upgrade(empty_url)
    assert is_current(empty_url)
    with transaction() as connection:
        before = shape(connection)
    upgrade(empty_url)
    with transaction() as connection:
        assert shape(connection) == before


def test_every_migration_is_named_by_its_revision_and_the_last_name_is_the_newest():
    scripts = ScriptDirectory(str(Path(migrate.__file__).parent / "migrations"))
    assert all(Path(s.path).name[:4] == s.revision for s in scripts.walk_revisions())
    assert scripts.get_heads() == [migrate._NEWEST]


def test_tables_of_a_newer_version_are_left_alone(empty_url, transaction):
    upgrade(empty_url)
    with transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        before = shape(connection)
    with pytest.raises(PermanentError, match="newer version") as caught:
        upgrade(empty_url)
    assert caught.value.reason == "store_schema"
    assert not is_current(empty_url)
    with transaction() as connection:
        assert shape(connection) == before


def test_a_process_that_finds_the_database_current_loads_no_migrations(empty_url):
    upgrade(empty_url)
    code = (
        "import sys; from integration.storage import is_current, upgrade\n"
        "url = sys.stdin.read(); upgrade(url); assert is_current(url)\n"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], input=empty_url, text=True, check=True)


def test_a_database_was_used_once_an_audit_chain_was_begun(empty_url, clock):
    assert not has_records(empty_url, proof="a.key")
    upgrade(empty_url)
    assert not has_records(empty_url, proof="a.key")
    store = open_store(empty_url, clock=clock, audit_key=b"audit key")
    with store.transaction() as tables:
        tables.audit.append("acme", {"type": "account.tested"}, at=clock.now())
    store.close()
    assert has_records(empty_url, proof="a.key")


def test_a_database_was_used_once_a_key_was_made_for_it(empty_url, clock):
    upgrade(empty_url)
    store = open_store(empty_url, clock=clock, audit_key=b"audit key")
    with store.transaction() as tables:
        tables.values.put("", "a.key", {"made": True})
        tables.values.put("acme", "b.key", {"made": True})
    store.close()
    assert has_records(empty_url, proof="a.key")
    assert not has_records(empty_url, proof="b.key")


def test_asking_whether_there_are_records_makes_no_file(tmp_path):
    file = tmp_path / "folder" / "x.db"
    assert not has_records(f"sqlite:///{file}", proof="a.key")
    assert not file.parent.exists()


def test_an_upgrade_that_fails_leaves_nothing_behind(empty_url, transaction, monkeypatch):
    class PulledThePlug(Exception):
        pass

    def fail(*_, **__):
        raise PulledThePlug

    monkeypatch.setattr("alembic.op.create_index", fail)
    with pytest.raises(PulledThePlug):
        upgrade(empty_url)
    with transaction() as connection:
        assert shape(connection) == {}


def test_a_store_that_was_not_upgraded_says_what_to_do(empty_url, clock):
    store = open_store(empty_url, clock=clock, audit_key=b"audit key")
    with pytest.raises(PermanentError) as caught, store.transaction() as tables:
        tables.accounts.list()
    assert caught.value.reason == "store_schema"
    assert caught.value.hint == "deskwarden db upgrade"
    store.close()


def test_a_sweep_that_was_under_way_before_its_tickets_were_remembered_begins_anew(
    empty_url, transaction
):
    scripts = Path(migrate.__file__).parent / "migrations"
    with transaction() as connection:
        config = Config()
        config.set_main_option("script_location", str(scripts))
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
        for name in ("sweep", "reconcile"):
            values = {"name": name}
            connection.execute(
                text("INSERT INTO named_values VALUES ('acme', :name, '{}')"), values
            )
    upgrade(empty_url)
    with transaction() as connection:
        assert connection.execute(text("SELECT name FROM named_values")).scalars().all() == [
            "reconcile"
        ]
