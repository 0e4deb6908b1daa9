"""History, through the same due table at the lowest priority: resumable, and measured."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from integration.core import subjects
from integration.core.measure import wilson
from integration.core.models import Priority, TicketRef
from integration.core.ports import Clock, Connector
from integration.core.rows import Claim
from integration.core.tables import Store, Tables
from integration.services import chain
from integration.services.due import make_all_due
from integration.services.journal import holds_card_data
from integration.services.reconcile import make_due
from integration.services.sampling import draw

STATE = "sweep"
AHEAD = 200
"""Tickets made due before the workers have caught up; more would only lie in the table."""
PAUSE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class SweepState:
    """How far a sweep has come; kept by account, so that it goes on after a stop."""

    started: datetime
    since: datetime | None = None
    sample: int | None = None
    cursor: str | None = None
    listed: int = 0
    """Tickets listed so far."""
    seed: str = ""
    """Drawn once for a sample: the tickets are ordered by it."""
    chosen: tuple[str, ...] = ()
    """The sample as drawn so far."""
    made_due: int = 0
    listed_all: bool = False

    def to_json(self) -> dict[str, Any]:
        """As stored."""
        return {
            "started": self.started.isoformat(),
            "since": self.since.isoformat() if self.since else None,
            "sample": self.sample,
            "cursor": self.cursor,
            "listed": self.listed,
            "seed": self.seed,
            "chosen": list(self.chosen),
            "made_due": self.made_due,
            "listed_all": self.listed_all,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> SweepState:
        """As read back."""
        return cls(
            **value
            | {
                "started": datetime.fromisoformat(value["started"]),
                "since": datetime.fromisoformat(value["since"]) if value["since"] else None,
                "chosen": tuple(value["chosen"]),
            }
        )


@dataclass(frozen=True, slots=True)
class Estimate:
    """How much card data there is, from what was scanned so far: a rate with its interval."""

    scanned: int
    with_card: int

    @property
    def per_thousand(self) -> tuple[float, float, float]:
        """Tickets with card data per 1,000: low, middle, high (Wilson, 95 %).

        >>> Estimate(1000, 7).per_thousand
        (3.4, 7.0, 14.4)
        """
        if not self.scanned:
            return (0.0, 0.0, 1000.0)
        low, high = wilson(self.with_card, self.scanned)
        rate = self.with_card / self.scanned
        return (round(low * 1000, 1), round(rate * 1000, 1), round(high * 1000, 1))


@dataclass(frozen=True, slots=True)
class Progress:
    """What `sweep` shows: how far, how much is left, what was found."""

    state: SweepState
    estimate: Estimate
    waiting: int
    """Tickets of this sweep that are still due."""

    @property
    def finished(self) -> bool:
        """Everything listed was scanned."""
        return self.state.listed_all and self.waiting == 0


def start(
    tables: Tables,
    account: str,
    *,
    now: datetime,
    since: datetime | None = None,
    sample: int | None = None,
) -> SweepState:
    """Begin a sweep, or go on with the one that was asked for in the same words."""
    stored = tables.values.get(account, STATE)
    if stored is not None:
        running = SweepState.from_json(stored)
        waiting = tables.due.waiting(account, Priority.SWEEP)
        goes_on = waiting > 0 or not running.listed_all
        if goes_on and (running.since, running.sample) == (since, sample):
            tables.due.upsert(account, subjects.SWEEP, due_at=now, priority=Priority.SWEEP)
            return running
    state = SweepState(started=now, since=since, sample=sample)
    tables.values.put(account, STATE, state.to_json())
    tables.due.upsert(account, subjects.SWEEP, due_at=now, priority=Priority.SWEEP)
    return state


def step(
    account: str,
    connector: Connector,
    store: Store,
    clock: Clock,
    claim: Claim | None,
    rng: random.Random,
) -> bool:
    """List one page further and make its tickets due; True when the listing is complete."""
    with store.transaction() as tables:
        stored = tables.values.get(account, STATE)
        waiting = tables.due.waiting(account, Priority.SWEEP)
    if stored is None:
        return _finish(store, account, claim, None, clock)
    state = SweepState.from_json(stored)
    if state.listed_all:
        return _finish(store, account, claim, state, clock)
    if waiting >= AHEAD and state.sample is None:
        return _finish(store, account, claim, state, clock)
    page = connector.history(state.cursor, since=state.since)
    state = replace(
        state,
        cursor=page.cursor,
        listed=state.listed + len(page.tickets),
        listed_all=not page.more,
    )
    with store.transaction() as tables:
        state = _take(tables, account, state, page.tickets, clock.now(), rng)
        tables.values.put(account, STATE, state.to_json())
    return _finish(store, account, claim, state, clock)


def _take(
    tables: Tables,
    account: str,
    state: SweepState,
    tickets: tuple[TicketRef, ...],
    now: datetime,
    rng: random.Random,
) -> SweepState:
    sample = state.sample
    if sample is None:
        made = make_due(tables, account, tickets, Priority.SWEEP, now=now)
        return replace(state, made_due=state.made_due + made)
    state = replace(state, seed=state.seed or f"{rng.getrandbits(64):x}")
    chosen = draw(state.seed, (*state.chosen, *(t.id for t in tickets)), sample)
    state = replace(state, chosen=chosen)
    if not state.listed_all:
        return state
    make_all_due(tables, account, map(subjects.of_ticket, chosen), Priority.SWEEP, now=now)
    return replace(state, made_due=len(chosen), chosen=())


def _finish(
    store: Store, account: str, claim: Claim | None, state: SweepState | None, clock: Clock
) -> bool:
    complete = state is None or state.listed_all
    with store.transaction() as tables:
        if claim is not None:
            tables.due.finish(claim)
        if not complete:
            later = clock.now() + PAUSE
            tables.due.upsert(account, subjects.SWEEP, due_at=later, priority=Priority.SWEEP)
    return complete


@dataclass(slots=True)
class Watch:
    """Looks at the sweep of an account, as often as wanted: each time only at what is new."""

    store: Store
    account: str
    _estimate: Estimate = Estimate(0, 0)
    _seq: int = 0
    _of: datetime | None = None
    """When the sweep began that was counted so far."""

    def look(self) -> Progress | None:
        """How it stands; None when there was none."""
        with self.store.transaction() as tables:
            stored = tables.values.get(self.account, STATE)
            waiting = tables.due.waiting(self.account, Priority.SWEEP)
        if stored is None:
            return None
        state = SweepState.from_json(stored)
        self._count(state.started)
        return Progress(state, self._estimate, waiting)

    def _count(self, started: datetime) -> None:
        if self._of != started:
            self._of, self._seq, self._estimate = started, 0, Estimate(0, 0)
        scanned, with_card = self._estimate.scanned, self._estimate.with_card
        for row in chain.rows(self.store, self.account, since=started, after=self._seq):
            self._seq = row.seq
            if row.record.get("source") == "sweep":
                scanned += 1
                with_card += holds_card_data(row.record)
        self._estimate = Estimate(scanned, with_card)
