"""The least use of a store that a test can see."""

from __future__ import annotations


def use(store):
    with store.transaction() as tables:
        tables.values.put("acme", "used", {"by": "a test"})


def used(store):
    with store.transaction() as tables:
        return tables.values.get("acme", "used")
