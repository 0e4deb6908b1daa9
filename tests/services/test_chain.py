"""A long audit chain is read while others write."""

from __future__ import annotations

import pytest

from integration.services import chain
from integration.storage import audit


@pytest.fixture
def record(store, clock):
    def record(number):
        with store.transaction() as tables:
            tables.audit.append("acme", {"type": "test", "number": number}, at=clock.now())

    return record


@pytest.fixture
def long_chain(record, monkeypatch):
    """A chain of several pages."""
    monkeypatch.setattr(audit, "_PAGE", 2)
    for number in range(5):
        record(number)


def test_others_write_while_a_chain_is_read(store, record, long_chain):
    read = []
    for row in chain.rows(store, "acme"):
        read.append(row.record["number"])
        if len(read) <= 5:
            record(4 + len(read))
    assert read == list(range(10))


def test_a_chain_is_read_on_from_where_the_last_reading_ended(store, long_chain):
    assert [row.seq for row in chain.rows(store, "acme", after=3)] == [4, 5]


def test_a_chain_is_read_from_a_time_on(store, clock, record, long_chain):
    clock.forward(days=1)
    record(5)
    read = chain.rows(store, "acme", since=clock.now())
    assert [row.record["number"] for row in read] == [5]


def test_others_may_write_between_the_pages_of_a_chain_that_is_verified(
    store, record, long_chain, monkeypatch
):
    begin, pages = store.transaction, []

    def counted():
        pages.append(len(pages))
        if len(pages) == 2:
            record(5)
        return begin()

    monkeypatch.setattr(type(store), "transaction", lambda _self: counted())
    assert chain.verify(store, "acme").wrong is None
    assert len(pages) > 3


def test_what_was_verified_is_told_and_not_what_came_after(store, record, long_chain):
    verified = chain.verify(store, "acme")
    record(5)
    assert (verified.last.seq, verified.wrong) == (5, None)
    assert chain.verify(store, "nobody") == (None, None)
