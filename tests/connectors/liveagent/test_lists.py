from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from connectors.liveagent import paging
from integration.core.errors import HelpdeskUnavailable, PermanentError

V3 = "https://acme.ladesk.com/api/v3"
NOW = datetime(2026, 4, 2, 12, 0, tzinfo=UTC)
FORMAT = "%Y-%m-%d %H:%M:%S"


class Account:
    """A ticket list as LiveAgent serves it; `obeys` names the parameters that it honours."""

    most = 1000
    """Rows of a page, whatever is asked for."""

    def __init__(self, edge, obeys=("sort", "filter", "page")) -> None:
        self.rows: list[dict[str, str]] = []
        self.asked: list[dict[str, str]] = []
        self.obeys = obeys
        self.refuses = ""
        edge.add_callback("GET", f"{V3}/tickets", self.answer)

    def add(self, ticket_id: str, changed: datetime, created: datetime | None = None) -> None:
        self.rows.append(
            {
                "id": ticket_id,
                "status": "N",
                "subject": f"about {ticket_id}",
                "date_changed": changed.strftime(FORMAT),
                "date_created": (created or changed).strftime(FORMAT),
            }
        )

    def answer(self, request):
        asked = {k: v[0] for k, v in parse_qs(urlsplit(request.url).query).items()}
        self.asked.append(asked)
        rows = list(self.rows)
        filters = json.loads(asked.get("_filters", "[]"))
        if any(operator == self.refuses for _, operator, _ in filters):
            return 400, {}, json.dumps({"message": "Incorrect _filters parameter value"})
        if "filter" in self.obeys:
            for field, operator, value in filters:
                if operator == "D>=":
                    rows = [r for r in rows if r[field] >= value]
                elif operator == "E" and "equality" in self.obeys:
                    rows = [r for r in rows if value == r[field]]
                else:
                    rows = [r for r in rows if value.strip("%") in r[field]]
        if "sort" in self.obeys:
            rows.sort(key=lambda r: r[asked["_sortField"]], reverse=asked["_sortDir"] == "DESC")
        size = min(int(asked["_perPage"]), self.most)
        start = (int(asked["_page"]) - 1) * size if "page" in self.obeys else 0
        return 200, {}, json.dumps(rows[start : start + size])


@pytest.fixture(autouse=True)
def small_pages(monkeypatch):
    monkeypatch.setattr(paging, "PER_PAGE", 5)


def walk(step, cursor, limit=50):
    """Every ticket id from a cursor to the end, and the cursor reached."""
    ids: list[str] = []
    for _ in range(limit):
        page = step(cursor)
        ids += [t.id for t in page.tickets]
        cursor = page.cursor
        if not page.more:
            return ids, cursor
    pytest.fail("the walk does not end")


def test_the_first_cursor_starts_now_and_costs_nothing(desk):
    page = desk.changed(None, now=NOW)

    assert (page.tickets, page.more, desk.client.calls) == ((), False, 0)


def test_changes_are_asked_for_with_a_day_of_overlap_in_the_accounts_own_time(desk, edge):
    account = Account(edge)
    cursor = desk.changed(None, now=NOW).cursor

    desk.changed(cursor, now=NOW + timedelta(minutes=1))

    asked = account.asked[0]
    assert json.loads(asked["_filters"]) == [["date_changed", "D>=", "2026-04-01 14:00:00"]]
    assert (asked["_sortField"], asked["_sortDir"]) == ("date_changed", "ASC")


@pytest.mark.parametrize(
    "obeys",
    [("sort", "filter", "page"), ("filter", "page"), ("sort", "filter")],
    ids=["all", "no_sort", "no_page"],
)
def test_every_change_is_seen_over_many_pages(desk, edge, obeys):
    account = Account(edge, obeys)
    cursor = desk.changed(None, now=NOW).cursor
    for n in (7, 3, 11, 1, 9, 5, 2, 12, 4, 8, 10, 6):
        account.add(f"t{n}", NOW + timedelta(hours=3, minutes=n))

    ids, _ = walk(lambda c: desk.changed(c, now=NOW + timedelta(hours=4)), cursor)

    assert set(ids) == {f"t{n}" for n in range(1, 13)}


def test_more_changes_in_one_second_than_a_page_holds_are_all_seen(desk, edge):
    account = Account(edge)
    cursor = desk.changed(None, now=NOW).cursor
    for n in range(13):
        account.add(f"t{n}", NOW + timedelta(hours=3))

    ids, _ = walk(lambda c: desk.changed(c, now=NOW), cursor)

    assert set(ids) == {f"t{n}" for n in range(13)}


