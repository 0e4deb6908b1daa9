"""The helpdesk errs: it refuses, hangs, cuts its answers, or does the thing and says it failed."""

from __future__ import annotations

import time
from datetime import timedelta
from email.utils import format_datetime

import pytest

BROKEN = {
    "429 for seconds": {"status": 429, "retry_after": "1"},
    "500": {"status": 500},
    "503 for seconds": {"status": 503, "retry_after": "1"},
    "hangs past the lease": {"kind": "hang", "seconds": 6.5, "status": 504},
    "cut": {"kind": "cut"},
    "half a body": {"kind": "truncate"},
    "no body": {"kind": "empty"},
}
UNHEARD = {
    "500": {"status": 500, "after": True},
    "502": {"status": 502, "after": True},
    "hangs past the lease": {"kind": "hang", "seconds": 6.5, "status": 504, "after": True},
}


@pytest.fixture(autouse=True)
def we_deliver(service):
    service.only_we_deliver()


def test_reads_that_fail_in_every_way_are_repeated(service):
    planted = service.write_tickets(2 * len(BROKEN))
    for item, what in zip(planted, [*BROKEN.values()] * 2, strict=True):
        part = "/messages" if planted.index(item) % 2 else ""
        service.fault(f"/api/v3/tickets/{item.ticket}{part}", method="GET", **what)
    assert service.takes(*planted)
    service.settle()


def test_copies_that_may_or_may_not_have_been_posted_stand_once(service):
    ways = [*BROKEN.values(), *UNHEARD.values()]
    planted = service.write_tickets(len(ways))
    for item, what in zip(planted, ways, strict=True):
        service.fault(f"/api/conversations/{item.ticket}/messages", method="POST", **what)
    assert service.takes(*planted)
    service.settle()


def test_deletions_that_may_or_may_not_have_happened_are_looked_at_again(service):
    ways = [*BROKEN.values(), *UNHEARD.values()]
    planted = service.write_tickets(len(ways))
    for item, what in zip(planted, ways, strict=True):
        service.fault(f"/api/v3/messages/{service.message_of(item)}", method="DELETE", **what)
    assert service.takes(*planted)
    service.settle()


@pytest.mark.parametrize(
    "what",
    [
        pytest.param({"status": 500, "after": True}, id="an error"),
        pytest.param({"kind": "cut"}, id="half an answer"),
    ],
)
def test_a_decision_ticket_that_was_made_with_an_error_is_not_made_again(service, what):
    planted = service.write_tickets(3, code=True)
    service.fault("/api/v3/tickets", method="POST", **what)
    assert service.takes(*planted)
    service.settle()


def test_a_429_with_a_date_stops_the_account_until_then(service):
    now = service.stage.runtime.clock.now
    first, second = service.write_tickets(2)
    until = (now() + timedelta(seconds=7)).replace(microsecond=0)
    date = format_datetime(until, usegmt=True)
    service.fault(f"/api/v3/tickets/{first.ticket}", status=429, retry_after=date)
    assert service.takes(first)
    service.wait_for_retry(first)
    assert service.takes(second)
    while now() < until - timedelta(seconds=0.5):
        assert service.still_readable() == {first.ticket, second.ticket}, "worked too early"
        time.sleep(0.1)
    service.settle()
    assert now() < until + timedelta(seconds=6), "worked too late"


def test_a_429_without_a_time_is_waited_out(service):
    (item,) = service.write_tickets(1)
    service.fault(f"/api/v3/tickets/{item.ticket}", status=429)
    assert service.takes(item)
    row = service.wait_for_retry(item)
    assert row["last_reason"] == "rate_limited"
    # The time is not waited for: a flushed Valkey forgets it, and the row is made due.
    service.stage.runtime.redis.flushall()
    service.make_due(f"ticket:{item.ticket}")
    service.settle()
