"""Two workers, one ticket: a lease is kept while it is worked; whoever lost it must not write."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.memory_desk import CARD
from support.rig import LEASE, Crash, Rig

from integration.core.errors import ChangedMeanwhile
from integration.services.handback import MAX_ATTEMPTS, MOST_LOST


def overtake_at(rig: Rig, stalled: str) -> None:
    """One worker stalls at a step until another has done its ticket, then goes on."""
    rig.make_due(rig.desk.write_ticket(rig.desk.message(f"card {CARD} cvc 123")))
    overtaken = []

    def stall(step: str) -> None:
        if overtaken or step != stalled:
            return
        overtaken.append(step)
        rig.clock.forward(seconds=61)
        rig.run()

    rig.run(stall)
    rig.run_until_done()  # the look for new rows may claim the expired one before the other does
    assert overtaken
    assert rig.failures == ["lease_lost"]


def test_a_worker_that_stalled_past_its_lease_stops_before_the_next_write(rigs):
    rig = rigs()
    overtake_at(rig, "planned")
    assert [act[0] for act in rig.desk.acts] == ["post_note", "delete"]
    assert rig.findings() == ["card.sad"]


def test_work_that_outlasts_its_lease_keeps_the_ticket_from_a_second_worker(rigs):
    rig = rigs()
    messages = [rig.desk.message(f"card {CARD} number {n}") for n in range(3)]
    rig.make_due(rig.desk.write_ticket(*messages))
    began, worked_by_others = rig.clock.now(), []

    def slowly(step: str) -> None:
        if step in {"before copied", "before deleted"}:
            rig.clock.forward(seconds=LEASE / 2 - 1)
            report = rig.run()
            worked_by_others.append(report.done + report.retried + report.parked)

    rig.run(slowly)
    assert (rig.clock.now() - began).total_seconds() > 2 * LEASE
    assert worked_by_others == [0] * 6
    assert rig.failures == []
    assert [act[0] for act in rig.desk.acts] == ["post_note"] * 3 + ["delete"] * 3
    assert rig.due() == []


def test_an_event_that_comes_while_the_ticket_is_at_work_makes_it_due_again(rigs):
    rig = rigs()
    ticket = rig.desk.write_ticket(rig.desk.message(f"card {CARD}"))
    rig.make_due(ticket)
    looks = []

    def again(step: str) -> None:
        if step == "before outcome":
            looks.append(step)
            if len(looks) == 1:
                rig.desk.surfaces[ticket].append(rig.desk.message(f"and {CARD}"))
                rig.make_due(ticket)

    rig.run(again)
    assert len(looks) == 2
    assert CARD not in rig.desk.text_of(ticket)
    assert rig.due() == []


def test_deliveries_three_times_over_make_one_redaction(rigs):
    rig = rigs()
    ticket = rig.desk.write_ticket(rig.desk.message(f"card {CARD} cvc 123"))
    for _ in range(3):
        rig.make_due(ticket)
    rig.run_until_done()
    for _ in range(3):
        rig.make_due(ticket)
        rig.run_until_done()
    assert [act[0] for act in rig.desk.acts] == ["post_note", "delete"]
    assert rig.findings() == ["card.sad"]
    assert rig.told() == ["open"]


def test_a_worker_that_stalled_before_it_recorded_does_not_record_a_second_time(rigs):
    rig = rigs()
    overtake_at(rig, "before outcome")
    assert rig.removals_recorded() == 1
    assert rig.told() == ["open"]
    assert rig.due() == []


@pytest.mark.parametrize("stalled", ["planned", "before deleted", "before outcome"])
@pytest.mark.parametrize("holder", ["another", "worker-0"])
def test_a_worker_that_stalled_changes_nothing_of_a_row_that_is_held_anew(rigs, holder, stalled):
    rig = rigs()
    rig.make_due(rig.desk.write_ticket(rig.desk.message(f"card {CARD} cvc 123")))
    taken = []

    def is_taken_over(step: str) -> None:
        if step == stalled and not taken:
            later = rig.clock.now() + timedelta(seconds=LEASE + 1)
            with rig.store.transaction() as tables:  # before anybody else sees that it is later
                taken.extend(tables.due.claim(holder, now=later, lease=LEASE, limit=1))
            rig.clock.time = later

    rig.run(is_taken_over)
    assert rig.failures == ["lease_lost"]
    assert rig.removals_recorded() == 0
    with rig.store.transaction() as tables:
        assert tables.due.renew(taken[0], now=rig.clock.now() + timedelta(seconds=1), lease=LEASE)
    rig.clock.forward(seconds=LEASE + 2)
    rig.run_until_done()
    assert [act[0] for act in rig.desk.acts] == ["post_note", "delete"]
    assert rig.removals_recorded() == 1


def test_a_ticket_that_kills_its_worker_each_time_is_set_aside_and_told(rigs):
    rig = rigs()
    rig.make_due(rig.desk.write_ticket(rig.desk.message(f"card {CARD}")))

    def die(step: str) -> None:
        if step == "planned":
            raise Crash

    for _ in range(MOST_LOST):
        with pytest.raises(Crash):
            rig.run(die)
        rig.clock.forward(seconds=LEASE + 1)
    assert rig.run(die).parked == 1
    assert "due.parked" in rig.findings()
    assert rig.desk.acts == []


def test_a_ticket_that_changes_at_each_look_is_set_aside_and_told(rigs):
    rig = rigs()
    rig.make_due(rig.desk.write_ticket(rig.desk.message(f"card {CARD}")))
    rig.desk.errors = [ChangedMeanwhile("changed") for _ in range(MAX_ATTEMPTS + 1)]
    for _ in range(MAX_ATTEMPTS - 1):
        assert rig.run().retried == 1
        rig.clock.forward(hours=1)
    assert rig.run().parked == 1
    assert "due.parked" in rig.findings()
