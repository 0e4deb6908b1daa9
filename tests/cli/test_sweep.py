from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from integration.cli.sweeping import _telling, _watch, _what_is_left
from integration.core.errors import ConfigError
from integration.core.models import Priority
from integration.queueing import EmbeddedServer
from integration.runtime import load_config, open_runtime
from integration.services.sweep import STATE, SweepState

CARD = "5555 5555 5555 4444"


@pytest.fixture
def queue(folder):
    server = EmbeddedServer(folder)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def service(queue, runtime):
    """What `deskwarden run` would be: a queue, and someone who works what is due."""
    stopping = threading.Event()

    def work():
        opened = open_runtime(load_config())
        while not stopping.wait(0.05):
            opened.processor().run()
        opened.close()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    stopping.set()
    thread.join()


@pytest.fixture
def history(simulator, new_year):
    """Tickets of a year that no other test has, every second one with a card; its first day."""
    for number in range(6):
        text = f"my card {CARD}" if number % 2 else "nothing"
        simulator.customer_writes("Old", text, at=new_year + timedelta(days=number))
    return f"{new_year:%Y-%m-%d}"


def test_a_sweep_needs_someone_who_works(run, connected):
    assert "Start it first: deskwarden run" in run("sweep", "acme", code=2).err


def test_a_sweep_looks_through_the_history_and_estimates(run, connected, service, history):
    (row,) = run("sweep", "acme", "--from", history, "--json").rows
    assert (row["account"], row["finished"], row["waiting"]) == ("acme", True, 0)
    assert (row["listed"], row["scanned"], row["with_card"]) == (6, 6, 3)
    low, rate, high = row["cards_per_1000"]
    assert low < rate == 500 < high


def test_what_a_sweep_has_read_counts_for_the_next_and_is_not_read_again(
    run, connected, service, history
):
    (first,) = run("sweep", "acme", "--from", history, "--sample", "4", "--json").rows
    assert (first["tickets"], first["scanned"], first["finished"]) == (4, 4, True)
    for scanned in (2, 0):
        (row,) = run("sweep", "acme", "--from", history, "--json").rows
        assert (row["tickets"], row["scanned"], row["known"]) == (6, scanned, 6 - scanned)
        assert row["scanned_with_card"] + row["known_with_card"] == row["with_card"] == 3
        assert row["cards_per_1000"][1] == 500
    said = run("sweep", "acme", "--from", history).err
    assert "Tickets: 6. Read since the sweep began: 0. Read before and unchanged: 6." in said
    assert "With card data: 3 (of those read since: 0; of those read before: 3)." in said
    assert "500 per 1,000 tickets (95 % interval 187.6 to 812.4)" in said


def test_our_own_tickets_are_neither_in_a_sample_nor_in_the_rate(
    run, connected, service, history, simulator, new_year, given
):
    for number in range(9):
        subject, at = f"Card data in a ticket [DW-abcdabcd{number}]", new_year
        simulator.customer_writes(subject, "nothing", at=at, email=given["contact_email"])
    (row,) = run("sweep", "acme", "--from", history, "--sample", "15", "--json").rows
    assert (row["tickets"], row["listed"], row["ours"], row["scanned"]) == (6, 6, 9, 6)
    said = run("sweep", "acme", "--from", history).err
    assert "Not counted, because we wrote them ourselves: 9." in said


def test_nothing_read_is_no_rate(run, connected, service):
    nobody_wrote = "2999-01-01"
    (row,) = run("sweep", "acme", "--from", nobody_wrote, "--json").rows
    assert (row["scanned"], row["cards_per_1000"], row["finished"]) == (0, None, True)
    said = run("sweep", "acme", "--from", nobody_wrote).err
    assert "No ticket has been read, so there is no rate yet." in said
    assert "per 1,000" not in said


def test_calls_and_time_are_told_as_an_estimate_before_and_after(
    run, connected, queue, history, runtime, request
):
    allow(runtime, 6000)
    (before,) = run("sweep", "acme", "--from", history, "--sample", "4", "--detach", "--json").rows
    assert before["estimate"] == {
        "calls_per_ticket": 2.0,
        "measured": False,
        "calls_per_minute": 2400,
        "sweep": {"tickets": 4, "calls": 8, "seconds": 1},
        "left": None,
        "whole_history": None,
    }
    request.getfixturevalue("service")
    (after,) = run("sweep", "acme", "--from", history, "--sample", "4", "--json").rows
    assert after["calls_for_reading"] == 8
    assert after["estimate"] == {
        "calls_per_ticket": 2.0,
        "measured": True,
        "calls_per_minute": 2400,
        "sweep": {"tickets": 4, "calls": 9, "seconds": 1},
        "left": {"tickets": 0, "calls": 0, "seconds": 0},
        "whole_history": {"tickets": 6, "calls": 13, "seconds": 1},
    }
    sampled = run("sweep", "acme", "--from", history, "--sample", "4").err
    assert sampled.startswith("Estimate for this sweep: tickets to read: at most 4; calls: 8; ")
    assert "drawn from: tickets: 6; calls: 13; time: 1 s." in sampled
    said = run("sweep", "acme", "--from", history).err.splitlines()
    assert said[0].startswith("The estimate is told as soon as the tickets have been listed")
    assert "It rests on 2 calls a ticket, as measured in this account," in said[0]
    assert said[-1].startswith("Estimate for this sweep: tickets to read: ")
    assert "the 2400 calls a minute that a sweep may use" in said[-1]


