"""Which reason of a pause stays when there are several."""

from __future__ import annotations

import pytest

from integration.services import pausing


@pytest.mark.parametrize(
    ("reasons", "stays"),
    [
        (["breaker"], "breaker"),
        (["admin", "auth_expired"], "admin"),
        (["admin", "breaker"], "admin"),
        (["auth_expired", "breaker"], "auth_expired"),
        (["breaker", "auth_expired", "admin"], "admin"),
    ],
    ids=lambda value: " then ".join(value) if isinstance(value, list) else value,
)
def test_what_stops_more_stays(store, clock, reasons, stays):
    with store.transaction() as tables:
        for reason in reasons:
            pausing.pause(tables, "acme", reason, now=clock.now())
        assert tables.accounts.get("acme").paused == stays


def test_an_account_that_was_removed_meanwhile_is_not_brought_back(store, clock):
    with store.transaction() as tables:
        pausing.pause(tables, "nobody", "breaker", now=clock.now())
        assert tables.accounts.get("nobody") is None
