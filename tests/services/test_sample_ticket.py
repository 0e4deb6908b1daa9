"""A sample that is asked about in a ticket, and the replies to it."""

from __future__ import annotations

import random
from contextlib import contextmanager
from dataclasses import replace

import pytest
from support.memory_desk import CARD

from integration.core.errors import HelpdeskUnavailable, NotFound, PermanentError
from integration.core.findings.sample_texts import row_id
from integration.core.models import TicketStatus
from integration.core.policy import Policy
from integration.core.surfaces import Direction, Role, SurfaceKind
from integration.services import sample_ticket
from integration.services.evaluate import summary
from integration.services.sample_ticket import offer, read_answers

PARCEL = "your parcel 1234 5678 9012 3456 7"


@pytest.fixture
def ask(desk, store, clock):
    def make(size=100):
        rng = random.Random(3)
        return offer("acme", desk, store, Policy(), clock, size=size, rng=rng)

    return make


@pytest.fixture
def read(desk, store):
    return lambda: read_answers("acme", desk, store)


@pytest.fixture
def names(store):
    def listed():
        with store.transaction() as tables:
            return [row_id(row) for row in tables.verdicts.list("acme")]

    return listed


def reply(desk, ticket, text, **facts):
    by_agent = {"role": Role.AGENT, "direction": Direction.INTERNAL, "kind": SurfaceKind.NOTE}
    desk.surfaces[ticket].append(desk.message(text, **(by_agent | facts)))


def write(desk, *texts):
    return [desk.write_ticket(desk.message(text), url="https://desk.example/1") for text in texts]


def total(store):
    with store.transaction() as tables:
        return summary(tables, "acme")


def test_the_finds_are_listed_by_place_and_link(desk, ask, names):
    write(desk, f"card {CARD}", f"card {CARD} cvc 123", PARCEL, "hello")
    ticket, listed = ask()
    assert listed == 3
    text = desk.text_of(ticket)
    assert all(name in text for name in names())
    assert "https://desk.example/1" in text
    assert "1111" not in text
    assert [act[0] for act in desk.acts] == ["create_ticket"]


def test_replies_of_agents_are_read_and_the_last_one_counts(desk, ask, read, names, store):
    write(desk, f"card {CARD}", f"card {CARD}")
    ticket, _ = ask()
    first, second = names()
    reply(desk, ticket, f"{first} ok\n{second} ok")
    reply(desk, ticket, f"<p>{second}: wrong</p>", media_type="text/html")
    assert read() == 2
    assert total(store).by_kind == {"PAN": (1, 2)}
    assert desk.tickets[ticket].status is TicketStatus.CLOSED


def test_what_is_not_answered_waits_and_counts_for_nothing(desk, ask, read, names, store):
    write(desk, f"card {CARD}", f"card {CARD}")
    ticket, _ = ask()
    reply(desk, ticket, f"{names()[0]} ok")
    assert read() == 1
    assert total(store).by_kind == {"PAN": (1, 1)}
    assert desk.tickets[ticket].status is TicketStatus.OPEN
    assert read() == 0


def test_only_agents_are_heard(desk, ask, read, names):
    write(desk, f"card {CARD}")
    ticket, _ = ask()
    reply(desk, ticket, f"{names()[0]} ok", role=Role.REQUESTER, direction=Direction.INBOUND)
    assert read() == 0


def test_a_find_is_asked_about_once(desk, ask):
    write(desk, f"card {CARD}")
    assert ask()[1] == 1
    assert ask() == ("", 0)


def test_what_does_not_fit_in_one_ticket_stands_in_the_next(desk, ask, read, names, monkeypatch):
    monkeypatch.setattr(sample_ticket, "MOST", 2)
    write(desk, *[f"card {CARD}"] * 3)
    (first, two), (second, one) = ask(), ask()
    assert (two, one) == (2, 1)
    assert first != second
    for ticket in (first, second):
        listed = [name for name in names() if name in desk.text_of(ticket)]
        reply(desk, ticket, "\n".join(f"{name} ok" for name in listed))
    assert read() == 3


def test_a_ticket_that_a_crash_left_behind_is_taken_over(desk, ask, read, store):
    write(desk, f"card {CARD}")
    ticket, _ = ask()
    with store.transaction() as tables:
        tables.values.put("acme", sample_ticket.STATE, {"tickets": [], "rows": []})
    assert ask() == (ticket, 1)
    assert len([act for act in desk.acts if act[0] == "create_ticket"]) == 1


def test_one_that_a_crash_left_behind_and_somebody_threw_away_is_made_anew(desk, ask, store):
    write(desk, f"card {CARD}")
    ticket, _ = ask()
    desk.set_status(ticket, TicketStatus.DELETED)
    with store.transaction() as tables:
        tables.values.put("acme", sample_ticket.STATE, {"tickets": [], "rows": []})
    again, listed = ask()
    assert (again != ticket, listed) == (True, 1)


class Killed(Exception):
    """The process ends."""


@contextmanager
def dying_once_made(desk, monkeypatch):
    make = desk.create_ticket

    def and_die(draft):
        make(draft)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(desk, "create_ticket", and_die)
        yield


def listed_in(desk, tickets, names):
    return [name for ticket in tickets for name in names if name in desk.text_of(ticket)]


