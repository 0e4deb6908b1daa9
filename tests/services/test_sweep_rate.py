"""What a sweep tells: a rate of the tickets that were asked for, and what reading them takes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.memory_desk import CARD
from support.sweeping import due_tickets, progress, read_due, start

from integration.core.errors import RateLimited
from integration.core.mode import Mode
from integration.core.models import OUR_MARK, Priority
from integration.core.pace import Effort, Pace
from integration.core.policy import Policy
from integration.core.surfaces import Surface, SurfaceKind, Text
from integration.services.redact import SCANNED_WITH
from integration.services.sweep import Rate


@given(read=st.integers(1, 10**6), share=st.floats(0, 1))
def test_a_rate_lies_within_its_interval(read, share):
    low, rate, high = Rate(read, round(read * share)).per_thousand
    assert 0 <= low <= rate <= high <= 1000


@given(read=st.integers(1, 10**5), times=st.integers(2, 50))
def test_more_tickets_of_the_same_kind_narrow_the_interval(read, times):
    low, _, high = Rate(read, read // 3).per_thousand
    nearer, _, further = Rate(read * times, read // 3 * times).per_thousand
    assert further - nearer <= high - low + 0.2


def test_where_nothing_was_read_there_is_no_rate():
    assert Rate(0, 0).per_thousand is None


def test_nothing_found_is_not_zero_for_sure():
    low, rate, high = Rate(100, 0).per_thousand
    assert (low, rate) == (0.0, 0.0)
    assert high > 30


@pytest.fixture
def twelve(desk):
    """A history of twelve tickets, three of them with a card."""
    return [
        desk.write_ticket(desk.message(f"card {CARD}" if n < 3 else "hello")) for n in range(12)
    ]


def test_progress_counts_what_was_read_and_found_and_comes_to_its_end(
    store, clock, walk, desk, redactor, twelve
):
    start(store, clock)
    walk(desk)
    assert not progress(store).finished
    assert (progress(store).waiting, progress(store).left) == (12, 12)
    read_due(store, clock, redactor, desk)
    now = progress(store)
    assert (now.rate, now.waiting, now.left) == (Rate(12, 3), 0, 0)
    assert now.finished


@pytest.mark.parametrize("mode", [Mode.MONITOR, Mode.ENFORCE])
def test_what_was_read_before_counts_with_its_outcome_and_is_not_read_again(
    store, clock, walk, desk, redactor, twelve, mode
):
    policy = Policy(mode=mode)
    start(store, clock, sample=5)
    walk(desk)
    read_due(store, clock, redactor, desk, policy=policy)
    sampled = progress(store).counts
    assert sampled.scanned == 5
    for fresh in (7, 0):
        start(store, clock)
        walk(desk)
        assert len(due_tickets(store)) == fresh
        read_due(store, clock, redactor, desk, policy=policy)
        now = progress(store)
        assert (now.counts.scanned, now.counts.known) == (fresh, 12 - fresh)
        assert now.rate == Rate(12, 3)


def test_a_ticket_that_our_own_write_made_clean_still_counts(
    store, clock, walk, desk, redactor, twelve
):
    start(store, clock)
    walk(desk)
    read_due(store, clock, redactor, desk)
    redactor().run(twelve[0])  # the helpdesk told us of our own write
    assert progress(store).rate == Rate(12, 3)
    start(store, clock)
    walk(desk)
    assert (progress(store).counts.known, progress(store).rate) == (12, Rate(12, 3))


def test_what_a_person_removed_counts_no_more(store, clock, walk, desk, redactor, twelve):
    start(store, clock)
    walk(desk)
    read_due(store, clock, redactor, desk, policy=Policy(mode=Mode.MONITOR))
    desk.surfaces[twelve[0]] = [desk.message("hello")]
    desk.tickets[twelve[0]] = replace(desk.tickets[twelve[0]], mark="2")
    start(store, clock)
    walk(desk)
    read_due(store, clock, redactor, desk, policy=Policy(mode=Mode.MONITOR))
    assert (progress(store).counts.scanned, progress(store).rate) == (1, Rate(12, 2))


def test_an_outcome_that_nobody_has_remembered_is_found_out(store, clock, walk, twelve, desk):
    with store.transaction() as tables:
        tables.seen.record("acme", twelve[0], changed="1", scanned_with=SCANNED_WITH)
    start(store, clock)
    walk(desk)
    assert len(due_tickets(store)) == 12


def test_a_ticket_counts_whoever_has_read_it(store, clock, walk, desk, redactor):
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))
    other = desk.write_ticket(desk.message("hello"))
    start(store, clock)
    walk(desk)
    with store.transaction() as tables:
        tables.due.upsert("acme", f"ticket:{ticket}", due_at=clock.now(), priority=Priority.LIVE)
    read_due(store, clock, redactor, desk)
    assert progress(store).rate == Rate(2, 1)
    redactor().run(other)
    assert progress(store).rate == Rate(2, 1)


def test_a_ticket_outside_of_the_sweep_is_not_counted(store, clock, walk, desk, redactor, twelve):
    start(store, clock, sample=12)
    walk(desk)
    redactor().run(desk.write_ticket(desk.message(f"card {CARD}")))
    assert progress(store).counts.scanned == 0


def test_a_ticket_that_is_gone_is_none_of_the_sweep(store, clock, walk, desk, redactor, twelve):
    start(store, clock)
    walk(desk)
    del desk.tickets[twelve[0]]
    read_due(store, clock, redactor, desk)
    assert (progress(store).rate, progress(store).left) == (Rate(11, 2), 0)


def test_what_was_read_in_part_is_neither_clean_nor_counted(store, clock, walk, desk, redactor):
    for text in ("hello", f"card {CARD}"):
        desk.write_ticket(desk.message(text))
    whole = desk.fetch
    desk.fetch = lambda *args, **options: replace(whole(*args, **options), complete=False)
    for _ in range(2):  # a reading in part is no known outcome either
        start(store, clock)
        walk(desk)
        read_due(store, clock, redactor, desk, policy=Policy(mode=Mode.MONITOR))
        now = progress(store)
        assert (now.rate, now.left, now.finished) == (Rate(1, 1), 1, True)


def ours(desk, text):
    subject = Surface("subject", SurfaceKind.SUBJECT, Text(f"Card data {OUR_MARK}abcd]"))
    return desk.write_ticket(subject, desk.message(text))


def test_our_own_tickets_are_read_and_not_counted(store, clock, walk, desk, redactor, twelve):
    own = ours(desk, f"an agent has answered with {CARD}")
    start(store, clock)
    walk(desk)
    assert f"ticket:{own}" in due_tickets(store)
    read_due(store, clock, redactor, desk)
    now = progress(store)
    assert (now.rate, now.state.ours, now.state.listed) == (Rate(12, 3), 1, 12)
    assert CARD not in desk.text_of(own)


def test_our_own_tickets_are_in_no_sample(store, clock, walk, desk, twelve):
    own = {f"ticket:{ours(desk, 'a finding')}" for _ in range(15)}
    start(store, clock, sample=20)
    walk(desk)
    assert len(due_tickets(store)) == 12
    assert not own & due_tickets(store).keys()
    assert progress(store).state.ours == 15


def pace(now, per_minute=60):
    return now.pace(documented=2, per_minute=per_minute)


def test_before_anything_was_read_the_documented_calls_are_the_estimate(store, clock):
    start(store, clock, sample=100)
    now = progress(store)
    assert pace(now) == Pace(2.0, False, 60)
    assert now.whole(pace(now)) == Effort(100, 200, 200)
    assert now.whole_history(pace(now)) is None


def test_how_much_a_whole_history_is_nobody_knows_before_it_was_listed(store, clock):
    start(store, clock)
    assert progress(store).whole(pace(progress(store))) is None


def test_a_sample_tells_what_its_whole_history_takes(store, clock, walk, desk, redactor, twelve):
    start(store, clock, sample=3)
    walk(desk)
    now = progress(store)
    assert now.whole(pace(now)) == Effort(3, 8, 8)  # and two calls that list
    assert now.whole_history(pace(now)) == Effort(12, 26, 26)
    start(store, clock, sample=4)
    again = progress(store)
    assert again.whole_history(pace(again)) == Effort(12, 24, 24)


def test_a_sweep_begins_with_what_the_one_before_has_measured(
    store, clock, walk, desk, redactor, twelve
):
    start(store, clock, sample=6)
    walk(desk)
    desk.errors = [RateLimited("later", retry_after=1)]  # a call in vain
    with pytest.raises(RateLimited):
        redactor().run(next(iter(due_tickets(store))).partition(":")[2])
    read_due(store, clock, redactor, desk, policy=Policy(mode=Mode.MONITOR))
    measured = Pace(7 / 6, True, 60)
    assert pace(progress(store)) == measured
    start(store, clock)
    assert pace(progress(store)) == measured
    assert progress(store).whole(measured) == Effort(12, 14, 14)
    start(store, clock, since=clock.now())
    assert pace(progress(store)) == measured
    assert progress(store).whole(measured) is None  # a part of the history is not the whole


def test_without_a_limit_nothing_tells_the_time():
    assert Pace(2.0, False, 0).effort(5) == Effort(5, 10, None)
