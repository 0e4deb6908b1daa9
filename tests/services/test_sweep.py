"""History in small steps: it goes on after a stop, samples exactly, and says how much there is."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.memory_desk import CARD

from integration.core.errors import HelpdeskUnavailable
from integration.core.models import ChangePage, Priority, TicketRef
from integration.services import sweep
from integration.services.sampling import draw
from integration.services.sweep import AHEAD, Estimate, SweepState


class History:
    """So many tickets, in pages that overlap by one as those of real lists do."""

    def __init__(self, count: int, page: int = 10) -> None:
        self.ids = [f"t{n}" for n in range(count)]
        self.page = page
        self.asked: list[tuple[str | None, object]] = []

    def history(self, cursor, *, since):
        self.asked.append((cursor, since))
        at = int(cursor or 0)
        rows = self.ids[max(0, at - 1) : at + self.page]
        end = at + self.page
        return ChangePage(tuple(TicketRef(i, "1") for i in rows), str(end), end < len(self.ids))


@pytest.fixture
def walk(store, clock):
    """Step until the listing is complete, as the due row of the sweep would."""

    def walk(desk, rng=None):
        for steps in range(1, 1000):
            if sweep.step("acme", desk, store, clock, None, rng or random.Random(1)):
                return steps
            clock.forward(seconds=5)
        pytest.fail("the sweep never ends")

    return walk


def start(store, clock, **words):
    with store.transaction() as tables:
        return sweep.start(tables, "acme", now=clock.now(), **words)


def progress(store):
    return sweep.Watch(store, "acme").look()


def due_tickets(store):
    with store.transaction() as tables:
        rows = tables.due.rows("acme")
    return {r["subject"]: r["priority"] for r in rows if r["subject"].startswith("ticket:")}


def claim(store, clock, limit=1000):
    with store.transaction() as tables:
        return tables.due.claim("w", now=clock.now(), lease=60, limit=limit)


def finish_all(store, clock):
    for claimed in claim(store, clock):
        with store.transaction() as tables:
            tables.due.finish(claimed)


def test_every_ticket_of_the_history_is_made_due_behind_everything_else(store, clock, walk):
    start(store, clock)
    walk(History(35))
    assert due_tickets(store) == {f"ticket:t{n}": Priority.SWEEP for n in range(35)}


def test_it_goes_on_where_it_stopped(store, clock, walk):
    desk = History(35)
    start(store, clock)
    sweep.step("acme", desk, store, clock, None, random.Random(1))
    again = start(store, clock)
    assert (again.cursor, again.listed) == ("10", 10)
    walk(desk)
    assert [cursor for cursor, _ in desk.asked] == [None, "10", "20", "30"]


def test_a_page_that_failed_is_asked_for_again(store, clock, walk):
    desk = History(25)
    whole, failed = desk.history, []

    def fail_once(cursor, *, since):
        if cursor == "10" and not failed:
            failed.append(cursor)
            raise HelpdeskUnavailable("no")
        return whole(cursor, since=since)

    desk.history = fail_once
    start(store, clock)
    with pytest.raises(HelpdeskUnavailable):
        walk(desk)
    walk(desk)
    assert len(due_tickets(store)) == 25


def test_other_words_start_anew_and_a_finished_sweep_can_be_repeated(store, clock, walk):
    desk = History(25)
    start(store, clock)
    sweep.step("acme", desk, store, clock, None, random.Random(1))
    since = clock.now().replace(year=2024)
    assert start(store, clock, since=since).cursor is None
    walk(desk)
    assert desk.asked[-1][1] == since
    assert progress(store).state.listed_all
    finish_all(store, clock)
    assert not start(store, clock, since=since).listed_all


def test_a_sweep_whose_tickets_still_wait_goes_on_though_all_are_listed(store, clock, walk):
    begun = start(store, clock).started
    walk(History(5))
    clock.forward(seconds=10)
    assert start(store, clock).started == begun
    assert not progress(store).finished
    finish_all(store, clock)
    assert start(store, clock).started == clock.now()


def test_it_waits_while_the_workers_are_behind(store, clock):
    desk = History(AHEAD + 100, page=AHEAD)
    start(store, clock)
    for _ in range(3):
        sweep.step("acme", desk, store, clock, None, random.Random(1))
    assert len(desk.asked) == 1
    finish_all(store, clock)
    sweep.step("acme", desk, store, clock, None, random.Random(1))
    assert len(desk.asked) == 2


def test_its_own_row_comes_again_until_the_listing_is_complete(store, clock):
    desk = History(15)
    start(store, clock)
    (row,) = (c for c in claim(store, clock) if c.subject == "sweep")
    assert not sweep.step("acme", desk, store, clock, row, random.Random(1))
    clock.forward(seconds=5)
    (row,) = (c for c in claim(store, clock) if c.subject == "sweep")
    assert sweep.step("acme", desk, store, clock, row, random.Random(1))
    clock.forward(days=1)
    assert all(c.subject != "sweep" for c in claim(store, clock))


@pytest.mark.parametrize("begun", [False, True], ids=["never_asked_for", "listed_already"])
def test_a_step_with_nothing_to_list_asks_nothing(store, clock, walk, begun):
    desk = History(5)
    if begun:
        start(store, clock)
        walk(desk)
    asked = len(desk.asked)
    assert sweep.step("acme", desk, store, clock, None, random.Random(1))
    assert len(desk.asked) == asked


@pytest.mark.parametrize(("count", "size"), [(35, 7), (35, 35), (35, 100), (5, 1), (0, 3)])
def test_a_sample_holds_exactly_so_many_tickets_and_none_twice(store, clock, walk, count, size):
    start(store, clock, sample=size)
    walk(History(count))
    assert len(due_tickets(store)) == min(count, size)
    assert progress(store).state.made_due == min(count, size)


def test_a_sample_is_drawn_only_when_all_is_listed(store, clock):
    start(store, clock, sample=3)
    sweep.step("acme", History(15), store, clock, None, random.Random(1))
    assert due_tickets(store) == {}


def test_a_sample_goes_on_after_a_stop_as_if_there_had_been_none(store, clock, walk):
    """Each step gets another generator, as another process would have."""
    start(store, clock, sample=5)
    sweep.step("acme", History(35), store, clock, None, random.Random(7))
    seed = progress(store).state.seed
    walk(History(35), random.Random(99))
    expected = draw(seed, (f"t{n}" for n in range(35)), 5)
    assert due_tickets(store).keys() == {f"ticket:{t}" for t in expected}


@given(
    st.text(max_size=8),
    st.lists(st.lists(st.integers(0, 50).map(str), max_size=20), max_size=6),
    st.integers(0, 20),
)
def test_drawing_page_by_page_is_drawing_at_once(seed, pages, size):
    chosen = ()
    for page in pages:
        chosen = draw(seed, (*chosen, *page), size)
    every = {ticket for page in pages for ticket in page}
    assert chosen == draw(seed, every, size)
    assert len(chosen) == len(set(chosen)) == min(size, len(every))
    assert set(chosen) <= every


def test_every_ticket_has_the_same_chance():
    tickets = [str(n) for n in range(20)]
    drawn = Counter(t for seed in range(2000) for t in draw(str(seed), tickets, 5))
    assert all(400 <= drawn[t] <= 600 for t in tickets)  # 500, and five standard deviations


@given(scanned=st.integers(0, 10**6), share=st.floats(0, 1))
def test_an_estimate_lies_within_its_interval(scanned, share):
    low, rate, high = Estimate(scanned, round(scanned * share)).per_thousand
    assert 0 <= low <= rate <= high <= 1000


@given(scanned=st.integers(1, 10**5), times=st.integers(2, 50))
def test_more_tickets_of_the_same_kind_narrow_the_interval(scanned, times):
    low, _, high = Estimate(scanned, scanned // 3).per_thousand
    nearer, _, further = Estimate(scanned * times, scanned // 3 * times).per_thousand
    assert further - nearer <= high - low + 0.2


def test_nothing_scanned_says_nothing():
    assert Estimate(0, 0).per_thousand == (0.0, 0.0, 1000.0)


def test_nothing_found_is_not_zero_for_sure():
    low, rate, high = Estimate(100, 0).per_thousand
    assert (low, rate) == (0.0, 0.0)
    assert high > 30


def test_progress_counts_what_was_scanned_and_found_and_comes_to_its_end(
    store, clock, walk, desk, redactor
):
    for n in range(12):
        desk.write_ticket(desk.message(f"card {CARD}" if n < 3 else "hello"))
    start(store, clock)
    walk(desk)
    assert not progress(store).finished
    assert progress(store).waiting == 12
    clock.forward(seconds=1)
    for claimed in claim(store, clock):
        if claimed.subject.startswith("ticket:"):
            redactor().run(claimed.subject.partition(":")[2], claimed)
    now = progress(store)
    assert (now.estimate.scanned, now.estimate.with_card, now.waiting) == (12, 3, 0)
    assert now.finished


def test_who_watches_a_sweep_counts_each_ticket_once(store, clock, desk, walk, redactor):
    desk.write_ticket(desk.message(f"card {CARD}"))
    watch = sweep.Watch(store, "acme")
    assert watch.look() is None
    for begun in (1, 2):
        desk.write_ticket(desk.message("hello"))
        start(store, clock)
        walk(desk, random.Random(begun))
        clock.forward(seconds=1)
        for claimed in claim(store, clock):
            if claimed.subject.startswith("ticket:"):
                redactor().run(claimed.subject.partition(":")[2], claimed)
        looks = [watch.look().estimate for _ in range(2)]
        assert looks == [progress(store).estimate] * 2
        assert looks[0].scanned > 0
        clock.forward(days=1)


def test_live_work_is_not_counted_as_the_sweeps(store, clock, walk, desk, redactor):
    ticket = desk.write_ticket(desk.message(f"card {CARD}"))
    start(store, clock)
    with store.transaction() as tables:
        tables.due.upsert("acme", f"ticket:{ticket}", due_at=clock.now(), priority=Priority.LIVE)
    for claimed in claim(store, clock):
        if claimed.subject.startswith("ticket:"):
            redactor().run(ticket, claimed)
    assert progress(store).estimate.scanned == 0


def test_a_parked_ticket_does_not_keep_a_sweep_from_ending(store, clock, walk):
    start(store, clock)
    walk(History(1))
    (claimed,) = (c for c in claim(store, clock) if c.subject == "ticket:t0")
    with store.transaction() as tables:
        tables.due.park(claimed, reason="forbidden")
    assert progress(store).finished


def test_no_sweep_has_no_progress(store):
    assert progress(store) is None


def test_the_state_survives_storage(clock):
    state = SweepState(clock.now(), clock.now(), 5, "c", 7, "seed", ("a", "b"), 3, True)
    assert SweepState.from_json(state.to_json()) == state
    bare = replace(state, since=None, sample=None)
    assert SweepState.from_json(bare.to_json()) == bare