def test_a_sweep_that_is_left_alone_goes_on_when_asked_for_again(
    run, connected, queue, history, monkeypatch, request
):
    def watch(*args, **options):
        request.getfixturevalue("service")
        return _watch(*args, **options)

    monkeypatch.setattr("integration.cli.sweeping._watch", watch)
    (first,) = run("sweep", "acme", "--from", history, "--detach", "--json").rows
    assert first["account"] == "acme"
    (row,) = run("sweep", "acme", "--from", history, "--json").rows
    assert (row["scanned"], row["finished"]) == (6, True)


def test_stopping_the_command_leaves_the_sweep(run, connected, service, history, monkeypatch):
    def stop(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("integration.cli.sweeping._watch", stop)
    said = run("sweep", "acme", "--from", history)
    assert "The sweep goes on without this command" in said.err


def test_a_paused_account_is_not_swept(run, connected, service):
    run("account", "pause", "acme")
    assert "acme is paused" in run("sweep", "acme", code=2).err


@pytest.mark.parametrize("flags", [("--sample", "0"), ("--from", "yesterday")], ids=["size", "day"])
def test_a_sweep_of_nothing_is_wrong_use(run, flags):
    run("sweep", "acme", *flags, code=2)


def allow(runtime, per_minute):
    with runtime.store.transaction() as tables:
        row = tables.accounts.get("acme")
        row.settings["requests_per_minute"] = str(per_minute)
        tables.accounts.save(row)
    return runtime.budget_of(row, Priority.SWEEP)


@pytest.fixture
def hundred(connected, runtime):
    """A sweep that has listed a hundred tickets and read none."""
    with runtime.store.transaction() as tables:
        state = SweepState(runtime.clock.now(), listed=100, listed_all=True)
        tables.values.put("acme", STATE, state.to_json())
        tables.swept.add("acme", {f"t{number}": None for number in range(100)})


def left(runtime):
    return _what_is_left(runtime, "acme", _telling(runtime, "acme"))


def test_a_spent_budget_is_told_with_the_time_it_goes_on(hundred, runtime):
    budget = allow(runtime, 10)
    for _ in range(budget.share_per_minute):
        budget.acquire()
    until = re.fullmatch(r"waiting for request budget until (\d\d:\d\d:\d\d) UTC", left(runtime))
    assert until is not None
    now = runtime.clock.now()
    assert until[1] in {f"{now + timedelta(seconds=s):%H:%M:%S}" for s in range(62)}


def test_without_a_limit_there_is_no_time_to_tell(hundred, runtime):
    allow(runtime, 0)
    assert left(runtime) == "nearly done"
    said = list(_telling(runtime, "acme").result())
    assert "Still to be read, and not in the rate: 100 (calls: 200; time: not known)." in said
    assert said[-1].endswith("and no limit of calls is set, so nothing tells the time.")


def test_the_time_of_the_calls_that_are_left_is_told(hundred, runtime):
    allow(runtime, 50)
    assert left(runtime) == "about 10 min of calls left"


def test_what_could_not_be_read_is_told(hundred, runtime):
    with runtime.store.transaction() as tables:
        tables.swept.take("acme", 100)
    said = list(_telling(runtime, "acme").result())
    assert said[2].startswith("Could not be read, and not in the rate: 100.")


def test_a_sweep_is_told_in_the_language_of_the_account(hundred, runtime):
    told = replace(_telling(runtime, "acme"), locale="nb")
    assert "2,5" in replace(told, pace=replace(told.pace, calls_per_ticket=2.5)).estimate()
    assert "Ingen saker er lest" in "\n".join(told.result())


def test_there_is_nothing_to_tell_of_a_sweep_that_another_has_taken_away(connected, runtime):
    with pytest.raises(ConfigError, match="no sweep of acme"):
        _telling(runtime, "acme")
