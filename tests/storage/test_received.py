from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from support.waiting import until

from integration.core.errors import StoreUnavailable
from integration.core.rows import ReceivedRow
from integration.storage import Tally
from integration.storage import tally as tally_module

SECOND = timedelta(seconds=1)


@pytest.fixture
def kept(store):
    """What is counted in the database, and the way in."""

    def keep(rows):
        with store.transaction() as tables:
            tables.received.add(rows)

    def of(account="acme"):
        with store.transaction() as tables:
            return tables.received.of(account)

    keep.of = of
    return keep


@pytest.fixture
def tally(kept, monkeypatch):
    """One whose thread sleeps: the test says when it writes."""
    monkeypatch.setattr(tally_module, "EVERY", 10**6)
    return Tally(kept)


def test_deliveries_are_counted_on_by_what_became_of_them(kept, clock):
    now = clock.now()
    kept([ReceivedRow("acme", "new", 202, 3, now), ReceivedRow("other", "new", 202, 1, now)])
    kept([ReceivedRow("acme", "new", 202, 2, now + SECOND)])
    assert kept.of() == [ReceivedRow("acme", "new", 202, 5, now + SECOND)]


def test_the_newest_says_when_and_with_which_status_whatever_is_written_last(kept, clock):
    now = clock.now()
    kept([ReceivedRow("acme", "malformed", 400, 1, now)])
    kept([ReceivedRow("acme", "malformed", 422, 1, now - SECOND)])
    assert kept.of() == [ReceivedRow("acme", "malformed", 400, 2, now)]


def test_what_came_last_is_first(kept, clock):
    now = clock.now()
    kept([ReceivedRow("acme", "new", 202, 1, now), ReceivedRow("acme", "ping", 200, 1, now)])
    kept([ReceivedRow("acme", "content_type", 415, 1, now + SECOND)])
    assert [row.result for row in kept.of()] == ["content_type", "new", "ping"]


def test_a_removed_account_leaves_no_count(store, kept, clock):
    kept([ReceivedRow(name, "new", 202, 1, clock.now()) for name in ("acme", "other")])
    with store.transaction() as tables:
        tables.accounts.remove("acme")
    assert (kept.of("acme"), len(kept.of("other"))) == ([], 1)


def test_a_tally_writes_down_what_it_counted_once(tally, kept, clock):
    now = clock.now()
    for second in (1, 2, 0):
        tally.count("acme", "new", status=202, at=now + second * SECOND)
    tally.write()
    tally.write()
    assert kept.of() == [ReceivedRow("acme", "new", 202, 3, now + 2 * SECOND)]


def test_what_could_not_be_written_down_is_with_the_next(kept, clock, monkeypatch):
    monkeypatch.setattr(tally_module, "EVERY", 10**6)
    down = [True]

    def keep(rows):
        if down:
            raise StoreUnavailable("full")
        kept(rows)

    tally = Tally(keep)
    tally.count("acme", "new", status=202, at=clock.now())
    tally.write()
    down.clear()
    tally.count("acme", "new", status=202, at=clock.now())
    tally.write()
    assert [row.times for row in kept.of()] == [2]


def test_a_tally_writes_by_itself_soon_after_the_first(kept, clock, monkeypatch):
    monkeypatch.setattr(tally_module, "EVERY", 0.01)
    tally = Tally(kept)
    tally.count("acme", "new", status=202, at=clock.now())
    until(lambda: [row.times for row in kept.of()] == [1])
    tally.count("acme", "new", status=202, at=clock.now())
    until(lambda: [row.times for row in kept.of()] == [2])


def test_a_defect_does_not_end_the_counting(clock, monkeypatch, caplog):
    monkeypatch.setattr(tally_module, "EVERY", 0.01)
    calls = []

    def keep(rows):
        calls.append(rows)
        raise RuntimeError("what it says is not logged")

    tally = Tally(keep)
    tally.count("acme", "new", status=202, at=clock.now())
    until(lambda: calls)
    before = len(calls)
    tally.count("acme", "new", status=202, at=clock.now())
    until(lambda: len(calls) > before)
    assert "RuntimeError" in caplog.text
    assert "what it says" not in caplog.text


def lines(caplog):
    return [record.getMessage() for record in caplog.records]


def test_a_refused_delivery_is_logged_with_account_reason_and_status(tally, clock, caplog):
    caplog.set_level(logging.INFO)
    tally.count("acme", "content_type", status=415, at=clock.now())
    tally.count("", "unknown_account", status=401, at=clock.now())
    tally.count("acme", "new", status=202, at=clock.now())
    tally.write()
    assert lines(caplog) == [
        "delivery refused: account=acme reason=content_type status=415 times=1",
        "delivery refused: account=none reason=unknown_account status=401 times=1",
    ]


def test_a_flood_of_refused_deliveries_is_a_line_a_minute(tally, clock, caplog):
    for _ in range(61):
        for _ in range(10):
            tally.count("acme", "content_type", status=415, at=clock.now())
        tally.write()
        clock.sleep(1)
    assert [line.rpartition(" ")[2] for line in lines(caplog)] == ["times=10", "times=600"]


def test_a_clock_that_is_put_back_silences_nothing(tally, clock, caplog):
    for moved in (0, -3600):
        clock.sleep(moved)
        tally.count("acme", "content_type", status=415, at=clock.now())
        tally.write()
    assert len(lines(caplog)) == 2