@pytest.mark.parametrize("size", [100, 90])
def test_after_a_crash_each_find_stands_in_one_ticket_and_none_is_forgotten(
    desk, ask, names, monkeypatch, size
):
    monkeypatch.setattr(sample_ticket, "MOST", 5)
    write(desk, *[f"card {CARD}"] * 8)
    with dying_once_made(desk, monkeypatch), pytest.raises(Killed):
        ask()
    (first, five), (second, three) = ask(size), ask(size)
    assert (five, three) == (5, 3)
    assert sorted(listed_in(desk, (first, second), names())) == sorted(names())
    assert len(names()) == 8
    assert ask(size) == ("", 0)


def test_a_crash_before_a_small_ticket_was_recorded_and_a_larger_sample_ask_nothing_twice(
    desk, ask, names, monkeypatch
):
    write(desk, *[f"card {CARD}"] * 8)
    with dying_once_made(desk, monkeypatch), pytest.raises(Killed):
        ask(3)
    (first, three), (second, five) = ask(), ask()
    assert (three, five) == (3, 5)
    assert sorted(listed_in(desk, (first, second), names())) == sorted(names())


def test_finds_of_a_run_that_was_killed_while_it_read_share_the_next_ticket(
    desk, ask, names, monkeypatch
):
    monkeypatch.setattr(sample_ticket, "MOST", 5)
    write(desk, *[f"card {CARD}"] * 8)
    fetch = desk.fetch

    def fetch_three(ticket_id, **kw):
        if len(names()) == 3:
            raise Killed
        return fetch(ticket_id, **kw)

    with monkeypatch.context() as patch:
        patch.setattr(desk, "fetch", fetch_three)
        with pytest.raises(Killed):
            ask()
    assert len(names()) == 3
    (first, five), (second, three) = ask(), ask()
    assert (five, three) == (5, 3)
    assert sorted(listed_in(desk, (first, second), names())) == sorted(names())


def test_a_ticket_that_was_deleted_is_no_failure(desk, ask, read):
    write(desk, f"card {CARD}")
    ticket, _ = ask()
    del desk.tickets[ticket]
    assert read() == 0


def test_a_ticket_that_could_not_be_closed_is_closed_at_the_next_reading(
    desk, ask, read, names, monkeypatch, store
):
    write(desk, f"card {CARD}")
    ticket, _ = ask()
    reply(desk, ticket, f"{names()[0]} ok")

    def unavailable(_ticket, _status):
        raise HelpdeskUnavailable("503")

    with monkeypatch.context() as patch:
        patch.setattr(desk, "set_status", unavailable)
        with pytest.raises(HelpdeskUnavailable):
            read()
    assert total(store).by_kind == {"PAN": (1, 1)}
    assert read() == 0
    assert desk.tickets[ticket].status is TicketStatus.CLOSED
    calls = desk.calls
    assert read() == 0
    assert desk.calls == calls


def test_a_ticket_that_was_deleted_before_it_was_closed_keeps_no_other_open(
    desk, ask, read, names, monkeypatch
):
    monkeypatch.setattr(sample_ticket, "MOST", 1)
    write(desk, f"card {CARD}", f"card {CARD}")
    (first, _), (second, _) = ask(), ask()
    for ticket in (first, second):
        listed = listed_in(desk, [ticket], names())
        reply(desk, ticket, "\n".join(f"{name} ok" for name in listed))
    close = desk.set_status

    def gone(ticket, status):
        if ticket == first:
            raise NotFound("no such ticket")
        close(ticket, status)

    monkeypatch.setattr(desk, "set_status", gone)
    assert read() == 2
    assert desk.tickets[second].status is TicketStatus.CLOSED


def test_a_ticket_that_we_may_not_close_is_left_to_a_person(desk, ask, read, names):
    write(desk, f"card {CARD}")
    ticket, _ = ask()
    reply(desk, ticket, f"{names()[0]} ok")
    desk.deny = frozenset({"set_status"})
    assert (read(), read()) == (1, 0)
    assert desk.tickets[ticket].status is TicketStatus.OPEN


def test_without_a_question_nothing_is_read(desk, read):
    assert read() == 0
    assert desk.calls == 0


def test_a_text_that_looks_like_a_card_is_not_sent(desk, ask):
    (ticket,) = write(desk, f"card {CARD}")
    desk.tickets[ticket] = replace(desk.tickets[ticket], code=f"card {CARD}")
    with pytest.raises(PermanentError):
        ask()
    assert desk.acts == []


def test_the_tickets_are_due_to_be_read_while_a_find_in_them_waits(
    desk, store, clock, ask, names, read
):
    def due():
        with store.transaction() as tables:
            sample_ticket.make_due(tables, "acme", now=clock.now())
            found = {row["subject"]: row["parked"] for row in tables.due.rows("acme")}
        return "sample" in found, found.get("sample")

    def claim():
        with store.transaction() as tables:
            return tables.due.claim_one("w", "acme", "sample", now=clock.now(), lease=60)

    assert due() == (False, None)
    write(desk, f"card {CARD}")
    ticket, _ = ask()
    assert due() == (True, None)
    taken = claim()
    with store.transaction() as tables:
        tables.due.park(taken, reason="forbidden")
    assert due() == (True, "forbidden")
    (name,) = names()
    reply(desk, ticket, f"{name} ok")
    read()
    with store.transaction() as tables:
        tables.due.replay("acme", now=clock.now())
    taken = claim()
    with store.transaction() as tables:
        tables.due.finish(taken)
    assert due() == (False, None)
