"""An account row is saved whole: who saves it must not undo what another has changed meanwhile."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime

import pytest
from cryptography.fernet import Fernet

from integration.core.mode import Mode
from integration.core.policy import Policy
from integration.core.rows import AccountRow
from integration.services import accounts, holds, modes, pausing
from integration.storage.accounts import SqlAccountTable
from integration.storage.keyring import Keyring, reseal_accounts

AT = datetime(2026, 3, 1, tzinfo=UTC)
MEANWHILE = 0.5
"""Seconds in which another is let in, if it can get in."""
FACTS = {"tested_at": "2026-03-01", "differences": [], "mail_by_hand": ""}
KEYRING = Keyring([Fernet.generate_key().decode()])


class Tagged:
    """A helpdesk of which only the tags are asked."""

    def tag_names(self):
        return {"t1": "vip"}


def switch(store, _clock):
    modes.set_mode(store, "acme", Mode.ENFORCE, now=AT)


def refresh(store, clock):
    holds.refresh_tags("acme", Tagged(), store, Policy(), clock)


def reseal(store, _clock):
    with store.transaction() as tables:
        reseal_accounts(tables, KEYRING)


def trip(store, _clock):
    with store.transaction() as tables:
        pausing.pause(tables, "acme", pausing.BREAKER, now=AT)


@pytest.fixture
def stored(store):
    with store.transaction() as tables:
        row = AccountRow("acme", "memory", {}, KEYRING.seal({}), facts=FACTS)
        tables.accounts.save(row)

    def stored():
        with store.transaction() as tables:
            return tables.accounts.get("acme")

    return stored


@pytest.fixture
def interrupted(store, clock, monkeypatch):
    """Do something, and let another act in between what is read and what is saved."""
    reading, other_done = threading.Event(), threading.Event()

    def slowly(read):
        def read_and_wait(self, *args, **options):
            found = read(self, *args, **options)
            if threading.current_thread().name.startswith("slow") and not reading.is_set():
                reading.set()
                other_done.wait(MEANWHILE)
            return found

        return read_and_wait

    def interrupted(act, other):
        for name in ("get", "list"):
            monkeypatch.setattr(SqlAccountTable, name, slowly(getattr(SqlAccountTable, name)))
        with ThreadPoolExecutor(1, "slow") as slow, ThreadPoolExecutor(1, "other") as quick:
            first = slow.submit(act, store, clock)
            assert reading.wait(10)
            second = quick.submit(other)
            second.add_done_callback(lambda _: other_done.set())
            wait([first, second])
        first.result()
        second.result()

    return interrupted


@pytest.mark.parametrize("act", [switch, refresh, reseal, trip])
def test_a_pause_is_not_undone_by_who_had_read_the_account_before(store, stored, interrupted, act):
    def pause():
        with store.transaction() as tables:
            accounts.pause(tables, "acme", now=AT)

    interrupted(act, pause)
    assert stored().paused == "admin"
