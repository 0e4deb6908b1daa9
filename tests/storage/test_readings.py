"""What was found in a ticket, and what became of the tickets of a sweep."""

from __future__ import annotations

import pytest

from integration.core.rows import Swept

RULES = ("rules 2", "rules 2, this hour")


@pytest.fixture
def tables(store):
    with store.transaction() as tables:
        yield tables


@pytest.mark.parametrize("found", [True, False, None])
def test_what_a_reading_found_is_remembered_of_that_state_and_those_rules(tables, found):
    for rules in RULES:
        tables.seen.record("acme", "1", changed="a", scanned_with=rules, found=found)
        assert tables.seen.found("acme", "1", changed="a", scanned_with=RULES) is found
    for account, ticket, changed, rules in (
        ("other", "1", "a", RULES),
        ("acme", "2", "a", RULES),
        ("acme", "1", "b", RULES),
        ("acme", "1", "a", ("rules 1",)),
    ):
        known = tables.seen.found(account, ticket, changed=changed, scanned_with=rules)
        assert known is None


def test_the_tickets_of_a_sweep_are_counted_by_what_became_of_them(tables):
    tables.swept.add("acme", {"1": None, "2": None, "3": None, "4": None, "5": True, "6": False})
    tables.swept.add("other", {"1": None})
    assert tables.swept.counts("acme") == Swept(to_come=4, known=2, known_with_card=1)
    taken = tables.swept.take("acme", 3)
    assert len(set(taken)) == 3
    assert set(taken) < {"1", "2", "3", "4"}
    first, second, third = taken
    tables.swept.read("acme", first, found=True, calls=6)
    tables.swept.read("acme", second, found=False, calls=2)
    tables.swept.spent("acme", third, 1)
    counts = Swept(1, 1, scanned=2, scanned_with_card=1, known=2, known_with_card=1, calls=9)
    assert tables.swept.counts("acme") == counts
    assert counts.tickets == 6
    (last,) = tables.swept.take("acme", 3)
    assert {*taken, last} == {"1", "2", "3", "4"}
    assert tables.swept.take("acme", 3) == []


def test_the_first_reading_of_a_ticket_counts_and_a_known_one_stays_as_it_is(tables):
    tables.swept.add("acme", {"1": None, "2": False})
    tables.swept.read("acme", "1", found=True, calls=2)
    before = tables.swept.counts("acme")
    tables.swept.add("acme", {"1": None, "2": True})
    for ticket in ("1", "2", "not of the sweep"):
        tables.swept.read("acme", ticket, found=False, calls=2)
        tables.swept.spent("acme", ticket, 5)
    assert tables.swept.counts("acme") == before


def test_a_ticket_that_is_gone_and_those_of_the_last_sweep_are_forgotten(tables):
    for account in ("acme", "other"):
        tables.swept.add(account, {"1": None, "2": True})
    tables.swept.gone("acme", "1")
    assert tables.swept.counts("acme") == Swept(known=1, known_with_card=1)
    tables.swept.clear("acme")
    tables.swept.add("acme", {})
    assert tables.swept.counts("acme") == Swept()
    assert tables.swept.counts("other").tickets == 2