@pytest.mark.parametrize(
    "obeys", [("sort", "filter", "page"), ("filter", "page")], ids=["all", "no_sort"]
)
def test_every_change_is_seen_where_a_page_holds_fewer_rows_than_asked_for(
    desk, edge, obeys, monkeypatch
):
    monkeypatch.setattr(paging, "PER_PAGE", 500)
    account = Account(edge, obeys)
    account.most = 100
    cursor = desk.changed(None, now=NOW).cursor
    for n in range(150):
        account.add(f"t{n}", NOW + timedelta(hours=3, seconds=n))

    ids, _ = walk(lambda c: desk.changed(c, now=NOW + timedelta(hours=4)), cursor)

    assert set(ids) == {f"t{n}" for n in range(150)}


def test_a_second_with_more_changes_than_the_only_page_there_is_ends_no_walk(
    desk, edge, monkeypatch
):
    monkeypatch.setattr(paging, "PER_PAGE", 500)
    account = Account(edge, ("sort", "filter"))
    account.most = 100
    cursor = desk.changed(None, now=NOW).cursor
    for n in range(150):
        account.add(f"t{n}", NOW + timedelta(hours=3))

    with pytest.raises(HelpdeskUnavailable, match="tickets was not read to its end"):
        walk(lambda c: desk.changed(c, now=NOW + timedelta(hours=4)), cursor)


def test_a_ticket_that_changes_during_the_walk_hides_no_other(desk, edge):
    account = Account(edge)
    cursor = desk.changed(None, now=NOW).cursor
    for n in range(12):
        account.add(f"t{n:02}", NOW + timedelta(hours=3, minutes=n))
    page = desk.changed(cursor, now=NOW)
    account.rows = [r for r in account.rows if r["id"] != "t00"]
    account.add("t00", NOW + timedelta(hours=5))

    ids, _ = walk(lambda c: desk.changed(c, now=NOW), page.cursor)

    assert {t.id for t in page.tickets} | set(ids) == {f"t{n:02}" for n in range(12)}


def test_the_next_round_begins_where_this_one_began(desk, edge):
    account = Account(edge)
    cursor = desk.changed(None, now=NOW).cursor
    begun = NOW + timedelta(days=3)

    _, cursor = walk(lambda c: desk.changed(c, now=begun), cursor)
    desk.changed(cursor, now=begun + timedelta(minutes=1))

    assert json.loads(account.asked[-1]["_filters"])[0][2] == "2026-04-04 14:00:00"


def test_the_next_round_begins_where_this_one_began_however_long_it_took(desk, edge):
    account = Account(edge)
    cursor = desk.changed(None, now=NOW).cursor
    for n in range(7):
        account.add(f"t{n}", NOW + timedelta(hours=3, minutes=n))
    begun = NOW + timedelta(days=3)

    page = desk.changed(cursor, now=begun)
    last = desk.changed(page.cursor, now=begun + timedelta(hours=2))
    desk.changed(last.cursor, now=begun + timedelta(hours=3))

    assert (page.more, last.more) == (True, False)
    assert json.loads(account.asked[-1]["_filters"])[0][2] == "2026-04-04 14:00:00"


def test_history_goes_through_all_tickets_by_creation_and_can_be_resumed(desk, edge, make):
    account = Account(edge)
    for n in range(12):
        account.add(f"t{n:02}", NOW, created=NOW - timedelta(days=400 - n))
    first = desk.history(None, since=None)

    ids, _ = walk(lambda c: make().history(c, since=None), first.cursor)

    assert {t.id for t in first.tickets} | set(ids) == {f"t{n:02}" for n in range(12)}
    assert first.tickets[0].id == "t00"
    assert first.tickets[0].created is not None


def test_a_ticket_that_two_pages_of_history_share_is_listed_once(desk, edge):
    account = Account(edge)
    for n in range(12):
        account.add(f"t{n:02}", NOW, created=NOW - timedelta(days=400 - n))

    ids, _ = walk(lambda c: desk.history(c, since=None), None)

    assert sorted(ids) == [f"t{n:02}" for n in range(12)]


@pytest.mark.parametrize(
    ("subject", "owner", "ours"),
    [
        ("Card data [DW-abcd]", "deskwarden@acme.no", True),
        ("Card data [DW-abcd]", "", True),
        ("Re: Card data [DW-abcd]", "kari@customer.example", False),
        ("Parcel", "deskwarden@acme.no", False),
    ],
    ids=["ours", "owner_not_told", "a_customers", "without_a_mark"],
)
def test_history_knows_the_tickets_that_we_wrote(desk, edge, subject, owner, ours):
    account = Account(edge)
    account.add("t1", NOW)
    account.rows[0] |= {"subject": subject, "owner_email": owner}

    (ref,) = desk.history(None, since=None).tickets

    assert ref.ours is ours


def test_history_since_a_date_leaves_older_tickets_alone(desk, edge):
    account = Account(edge)
    account.add("old", NOW, created=NOW - timedelta(days=9))
    account.add("new", NOW, created=NOW - timedelta(days=1))

    ids, _ = walk(lambda c: desk.history(c, since=NOW - timedelta(days=3)), None)

    assert ids == ["new"]


