"""The promises between processes, with real ones."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from integration.core.models import Priority
from integration.storage import open_store

HERE = Path(__file__).parent
AT = datetime(2026, 3, 1, tzinfo=UTC)


def start(script, *arguments):
    return subprocess.Popen(
        [sys.executable, HERE / script, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_what_was_acknowledged_survives_a_kill_in_the_middle(database_url, store):
    with start("crash_writer.py", database_url) as writer:
        acknowledged = [writer.stdout.readline().strip() for _ in range(300)]
        writer.kill()
        # A line that was cut off is not an acknowledgement that anyone has read.
        acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]
    with store.transaction() as tables:
        stored = {row["subject"] for row in tables.due.rows()}
    assert set(acknowledged) <= stored


def test_two_processes_never_hold_the_same_ticket(database_url, store):
    tickets = [str(number) for number in range(200)]
    with store.transaction() as tables:
        for ticket in tickets:
            tables.due.upsert("acme", f"ticket:{ticket}", due_at=AT, priority=Priority.LIVE)
    claimers = [start("claimer.py", database_url, owner) for owner in ("w1", "w2")]
    for claimer in claimers:
        claimer.stdin.write("go\n")
        claimer.stdin.flush()
    claimed = [claimer.communicate()[0].splitlines() for claimer in claimers]
    held = [subject.partition(":")[2] for subjects in claimed for subject in subjects]
    assert sorted(held) == sorted(tickets), "each ticket by one process"


def test_a_claim_not_yet_committed_guards_its_row(database_url, store, clock):
    with store.transaction() as tables:
        for subject in ("ticket:1", "ticket:2"):
            tables.due.upsert("acme", subject, due_at=AT, priority=Priority.LIVE)
    other = open_store(database_url, clock=clock, audit_key=b"audit key")

    def claim(of, owner, limit):
        with of.transaction() as tables:
            claims = tables.due.claim(owner, now=AT, lease=60, limit=limit)
            # Long enough for the other to come in between, were it not kept out.
            time.sleep(0.2)
        return [claimed.subject for claimed in claims]

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(claim, store, "w1", 1)
        second = pool.submit(claim, other, "w2", 1)
        assert sorted(first.result() + second.result()) == ["ticket:1", "ticket:2"]
    other.close()
