"""The promises between processes, with real ones."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from integration.core.models import Priority

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
            for kind in ("ticket", "recheck"):
                tables.due.upsert("acme", f"{kind}:{ticket}", due_at=AT, priority=Priority.LIVE)
    claimers = [start("claimer.py", database_url, owner) for owner in ("w1", "w2")]
    for claimer in claimers:
        claimer.stdin.write("go\n")
        claimer.stdin.flush()
    claimed = [claimer.communicate()[0].splitlines() for claimer in claimers]
    held = [subject.partition(":")[2] for subjects in claimed for subject in subjects]
    assert sorted(held) == sorted(tickets), "each ticket by one process, in one of its subjects"
