"""A chat that does not end: looked at less often, told after a time, cleaned at its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from support.memory_desk import CARD, OTHER_CARD
from support.rig import ACCOUNT, Rig

from integration.core.findings.journal_texts import render_day
from integration.core.findings.model import State
from integration.core.findings.texts import render
from integration.core.models import Priority, TicketStatus
from integration.services import journal, waiting

pytestmark = pytest.mark.exhaustive  # hours of looks, each of which is like any other ticket's

POLL = timedelta(seconds=30)
"""A worker comes no more often."""


@pytest.fixture
def rig(tmp_path):
    rig = Rig(tmp_path)
    yield rig
    rig.close()


@pytest.fixture
def chat(rig):
    """A running chat with a card in it, as the first look leaves it."""
    ticket = rig.desk.write_ticket(rig.desk.message(f"card {CARD}"), status=TicketStatus.LIVE)
    rig.make_due(ticket)
    rig.run()
    return ticket


@pytest.fixture
def impatient(rig):
    """A chat is told after two hours, and not after a day of looks."""
    rig.policy = replace(rig.policy, chat_hours=2)


def end(rig, ticket):
    rig.desk.tickets[ticket] = replace(rig.desk.tickets[ticket], status=TicketStatus.OPEN)


def records(rig):
    with rig.store.transaction() as tables:
        return [row.record for row in tables.audit.rows(ACCOUNT)]


def due_in(rig):
    with rig.store.transaction() as tables:
        (row,) = tables.due.rows(ACCOUNT)
        (claim,) = tables.due.claim(
            "looks", now=rig.clock.time + timedelta(days=9), lease=1, limit=1
        )
        tables.due.put_back(claim)
    assert row["priority"] == Priority.RECHECK
    return claim.due_at - rig.clock.time


def found(rig):
    with rig.store.transaction() as tables:
        return {f.cause: f for f in tables.findings.list(ACCOUNT)}


def next_due(rig):
    with rig.store.transaction() as tables:
        rows = tables.due.rows(ACCOUNT)
    return min((datetime.fromisoformat(row["due_at"]) for row in rows), default=rig.clock.time)


def stay(rig, **time):
    """Let the time pass, with a worker that comes whenever something is due; how often it did."""
    until, looks = rig.clock.time + timedelta(**time), 0
    while rig.clock.time < until:
        rig.clock.time = min(max(next_due(rig), rig.clock.time + POLL), until)
        before = rig.desk.calls
        rig.run()
        looks += rig.desk.calls > before
    return looks


def test_a_chat_is_looked_at_less_and_less_often(rig, chat):
    assert timedelta(seconds=50) < due_in(rig) <= waiting.SOONEST
    rig.clock.forward(minutes=20)
    rig.run()
    assert timedelta(minutes=4) < due_in(rig) < timedelta(minutes=6)
    rig.clock.forward(hours=5)
    rig.run()
    assert waiting.SOONEST < due_in(rig) <= waiting.LATEST
    assert stay(rig, hours=2) <= 12


def test_a_delivery_about_a_chat_wakes_it_at_once(rig, chat):
    rig.clock.forward(hours=5)
    rig.run()
    assert due_in(rig) > timedelta(minutes=5)
    end(rig, chat)
    rig.make_due(chat)
    rig.run()
    assert rig.due() == []
    assert CARD not in rig.desk.text_of(chat)


def test_a_chat_that_ends_without_a_word_is_cleaned_within_minutes(rig, chat):
    stay(rig, hours=2)
    end(rig, chat)
    stay(rig, minutes=11)
    assert CARD not in rig.desk.text_of(chat)
    assert [record["outcome"] for record in records(rig)] == ["pending", "gone"]


def test_looks_that_find_the_same_are_one_record(rig, chat):
    assert stay(rig, hours=6) > 20
    assert [(record["outcome"], record["source"]) for record in records(rig)] == [
        ("pending", "live")
    ]


def test_what_is_written_in_the_chat_meanwhile_is_recorded(rig, chat):
    stay(rig, hours=1)
    rig.desk.surfaces[chat].append(rig.desk.message(f"or {OTHER_CARD}"))
    stay(rig, hours=1)
    assert [len(record["outcomes"]) for record in records(rig)] == [1, 2]


@pytest.mark.parametrize("priority", [Priority.LIVE, Priority.SWEEP])
def test_a_look_that_was_asked_for_is_recorded_though_it_finds_the_same(rig, chat, priority):
    with rig.store.transaction() as tables:
        (claim,) = tables.due.claim("w", now=rig.clock.time + timedelta(hours=1), lease=1, limit=1)
        tables.due.finish(claim)
        tables.due.upsert(ACCOUNT, claim.subject, due_at=rig.clock.now(), priority=priority)
    rig.run()
    assert [record["source"] for record in records(rig)] == ["live", priority.name.lower()]


@pytest.mark.exhaustive
def test_a_card_in_a_chat_that_does_not_end_is_told_after_a_day(rig, chat):
    stay(rig, hours=23)
    assert "card.waiting" not in found(rig)
    stay(rig, hours=1, minutes=15)
    told = found(rig)["card.waiting"]
    assert told.members == {f"{rig.desk.surfaces[chat][0].id}=pending"}
    assert rig.told() == ["open"]
    stay(rig, hours=30)
    assert rig.told() == ["open"], "told once"
    assert len(records(rig)) == 1


@pytest.mark.parametrize(
    ("locale", "subject", "todo"),
    [
        ("en", "Card data in a chat that has not ended: ticket #t502", "End the chat or call"),
        ("nb", "Kortdata i en chat som ikke er avsluttet: sak #t502", "Avslutt chatten"),
    ],
    ids=["en", "nb"],
)
def test_the_decision_ticket_says_since_when_and_what_to_do(
    impatient, rig, chat, locale, subject, todo
):
    began = f"{rig.clock.time:%Y-%m-%d %H:%M} UTC"
    stay(rig, hours=3)
    text = render(found(rig)["card.waiting"], locale)
    assert text.subject == subject
    assert todo in text.body
    assert began in text.body
    assert CARD not in text.body


def test_the_ticket_is_closed_when_the_chat_has_ended_and_the_card_is_gone(impatient, rig, chat):
    stay(rig, hours=3)
    end(rig, chat)
    stay(rig, minutes=11)
    assert found(rig)["card.waiting"].state is State.RESOLVED
    assert rig.told() == ["open", "close"]
    with rig.store.transaction() as tables:
        assert tables.waiting.count(ACCOUNT) == (0, 0)


def test_a_policy_may_name_another_time(impatient, rig, chat):
    stay(rig, hours=1, minutes=50)
    assert "card.waiting" not in found(rig)
    stay(rig, minutes=20)
    assert "card.waiting" in found(rig)


def test_a_chat_that_is_deleted_waits_no_more_and_its_ticket_is_closed(impatient, rig, chat):
    stay(rig, hours=3)
    del rig.desk.tickets[chat]
    stay(rig, minutes=11)
    assert found(rig)["card.waiting"].state is State.RESOLVED
    with rig.store.transaction() as tables:
        assert tables.waiting.count(ACCOUNT) == (0, 0)
    assert f"ticket:{chat}" not in rig.due()


def test_a_later_chat_on_the_ticket_begins_to_wait_anew(impatient, rig, chat):
    stay(rig, hours=1, minutes=50)
    end(rig, chat)
    stay(rig, minutes=11)
    rig.desk.surfaces[chat].append(rig.desk.message(f"card {OTHER_CARD}"))
    rig.desk.tickets[chat] = replace(rig.desk.tickets[chat], status=TicketStatus.LIVE)
    rig.make_due(chat)
    stay(rig, hours=1)
    assert "card.waiting" not in found(rig)


def test_the_journal_counts_what_waits_in_both_languages(rig, chat):
    rig.desk.surfaces[chat].append(rig.desk.message(f"or {OTHER_CARD}"))
    rig.make_due(chat)
    rig.run()
    assert journal.write(ACCOUNT, rig.store, rig.clock)
    with rig.store.transaction() as tables:
        note = tables.outbox.waiting(ACCOUNT)[-1].payload
    assert note["waiting"] == {"tickets": 1, "places": 2}
    assert "wait until a chat or call has ended: 2, in 1 tickets." in render_day(note, "en")
    assert "chat eller samtale avsluttes: 2, i 1 saker." in render_day(note, "nb")


def test_the_journal_is_silent_about_waiting_where_nothing_waits(rig, chat):
    end(rig, chat)
    rig.make_due(chat)
    rig.run()
    assert journal.write(ACCOUNT, rig.store, rig.clock)
    with rig.store.transaction() as tables:
        note = tables.outbox.waiting(ACCOUNT)[-1].payload
    assert "wait until" not in render_day(note, "en")
    earlier = {name: value for name, value in note.items() if name != "waiting"}
    assert "wait until" not in render_day(earlier, "en")
