from __future__ import annotations

from dataclasses import replace

import pytest
from support.memory_desk import CARD

from integration.core.models import Priority, TicketStatus
from integration.core.rows import ReceivedRow
from integration.core.surfaces import Blob, Surface, SurfaceKind
from integration.services import deliveries

JSON = "application/json"


@pytest.fixture
def deliver(store, clock):
    """A delivery that names a ticket, as the receiver leaves it."""

    def make(ticket):
        with store.transaction() as tables:
            tables.due.upsert(
                "acme", f"ticket:{ticket}", due_at=clock.now(), priority=Priority.LIVE
            )

    return make


@pytest.fixture
def work(store, clock, redactor):
    """Work what is due, as a worker does."""

    def make(**changes):
        with store.transaction() as tables:
            claims = tables.due.claim("me", now=clock.now(), lease=60, limit=16)
        for claim in claims:
            redactor(**changes).run(claim.subject.partition(":")[2], claim)

    return make


@pytest.fixture
def newest(store):
    def read(limit=20):
        with store.transaction() as tables:
            return deliveries.newest(tables, "acme", limit=limit)

    return read


@pytest.fixture
def outcomes(newest):
    return lambda: [(came.ticket, came.outcome) for came in newest()]


def test_nothing_came_to_a_fresh_account(newest):
    assert newest() == []


def test_a_delivered_ticket_waits_then_shows_what_came_of_it(
    deliver, work, outcomes, desk, newest, clock
):
    clean, dirty = (desk.write_ticket(desk.message(text)) for text in ("hello", f"card {CARD}"))
    deliver(clean)
    came = clock.now()
    clock.forward(seconds=1)
    deliver(dirty)
    assert outcomes() == [(dirty, "waiting"), (clean, "waiting")]
    assert newest()[-1].at == came
    work()
    assert sorted(outcomes()) == sorted([(dirty, "gone"), (clean, "clean")])


def test_a_ticket_that_a_worker_has_or_has_set_aside_is_said_to_be(deliver, store, clock, newest):
    deliver("t1")
    with store.transaction() as tables:
        (claim,) = tables.due.claim("me", now=clock.now(), lease=60, limit=1)
    assert newest()[0].outcome == "at_work"
    with store.transaction() as tables:
        tables.due.park(claim, reason="forbidden")
    assert (newest()[0].outcome, newest()[0].reason) == ("parked", "forbidden")


def test_a_ticket_that_the_helpdesk_does_not_have_is_said_to_be_none(deliver, work, outcomes):
    deliver("nowhere")
    work()
    assert outcomes() == [("nowhere", "not_found")]


def test_what_is_for_a_person_and_what_was_not_scanned_is_not_called_clean(
    deliver, work, outcomes, desk
):
    unsure = desk.write_ticket(desk.message("My password: Sommer2026!kort"))
    scan = Surface("file:1", SurfaceKind.FILE, Blob("scan.pdf", "application/pdf", 20))
    file = desk.write_ticket(scan)
    deliver(unsure)
    deliver(file)
    work()
    assert sorted(outcomes()) == sorted([(unsure, "to_decide"), (file, "not_scanned")])


def test_a_look_that_no_delivery_asked_for_is_not_listed(desk, redactor, outcomes, store, clock):
    ticket = desk.write_ticket(desk.message("hello"))
    redactor().run(ticket)
    with store.transaction() as tables:
        tables.due.upsert("acme", "ticket:t2", due_at=clock.now(), priority=Priority.RECONCILE)
        tables.due.upsert("acme", "reconcile", due_at=clock.now(), priority=Priority.LIVE)
        tables.audit.append("acme", {"type": "told", "kind": "open"}, at=clock.now())
    assert outcomes() == []


def test_what_became_of_a_ticket_later_stands_in_its_line(deliver, work, desk, outcomes, clock):
    chat = desk.write_ticket(desk.message(f"card {CARD}"), status=TicketStatus.LIVE)
    deliver(chat)
    work()
    assert outcomes() == [(chat, "pending")]
    desk.tickets[chat] = replace(desk.tickets[chat], status=TicketStatus.OPEN)
    clock.forward(hours=1)
    work()
    assert outcomes() == [(chat, "gone")]


def test_what_named_no_ticket_or_was_refused_is_listed_by_what_came_last(store, clock, newest):
    now = clock.now()
    rows = [
        ReceivedRow("acme", "new", 202, 9, now),
        ReceivedRow("acme", "content_type", 415, 3, now),
        ReceivedRow("acme", "unknown_event", 202, 2, clock.forward(seconds=1) or clock.now()),
    ]
    with store.transaction() as tables:
        tables.received.add(rows)
    first, second = newest()
    assert (first.ticket, first.outcome, first.times) == ("", "unknown_event", 2)
    assert (second.outcome, second.reason, second.status) == ("refused", "content_type", 415)
    assert second.times == 3
    assert newest(limit=1) == [first]


def test_only_the_end_of_a_long_chain_is_read(deliver, work, store, clock, desk, newest):
    deliver(desk.write_ticket(desk.message("hello")))
    work()
    with store.transaction() as tables:
        for _ in range(deliveries.LOOK_BACK):
            tables.audit.append("acme", {"type": "told", "kind": "open"}, at=clock.now())
    assert newest() == []


def test_the_newest_that_was_taken_and_the_newest_that_was_refused_are_told_apart(clock):
    rows = [
        ReceivedRow("acme", name, status, 1, clock.now())
        for name, status in (("ping", 200), ("too_large", 413), ("new", 202), ("malformed", 400))
    ]
    assert deliveries.last(rows) == (rows[0], rows[1])
    assert deliveries.last([]) == (None, None)


def test_every_refusal_has_advice_that_names_account_and_types():
    assert "deskwarden secrets hook acme" in deliveries.advice("signature_invalid", "acme", JSON)
    assert deliveries.advice("content_type", "acme", JSON).endswith("application/json")
    assert "README" in deliveries.advice("malformed", "acme", JSON)
