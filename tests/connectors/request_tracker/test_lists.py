"""Transactions are listed by ids that RT gives before it commits: none is skipped for that."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.connectors.request_tracker.conftest import REST, page

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


class Transactions:
    """Transactions as RT lists them, a hundred on a page; some are not committed yet."""

    def __init__(self, server, ids, age=0.0):
        self.ids = set(ids)
        self.age = age
        server.mock.add_callback("GET", f"{REST}/transactions", self.answer)

    def answer(self, request):
        (after, *_) = [
            f["value"] for f in json.loads(request.params["query"]) if f["field"] == "id"
        ]
        found = sorted(i for i in self.ids if i > int(after))
        created = (NOW - timedelta(seconds=self.age)).isoformat()
        rows = [{"id": i, "ObjectId": str(i), "Created": created} for i in found[:100]]
        return 200, {}, json.dumps(page(*rows, more=len(found) > 100))


def walk(connector, cursor, now=NOW):
    """Every ticket from a cursor to the end, and the cursor reached."""
    found = []
    for _ in range(20):
        page_ = connector.changed(cursor, now=now)
        found += [t.id for t in page_.tickets]
        cursor = page_.cursor
        if not page_.more:
            return found, cursor
    pytest.fail("the walk does not end")


def test_what_is_committed_behind_a_full_page_is_listed_by_the_next_walk(server, connect):
    table = Transactions(server, {*range(101, 350)} - {150})
    found, cursor = walk(connect(), "100")
    assert len(found) == 248
    table.ids.add(150)
    found, _ = walk(connect(), cursor)
    assert "150" in found


def test_what_is_committed_behind_a_full_page_while_the_walk_goes_on_is_listed_too(server, connect):
    table = Transactions(server, {*range(101, 350)} - {150}, age=59)
    page_ = connect().changed("100", now=NOW)
    table.ids.add(150)
    _, cursor = walk(connect(), page_.cursor, now=NOW + timedelta(seconds=30))
    found, _ = walk(connect(), cursor)
    assert "150" in found


def test_a_walk_over_settled_pages_is_not_repeated(server, connect):
    Transactions(server, range(101, 350), age=90)
    _, cursor = walk(connect(), "100")
    assert walk(connect(), cursor) == ([], "349")
