"""Claim until nothing is left; print what was claimed. Starts when a line comes in."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from integration.storage import open_store

AT = datetime(2026, 3, 1, tzinfo=UTC)


class FixedClock:
    def now(self) -> datetime:
        return AT

    def sleep(self, seconds: float) -> None:
        raise NotImplementedError


def main(url: str, owner: str) -> None:
    store = open_store(url, clock=FixedClock(), audit_key=b"audit key")
    sys.stdin.readline()
    claims = ["first"]
    while claims:
        with store.transaction() as tables:
            claims = tables.due.claim(owner, now=AT, lease=60, limit=3)
        for claim in claims:
            sys.stdout.write(claim.subject + "\n")
    store.close()


main(*sys.argv[1:])
