"""History in small steps: it goes on after a stop, and samples exactly."""

from __future__ import annotations

import json
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.sweeping import claim, due_tickets, progress, start

from integration.core.errors import HelpdeskUnavailable
from integration.core.models import ChangePage, Priority, TicketRef
from integration.services import sweep
from integration.services.sampling import draw
from integration.services.sweep import AHEAD, SweepState


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
    desk = History(AHEAD + 100, page=AHEAD + 100)
    start(store, clock)
    for _ in range(3):
        assert not sweep.step("acme", desk, store, clock, None, random.Random(1))
    assert len(due_tickets(store)) == AHEAD
    finish_all(store, clock)
    assert sweep.step("acme", desk, store, clock, None, random.Random(1))
    assert len(due_tickets(store)) == 100


def test_everything_is_listed_before_the_first_ticket_is_made_due(store, clock):
    desk = History(25)
    start(store, clock)
    for _ in range(2):
        sweep.step("acme", desk, store, clock, None, random.Random(1))
    assert due_tickets(store) == {}
    assert progress(store).to_read is None
    sweep.step("acme", desk, store, clock, None, random.Random(1))
    assert (len(due_tickets(store)), progress(store).to_read) == (25, 25)


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
    assert progress(store).counts.tickets == min(count, size)


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


def test_a_parked_ticket_does_not_keep_a_sweep_from_ending(store, clock, walk):
    start(store, clock)
    walk(History(1))
    (claimed,) = (c for c in claim(store, clock) if c.subject == "ticket:t0")
    with store.transaction() as tables:
        tables.due.park(claimed, reason="forbidden")
    assert progress(store).finished
    assert progress(store).left == 1


def test_no_sweep_has_no_progress(store):
    assert progress(store) is None


def test_the_state_survives_storage(clock):
    state = SweepState(
        clock.now(),
        since=clock.now(),
        sample=5,
        cursor="c",
        pages=2,
        listed=7,
        ours=1,
        seed="seed",
        chosen={"a": "1", "b": ""},
        listed_all=True,
        history=9,
        calls_per_ticket=2.5,
    )
    assert SweepState.from_json(json.loads(json.dumps(state.to_json()))) == state
    bare = SweepState(clock.now())
    assert SweepState.from_json(bare.to_json()) == bare
