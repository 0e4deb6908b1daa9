"""The leases of one worker: kept alive while their rows wait for a thread or are worked."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from integration.core.errors import LeaseLost, StoreUnavailable
from integration.core.ports import Clock
from integration.core.rows import Claim
from integration.core.tables import Store

LEASE = 60.0
"""Seconds a claimed row is ours; a killed worker's rows run again when it is over."""


def keep_or_stop(store: Store, clock: Clock, claim: Claim, seconds: float) -> None:
    """Renew a lease before a write. LeaseLost when another has the row now."""
    now = clock.now()
    if not store.together(lambda tables: tables.due.renew(claim, now=now, lease=seconds)):
        raise LeaseLost("another worker has taken the row over")


@dataclass(slots=True)
class Leases:
    """What one worker has claimed and not yet handed back, each with the end of its lease."""

    store: Store
    clock: Clock
    seconds: float = LEASE
    _until: dict[Claim, datetime] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __bool__(self) -> bool:
        """Whether any is held."""
        return bool(self._until)

    def hold(self, claims: Iterable[Claim]) -> None:
        """Keep these from now on."""
        with self._lock:
            self._until |= {claim: claim.lease_until for claim in claims}

    def let_go(self, claim: Claim) -> None:
        """It was handed back, or its work broke off."""
        with self._lock:
            self._until.pop(claim, None)

    def keep(self) -> None:
        """Renew what has run for a third: when the database does not answer, there is time left."""
        soon = self.clock.now() + timedelta(seconds=self.seconds * 2 / 3)
        if old := [claim for claim, until in list(self._until.items()) if until <= soon]:
            with suppress(StoreUnavailable):
                self._renew(old)

    def is_held(self, claim: Claim) -> bool:
        """Whether a claim that waited is ours still; asks the database only where it may not be."""
        until = self._until.get(claim)
        if until is not None and until <= self.clock.now() + timedelta(seconds=self.seconds / 3):
            self._renew([claim])
        return claim in self._until

    def _renew(self, claims: list[Claim]) -> None:
        now = self.clock.now()
        until = now + timedelta(seconds=self.seconds)
        kept = self.store.together(
            lambda tables: [c for c in claims if tables.due.renew(c, now=now, lease=self.seconds)]
        )
        with self._lock:
            for claim in self._until.keys() & claims:
                if claim in kept:
                    self._until[claim] = until
                else:
                    del self._until[claim]
