from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest

from integration.cli.sweeping import _watch, _what_is_left
from integration.core.models import Priority
from integration.queueing import EmbeddedServer
from integration.runtime import load_config, open_runtime

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


def test_what_a_sweep_has_seen_is_not_read_again(run, connected, service, history):
    run("sweep", "acme", "--from", history, "--json")
    said = run("sweep", "acme", "--from", history)
    assert "0 tickets scanned" in said.err
    assert "6 tickets were listed" in said.err


def test_a_sample_is_as_large_as_asked_for(run, connected, service, history):
    (row,) = run("sweep", "acme", "--from", history, "--sample", "4", "--json").rows
    assert (row["made_due"], row["scanned"], row["finished"]) == (4, 4, True)


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


def spent_budget(runtime, per_minute):
    with runtime.store.transaction() as tables:
        row = tables.accounts.get("acme")
        row.settings["requests_per_minute"] = str(per_minute)
        tables.accounts.save(row)
    budget = runtime.budget_of(row, Priority.SWEEP)
    for _ in range(int(per_minute * budget.share)):
        budget.acquire()


def test_a_spent_budget_is_told_with_the_time_it_goes_on(connected, runtime):
    spent_budget(runtime, 10)
    said = _what_is_left(runtime, "acme", 100)
    until = re.fullmatch(r"waiting for request budget until (\d\d:\d\d:\d\d) UTC", said)
    assert until is not None
    now = runtime.clock.now()
    assert until[1] in {f"{now + timedelta(seconds=s):%H:%M:%S}" for s in range(62)}


def test_without_a_limit_there_is_no_time_to_tell(connected, runtime):
    spent_budget(runtime, 0)
    assert _what_is_left(runtime, "acme", 100) == "nearly done"


def test_the_time_of_the_calls_that_are_left_is_told(connected, runtime):
    with runtime.store.transaction() as tables:
        row = tables.accounts.get("acme")
        row.settings["requests_per_minute"] = "50"
        tables.accounts.save(row)
    assert _what_is_left(runtime, "acme", 100) == "about 10 min of calls left"
