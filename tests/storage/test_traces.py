from __future__ import annotations

import pytest

from integration.core import subjects
from integration.core.findings.model import Finding, Severity
from integration.core.rows import Traces

NOTHING = Traces(findings=False, swept=False)


def left_a_finding(tables, clock):
    about = subjects.of_ticket("1")
    tables.findings.save(Finding("acme", "f", "card.sad", about, Severity.HIGH))


def left_it_in_a_sweep(tables, clock):
    tables.swept.add("acme", {"1": None})


LEFT = {
    "findings": left_a_finding,
    "swept": left_it_in_a_sweep,
}


@pytest.mark.parametrize("name", LEFT)
def test_it_is_told_which_table_holds_something_of_a_ticket(store, clock, name):
    with store.transaction() as tables:
        assert tables.traces.of_ticket("acme", "1") == NOTHING
        LEFT[name](tables, clock)
        assert tables.traces.of_ticket("acme", "1") == NOTHING._replace(**{name: True})


def test_what_other_tickets_and_accounts_have_left_is_not_counted(store, clock):
    with store.transaction() as tables:
        for leave in LEFT.values():
            leave(tables, clock)
        assert tables.traces.of_ticket("acme", "2") == NOTHING
        assert tables.traces.of_ticket("other", "1") == NOTHING
