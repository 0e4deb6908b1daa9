from __future__ import annotations

from dataclasses import replace

import pytest

from integration.core.mode import Mode
from integration.core.rows import AccountRow, VerdictRow


@pytest.fixture
def verdict():
    return VerdictRow("acme", "t1", "message:1", "PAN", 5, 24, "sure", "right")


def test_a_verdict_is_kept_by_place_and_kind(store, verdict):
    with store.transaction() as tables:
        tables.verdicts.save(verdict)
        tables.verdicts.save(replace(verdict, kind="CVV", start=30, end=33))
        tables.verdicts.save(replace(verdict, account="other"))
        tables.verdicts.save(replace(verdict, verdict="wrong"))
    with store.transaction() as tables:
        assert tables.verdicts.list("acme") == [
            replace(verdict, verdict="wrong"),
            replace(verdict, kind="CVV", start=30, end=33),
        ]


def test_verdicts_go_with_their_account(store, verdict):
    with store.transaction() as tables:
        tables.accounts.save(AccountRow("acme", "liveagent", {}, b"", Mode.MONITOR))
        tables.verdicts.save(verdict)
        tables.accounts.remove("acme")
        assert tables.verdicts.list("acme") == []
