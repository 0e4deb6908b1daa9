"""Statements that go straight to the driver."""

from __future__ import annotations

from contextlib import suppress

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from integration.storage import Database
from integration.storage.driver import run

REMEMBER = (
    "INSERT INTO deliveries (account, delivery_id, subject, at)"
    " VALUES ({}, 'transaction:1', 'ticket:1', 0) RETURNING account, at"
)
MARKS = {"sqlite": "?", "postgresql": "%s"}


@pytest.fixture
def database(database_url):
    database = Database(database_url)
    yield database
    database.dispose()


def remember(connection, account):
    return run(connection, REMEMBER.format(MARKS[connection.dialect.name]), (account,))


def test_the_rows_of_a_statement_come_back(database):
    with database.transaction() as connection:
        assert [tuple(row) for row in remember(connection, "acme")] == [("acme", 0)]
        assert run(connection, "DELETE FROM deliveries") == []


def test_it_belongs_to_the_transaction(database):
    with suppress(ZeroDivisionError), database.transaction() as connection:
        remember(connection, "acme")
        raise ZeroDivisionError
    with database.transaction() as connection:
        assert run(connection, "SELECT account FROM deliveries") == []


def test_an_error_is_that_of_the_toolkit_and_holds_no_value(database):
    with database.transaction() as connection:
        remember(connection, "acme-who-must-not-be-named")
    with pytest.raises(IntegrityError) as caught, database.transaction() as connection:
        remember(connection, "acme-who-must-not-be-named")
    assert isinstance(caught.value, DBAPIError)
    assert caught.value.__cause__ is None
    assert caught.value.params is None
