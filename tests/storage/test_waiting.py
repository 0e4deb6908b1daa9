from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from integration.core.errors import PermanentError
from integration.core.rows import WaitingRow
from tests.storage.test_tables import CARD


@pytest.fixture
def row(clock):
    return WaitingRow("acme", "t1", clock.now(), 2, {"hits": {"PAN": 2}, "exposure_ms": None})


def test_what_waits_is_read_as_it_was_saved_and_ends(store, row):
    with store.transaction() as tables:
        assert tables.waiting.get("acme", "t1") is None
        tables.waiting.save(row)
        tables.waiting.save(replace(row, account="other"))
        changed = replace(row, places=3, since=row.since + timedelta(seconds=1))
        tables.waiting.save(changed)
    with store.transaction() as tables:
        assert tables.waiting.get("acme", "t1") == changed
        tables.waiting.end("acme", "t1")
        tables.waiting.end("acme", "t2")
        assert tables.waiting.get("acme", "t1") is None
        assert tables.waiting.get("other", "t1") == replace(row, account="other")


def test_how_much_waits_is_counted_by_account(store, row):
    with store.transaction() as tables:
        assert tables.waiting.count("acme") == (0, 0)
        for ticket in ("t1", "t2"):
            tables.waiting.save(replace(row, ticket=ticket))
        tables.waiting.save(replace(row, account="other"))
        assert tables.waiting.count("acme") == (2, 4)


def test_what_waited_in_a_removed_account_is_forgotten(store, row):
    with store.transaction() as tables:
        for account in ("acme", "other"):
            tables.waiting.save(replace(row, account=account))
        tables.accounts.remove("acme")
        assert (tables.waiting.count("acme").tickets, tables.waiting.count("other").tickets) == (
            0,
            1,
        )


def test_no_card_data_is_kept_with_it(store, row):
    with store.transaction() as tables, pytest.raises(PermanentError):
        tables.waiting.save(replace(row, said={"x": CARD}))
