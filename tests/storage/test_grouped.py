from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest


def put(name):
    def act(tables):
        tables.values.put("acme", name, {"by": "a test"})
        return name

    return act


def stored(store, *names):
    with store.transaction() as tables:
        return [name for name in names if tables.values.get("acme", name)]


class Fault(Exception):
    pass


def fail(tables):
    put("half done")(tables)
    raise Fault


@pytest.fixture
def at_once(store):
    """Run pieces of work so that all but the first wait for the same leader."""

    def at_once(*acts):
        leading, go = threading.Event(), threading.Event()

        def lead(tables):
            leading.set()
            go.wait()

        with ThreadPoolExecutor(len(acts) + 1) as pool:
            first = pool.submit(store.together, lead)
            leading.wait()
            others = [pool.submit(store.together, act) for act in acts]
            while len(store._grouped._waiting) < len(acts):
                time.sleep(0.001)
            go.set()
            first.result()
        return others

    return at_once


def test_who_waits_shares_a_transaction_and_gets_its_own_result(store, at_once):
    connections = set()

    def watch(tables):
        connections.add(tables.values)
        return put("watched")(tables)

    first, second, third = at_once(put("a"), watch, watch)
    assert [first.result(), second.result(), third.result()] == ["a", "watched", "watched"]
    assert len(connections) == 1
    assert stored(store, "a", "watched") == ["a", "watched"]


def test_one_failure_is_its_own_and_does_not_take_the_others(store, at_once):
    good, bad, also_good = at_once(put("a"), fail, put("b"))
    assert (good.result(), also_good.result()) == ("a", "b")
    with pytest.raises(Fault):
        bad.result()
    assert stored(store, "a", "b", "half done") == ["a", "b"]


def test_alone_it_is_a_transaction_like_any(store):
    assert store.together(put("a")) == "a"
    with pytest.raises(Fault):
        store.together(fail)
    assert stored(store, "a", "half done") == ["a"]


def test_a_child_process_does_not_wait_for_a_leader_of_its_parent(store):
    with store._grouped._leading:
        pid = os.fork()
        if pid == 0:
            # A child that waits for ever ends, and fails.
            signal.alarm(10)
            os._exit(0 if store.together(put("child")) == "child" else 1)
        _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert stored(store, "child") == ["child"]
