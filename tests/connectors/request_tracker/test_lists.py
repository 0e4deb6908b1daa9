"""Transactions are listed by ids that RT gives before it commits: none is skipped for that."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.connectors.request_tracker.conftest import REST, page

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


class Transactions:
    """Transactions as RT lists them, a hundred on a page; some are not committed yet.

    RT leaves hidden ones out of a page, and looks two pages ahead for one that it may show. Each is
    of a ticket of its number.
    """

    def __init__(self, server, ids, age=0.0, hidden=()):
        self.ids = set(ids)
        self.hidden = set(hidden)
        self.age = age
        server.mock.add_callback("GET", f"{REST}/transactions", self.answer)
        server.mock.add_callback("GET", f"{REST}/tickets", self.tickets)
        server.mock.add_callback("GET", re.compile(f"{REST}/ticket/[0-9]+/history"), self.history)
        self.calls = server.mock.calls

    def answer(self, request):
        (after, *_) = [
            f["value"] for f in json.loads(request.params["query"]) if f["field"] == "id"
        ]
        is_last_first = request.params.get("order") == "DESC"
        found = sorted((i for i in self.ids if i > int(after)), reverse=is_last_first)
        start = (int(request.params["page"]) - 1) * 100
        shown = [i for i in found[start : start + 100] if i not in self.hidden]
        more = not self.hidden.issuperset(found[start + 100 : start + 300])
        return 200, {}, json.dumps(page(*map(self.row, shown), more=more))

    def tickets(self, _request):
        """What we may see, the newest first: RT looks for no other."""
        seen = sorted(self.ids - self.hidden, reverse=True)[:100]
        return 200, {}, json.dumps(page(*({"id": i} for i in seen)))

    def history(self, request):
        (id_,) = re.findall("ticket/([0-9]+)/history", request.url)
        return 200, {}, json.dumps(page(self.row(int(id_))))

    def row(self, id_):
        created = (NOW - timedelta(seconds=self.age)).isoformat()
        return {"id": id_, "ObjectId": str(id_), "Created": created}


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


def test_a_walk_begins_at_the_newest_that_we_may_see_however_many_are_hidden(server, connect):
    table = Transactions(server, range(1, 2001), hidden=range(901, 2001))
    assert connect().changed(None, now=NOW).cursor == "900"
    assert len(table.calls) == 3


def test_a_walk_where_nothing_can_be_seen_begins_at_the_beginning(server, connect):
    Transactions(server, range(1, 500), hidden=range(1, 500))
    assert connect().changed(None, now=NOW).cursor == "0"


@pytest.mark.parametrize("hidden", [150, 350, 20_000])
def test_what_stands_behind_hidden_transactions_is_listed_and_they_are_passed_once(
    server, connect, hidden
):
    ids = range(101, 101 + hidden + 3)
    table = Transactions(server, ids, age=90, hidden=ids[1:-2])
    connector = connect()
    found, cursor = walk(connector, "100")
    later, cursor = walk(connector, cursor)
    assert [*found, *later] == [str(ids[at]) for at in (0, -2, -1)]
    before = len(table.calls)
    assert walk(connector, cursor) == ([], str(ids[-1]))
    assert len(table.calls) - before == 2


def test_a_hidden_end_costs_few_calls_at_each_poll(server, connect):
    table = Transactions(server, range(101, 20_101), age=90, hidden=range(102, 20_101))
    assert walk(connect(), "101") == ([], "101")
    assert len(table.calls) == 4


def test_hidden_transactions_before_young_ones_are_passed_when_those_are_old(server, connect):
    ids = range(101, 5_001)
    Transactions(server, ids, age=5, hidden=ids[:-1])
    connector = connect()
    found, cursor = walk(connector, "100")
    assert (found, cursor) == (["5000"], "100")
    found, cursor = walk(connector, cursor, NOW + timedelta(seconds=60))
    assert (found, cursor) == (["5000"], "5000")


def test_what_is_committed_among_hidden_transactions_that_were_passed_is_listed(server, connect):
    ids = set(range(101, 5_001))
    table = Transactions(server, ids - {150}, age=59, hidden=ids - {150, 5_000})
    connector = connect()
    page_ = connector.changed("100", now=NOW)
    assert (page_.tickets, page_.more) == ((), True)
    table.ids.add(150)
    found, cursor = walk(connector, page_.cursor, NOW + timedelta(seconds=30))
    assert found == ["5000"]
    found, cursor = walk(connector, cursor, NOW + timedelta(seconds=90))
    assert (found, cursor) == (["150"], "150")
    assert walk(connector, cursor, NOW + timedelta(seconds=150)) == (["5000"], "5000")


def test_a_walk_that_an_older_version_has_begun_goes_on_and_comes_again(server, connect):
    Transactions(server, range(101, 350), age=90)
    found, cursor = walk(connect(), "100:200")
    assert (len(found), cursor) == (149, "100")


def test_the_newest_that_is_hidden_before_it_is_listed_ends_the_walk(server, connect):
    table = Transactions(server, range(101, 103), age=90, hidden={101, 102})
    server.mock.replace("GET", f"{REST}/tickets", json=page({"id": 102}))
    assert walk(connect(), "101") == ([], "101")
    assert len(table.calls) < 100
