"""History, through the same due table at the lowest priority: resumable, and measured.

It is listed first, so that it can be told what there is to read and how long that takes; then its
tickets are made due, so many at a time.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from integration.core import subjects
from integration.core.measure import wilson
from integration.core.models import Priority, TicketRef
from integration.core.pace import Effort, Pace
from integration.core.ports import Clock, Connector
from integration.core.rows import Claim, Swept
from integration.core.tables import Store, Tables
from integration.services.due import make_all_due
from integration.services.reconcile import make_due
from integration.services.redact import SCANNED_WITH, scanned_this_hour
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
    pages: int = 0
    """Pages listed so far: about a call each."""
    listed: int = 0
    """Tickets listed so far, without our own."""
    ours: int = 0
    """Tickets of our own listed so far: in no sample, and in no rate."""
    seed: str = ""
    """Drawn once for a sample: the tickets are ordered by it."""
    chosen: Mapping[str, str] = field(default_factory=dict)
    """The sample as drawn so far: ticket -> the mark of its last change."""
    listed_all: bool = False
    history: int | None = None
    """How many tickets the whole history had when it was last listed."""
    calls_per_ticket: float | None = None
    """As the sweeps before have measured it."""

    def to_json(self) -> dict[str, Any]:
        """As stored."""
        since = self.since.isoformat() if self.since else None
        return asdict(self) | {"started": self.started.isoformat(), "since": since}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> SweepState:
        """As read back."""
        since = datetime.fromisoformat(value["since"]) if value["since"] else None
        return cls(**{**value, "started": datetime.fromisoformat(value["started"]), "since": since})


@dataclass(frozen=True, slots=True)
class Rate:
    """How much card data there is, from what was read so far: a rate with its interval."""

    read: int
    with_card: int

    @property
    def per_thousand(self) -> tuple[float, float, float] | None:
        """Tickets with card data per 1,000: low, middle, high (Wilson, 95 %); None: none was read.

        >>> Rate(1000, 7).per_thousand
        (3.4, 7.0, 14.4)
        """
        if not self.read:
            return None
        low, high = wilson(self.with_card, self.read)
        rate = self.with_card / self.read
        return (round(low * 1000, 1), round(rate * 1000, 1), round(high * 1000, 1))


@dataclass(frozen=True, slots=True)
class Progress:
    """What `sweep` shows: how far, how much is left, what was found."""

    state: SweepState
    counts: Swept
    waiting: int
    """Tickets that are due at the priority of a sweep."""

    @property
    def finished(self) -> bool:
        """Everything listed was read, or cannot be."""
        return self.state.listed_all and not self.counts.to_come and not self.waiting

    @property
    def rate(self) -> Rate:
        """Of all tickets of the sweep whose outcome is known, read by it or before it."""
        counts = self.counts
        with_card = counts.scanned_with_card + counts.known_with_card
        return Rate(counts.scanned + counts.known, with_card)

    @property
    def left(self) -> int:
        """Tickets that are still to be read."""
        return self.counts.to_come + self.counts.unread

    @property
    def to_read(self) -> int | None:
        """How many tickets it reads in all; None as long as nobody can tell."""
        if self.state.listed_all:
            return self.left + self.counts.scanned
        sizes = [size for size in (self.state.sample, self.in_range) if size is not None]
        return min(sizes, default=None)

    @property
    def in_range(self) -> int | None:
        """How many tickets it is about, or its sample is drawn from; None: not known yet."""
        if self.state.listed_all:
            return self.state.listed
        return self.state.history if self.state.since is None else None

    @property
    def calls_per_ticket(self) -> float | None:
        """As measured, in this sweep or before; None when nothing was."""
        if self.counts.scanned and self.counts.calls:
            return self.counts.calls / self.counts.scanned
        return self.state.calls_per_ticket

    def pace(self, *, documented: int, per_minute: int) -> Pace:
        """How fast it goes: by what was measured, else by what a ticket takes as documented."""
        measured = self.calls_per_ticket
        return Pace(measured or float(documented), measured is not None, per_minute)

    def whole(self, pace: Pace) -> Effort | None:
        """What all of it takes; None until it is known how many tickets that are."""
        if self.to_read is None:
            return None
        return pace.effort(self.to_read, listing=self.state.pages)

    def whole_history(self, pace: Pace) -> Effort | None:
        """What reading all would take that a sample is drawn from; None until that is known."""
        if self.state.sample is None or self.in_range is None:
            return None
        return pace.effort(self.in_range, listing=self.state.pages)


def look(tables: Tables, account: str) -> Progress | None:
    """How the sweep of an account stands; None when there was none."""
    stored = tables.values.get(account, STATE)
    if stored is None:
        return None
    waiting = tables.due.waiting(account, Priority.SWEEP)
    return Progress(SweepState.from_json(stored), tables.swept.counts(account), waiting)


def start(
    tables: Tables,
    account: str,
    *,
    now: datetime,
    since: datetime | None = None,
    sample: int | None = None,
) -> SweepState:
    """Begin a sweep, or go on with the one that was asked for in the same words."""
    last = look(tables, account)
    tables.due.upsert(account, subjects.SWEEP, due_at=now, priority=Priority.SWEEP)
    if last and not last.finished and (last.state.since, last.state.sample) == (since, sample):
        return last.state
    state = SweepState(started=now, since=since, sample=sample)
    if last:
        state = replace(state, history=_history(last.state), calls_per_ticket=last.calls_per_ticket)
    tables.swept.clear(account)
    tables.values.put(account, STATE, state.to_json())
    return state


def _history(state: SweepState) -> int | None:
    return state.listed if state.listed_all and state.since is None else state.history


def step(
    account: str,
    connector: Connector,
    store: Store,
    clock: Clock,
    claim: Claim | None,
    rng: random.Random,
) -> bool:
    """List one page further, or make the next tickets due; True when there is no more to do."""
    with store.transaction() as tables:
        stored = tables.values.get(account, STATE)
    state = SweepState.from_json(stored) if stored else None
    if state is not None and not state.listed_all:
        page = connector.history(state.cursor, since=state.since)
        state = replace(state, cursor=page.cursor, pages=state.pages + 1, listed_all=not page.more)
        with store.transaction() as tables:
            state = _take(tables, account, state, page.tickets, clock.now(), rng)
            tables.values.put(account, STATE, state.to_json())
    return _go_on(store, account, claim, state, clock.now())


def _take(
    tables: Tables,
    account: str,
    state: SweepState,
    tickets: tuple[TicketRef, ...],
    now: datetime,
    rng: random.Random,
) -> SweepState:
    """Take the tickets of a page into the sweep, or into the draw of its sample."""
    ours = tuple(ticket for ticket in tickets if ticket.ours)
    marks = {ticket.id: ticket.changed for ticket in tickets if not ticket.ours}
    listed, written = state.listed + len(tickets) - len(ours), state.ours + len(ours)
    state = replace(state, listed=listed, ours=written)
    if state.sample is None:
        # Nothing is skipped because of what its subject says: ours are read, and not counted.
        make_due(tables, account, ours, Priority.SWEEP, now=now)
        _add(tables, account, marks, now)
        return state
    seed = state.seed or f"{rng.getrandbits(64):x}"
    marks = {**state.chosen, **marks}
    chosen = {ticket: marks[ticket] for ticket in draw(seed, marks, state.sample)}
    if state.listed_all:
        _add(tables, account, chosen, now)
        chosen = {}
    return replace(state, seed=seed, chosen=chosen)


def _add(tables: Tables, account: str, marks: Mapping[str, str], now: datetime) -> None:
    """List tickets, each with what an earlier reading of its present state has found."""
    rules = (SCANNED_WITH, scanned_this_hour(now))
    found = {
        ticket: tables.seen.found(account, ticket, changed=changed, scanned_with=rules)
        for ticket, changed in marks.items()
    }
    tables.swept.add(account, found)


def _go_on(
    store: Store, account: str, claim: Claim | None, state: SweepState | None, now: datetime
) -> bool:
    """Make due what there is room for; where that is not all, the sweep comes again."""
    again: datetime | None = None
    with store.transaction() as tables:
        if state is not None and not state.listed_all:
            again = now
        elif state is not None and not _make_next_due(tables, account, now):
            again = now + PAUSE
        if claim is not None:
            tables.due.finish(claim)
        if again is not None:
            tables.due.upsert(account, subjects.SWEEP, due_at=again, priority=Priority.SWEEP)
    return again is None


def _make_next_due(tables: Tables, account: str, now: datetime) -> bool:
    """Whether none is left that is not due."""
    room = max(0, AHEAD - tables.due.waiting(account, Priority.SWEEP))
    tickets = tables.swept.take(account, room)
    make_all_due(tables, account, map(subjects.of_ticket, tickets), Priority.SWEEP, now=now)
    return not tables.swept.counts(account).to_come