def test_a_state_of_a_ticket_is_named_once_a_page(desk, edge):
    account = Account(edge)
    cursor = desk.changed(None, now=NOW).cursor
    account.add("twice", NOW)
    account.add("twice", NOW)

    page = desk.changed(cursor, now=NOW)

    assert [(t.id, t.changed) for t in page.tickets] == [("twice", "2026-04-02 12:00:00")]


@pytest.mark.parametrize("cursor", ["", "{", "[]", '{"other": 1}', "null"])
def test_a_cursor_that_is_not_ours_starts_anew(desk, cursor):
    assert desk.changed(cursor, now=NOW).tickets == ()


@pytest.mark.parametrize(
    "obeys", [("sort", "filter", "page"), ("page",)], ids=["all", "no_filter_no_sort"]
)
def test_our_tickets_are_found_by_marker_newest_first(desk, edge, obeys):
    account = Account(edge, obeys)
    for n in range(7):
        account.add(f"other{n}", NOW)
    account.add("dw-1-old", NOW - timedelta(days=2))
    account.add("dw-1-new", NOW - timedelta(days=1))
    account.add("dw-1-deleted", NOW)
    account.rows[-1]["status"] = "X"

    assert desk.find_tickets("dw-1") == ("dw-1-new", "dw-1-old")


def test_our_tickets_are_found_beyond_a_page_with_fewer_rows_than_asked_for(
    desk, edge, monkeypatch
):
    monkeypatch.setattr(paging, "PER_PAGE", 500)
    account = Account(edge, ("page", "sort"))
    account.most = 100
    for n in range(150):
        account.add(f"other{n}", NOW)
    account.add("dw-1-ours", NOW - timedelta(days=1))

    assert desk.find_tickets("dw-1") == ("dw-1-ours",)


def test_a_search_whose_pages_are_all_the_same_ends_at_the_second(desk, edge):
    account = Account(edge, ())
    for n in range(7):
        account.add(f"other{n}", NOW)

    assert desk.find_tickets("dw-1") == ()
    assert desk.client.calls == 4, "two for each operator"


def test_a_version_that_does_not_know_the_documented_operator_is_searched_in_the_other_way(
    desk, edge
):
    account = Account(edge, ("sort", "filter", "page"))
    account.add("dw-1-ours", NOW)
    account.refuses = "E"
    assert desk.find_tickets("dw-1") == ("dw-1-ours",)


def test_a_search_that_is_refused_in_every_way_is_an_error_not_an_empty_answer(desk, edge):
    edge.get(f"{V3}/tickets", status=400, json={"message": "no"})
    with pytest.raises(PermanentError):
        desk.find_tickets("dw-1")


def test_where_the_undocumented_operator_is_refused_the_documented_one_is_believed(desk, edge):
    account = Account(edge, ("sort", "filter", "page"))
    account.add("other", NOW)
    account.refuses = "LIKE"
    assert desk.find_tickets("dw-1") == ()


def test_once_the_documented_operator_has_found_a_marker_one_search_is_enough(make, edge):
    account = Account(edge, ("sort", "filter", "page"))
    account.add("dw-selftest", NOW)
    desk = make()
    assert desk.find_tickets("dw-1") == ()
    assert desk.client.calls == 2, "nothing is proved yet"
    assert desk.find_tickets("dw-selftest") == ("dw-selftest",)
    assert desk.client.calls == 3
    assert desk.find_tickets("dw-1") == ()
    assert desk.client.calls == 4


def test_what_was_proved_of_searching_is_known_to_the_next_connector(make, edge):
    Account(edge, ("sort", "filter", "page"))
    desk = make({"e_contains": True})
    assert desk.find_tickets("dw-1") == ()
    assert desk.client.calls == 1


def test_where_that_operator_means_equality_the_other_is_asked_each_time(make, edge):
    account = Account(edge, ("sort", "filter", "page", "equality"))
    account.add("dw-1-ours", NOW)
    desk = make()
    for calls in (2, 4):
        assert desk.find_tickets("dw-1") == ("dw-1-ours",)
        assert desk.client.calls == calls


def test_a_search_that_is_not_heeded_proves_nothing(make, edge):
    account = Account(edge, ("sort", "page"))
    account.add("dw-1-ours", NOW)
    account.add("other", NOW)
    desk = make()
    assert desk.find_tickets("dw-1") == ("dw-1-ours",)
    assert desk.find_tickets("dw-2") == ()
    assert desk.client.calls == 3


def test_an_operator_that_is_refused_all_at_once_is_replaced_by_the_other(make, edge):
    account = Account(edge, ("sort", "filter", "page"))
    account.add("dw-1-ours", NOW)
    account.refuses = "E"
    assert make({"e_contains": True}).find_tickets("dw-1") == ("dw-1-ours",)
