"""Asking a person about a sample of tickets: what was found rightly, and what was missed.

The text is shown once and forgotten. What is kept are places, kinds and answers. It only reads, at
the priority of a sweep, and goes on where it was stopped.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from integration.core.errors import NotFound
from integration.core.excerpt import Excerpt, long_numbers, of_spans
from integration.core.models import Ticket, TicketView
from integration.core.plan import scan
from integration.core.policy import Policy
from integration.core.ports import Clock, Connector
from integration.core.rows import VerdictRow
from integration.core.spans import Kind
from integration.core.surfaces import Surface, Text
from integration.core.tables import Store, Tables
from integration.services.sampling import draw, patiently

STATE = "eval"
LEAST_CLEAN = 10
CLEAN_PART = 4
"""Every so-manieth of a sample, but at least those, may be a question about a clean ticket."""
SHOWN = 5
"""Long numbers of a clean ticket that are shown at once."""
RIGHT, WRONG, MISSED, SKIPPED = "right", "wrong", "missed", "skipped"
ASKED = "asked"
"""In a ticket of ours, and not answered yet."""
UNANSWERED = frozenset({SKIPPED, ASKED})
CLEAN = "clean"
SURE, LIKELY = 0.8, 0.5


@dataclass(frozen=True, slots=True)
class Sample:
    """Which tickets are asked about, and how far that has come; kept by account."""

    size: int
    seed: str
    cursor: str | None = None
    listed: int = 0
    listed_all: bool = False
    chosen: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    with_numbers: int = 0
    """Tickets without a find that hold a long number."""

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Sample:
        """As read back."""
        lists = {name: tuple(value[name]) for name in ("chosen", "done")}
        return cls(**{**value, **lists})

    def to_json(self) -> dict[str, Any]:
        """As stored."""
        names = ("size", "seed", "cursor", "listed", "listed_all", "with_numbers")
        values = {name: getattr(self, name) for name in names}
        return values | {"chosen": list(self.chosen), "done": list(self.done)}

    @property
    def left(self) -> tuple[str, ...]:
        """The tickets that have not been read, in the order of the draw."""
        done = frozenset(self.done)
        return tuple(ticket for ticket in self.chosen if ticket not in done)


@dataclass(frozen=True, slots=True)
class Question:
    """One find, or one ticket without any, as a person is asked about it."""

    ticket: Ticket
    row: VerdictRow
    """The answer to be, without its verdict."""
    excerpts: tuple[Excerpt, ...] = field(repr=False)
    why: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found: then the question is whether a card was missed."""
        return self.row.confidence == CLEAN


Ask = Callable[[Question], str | None]
"""The verdict of a person; None: enough for now."""


@dataclass(slots=True)
class Evaluation:
    """One sitting with one person."""

    account: str
    connector: Connector
    store: Store
    policy: Policy
    clock: Clock
    ask: Ask
    on_listed: Callable[[int], None] = lambda _listed: None
    asks_clean: bool = True
    """Whether tickets without a find are asked about: only where their text can be shown."""

    def run(self, size: int, rng: random.Random) -> bool:
        """Draw the sample or go on with it; True when everything in it has been asked."""
        sample = self._drawn(size, rng)
        for ticket_id in sample.left:
            view = self._fetch(ticket_id)
            numbers = self._ask_about(view, sample) if view else 0
            if numbers is None:
                return False
            done = (*sample.done, ticket_id)
            sample = replace(sample, done=done, with_numbers=sample.with_numbers + numbers)
            self._keep(sample)
        return True

    def _drawn(self, size: int, rng: random.Random) -> Sample:
        with self.store.transaction() as tables:
            sample = stored_sample(tables, self.account)
        if sample is None or sample.size != size:
            sample = Sample(size, seed=f"{rng.getrandbits(64):x}")
        while not sample.listed_all:
            cursor = sample.cursor
            page = patiently(self.clock, partial(self.connector.history, cursor, since=None))
            ids = (*sample.chosen, *(ticket.id for ticket in page.tickets))
            sample = replace(
                sample,
                cursor=page.cursor,
                listed=sample.listed + len(page.tickets),
                listed_all=not page.more,
                chosen=draw(sample.seed, ids, size),
            )
            self._keep(sample)
            self.on_listed(sample.listed)
        return sample

    def _fetch(self, ticket_id: str) -> TicketView | None:
        try:
            return patiently(self.clock, partial(self.connector.fetch, ticket_id))
        except NotFound:
            return None

    def _ask_about(self, view: TicketView, sample: Sample) -> int | None:
        """1 for a ticket without a find that holds a long number, else 0; None: enough for now."""
        finds = list(self._finds(view))
        clean = None if finds else self._clean(view)
        with self.store.transaction() as tables:
            said = {_place(row): row for row in tables.verdicts.list(self.account)}
        asked = sum(r.confidence == CLEAN and r.ticket in sample.chosen for r in said.values())
        if clean and self.asks_clean and asked < max(sample.size // CLEAN_PART, LEAST_CLEAN):
            finds = [clean]
        for question in finds:
            if _place(question.row) not in said and not self._answered(question):
                return None
        return int(clean is not None)

    def _answered(self, question: Question) -> bool:
        verdict = self.ask(question)
        if verdict is None:
            return False
        with self.store.transaction() as tables:
            tables.verdicts.save(replace(question.row, verdict=verdict))
        return True

    def _finds(self, view: TicketView) -> Iterator[Question]:
        for hit in scan(view, self.policy).hits:
            content = hit.surface.content
            if not isinstance(content, Text):
                continue
            for span, excerpt in zip(hit.spans, of_spans(content, hit.spans), strict=True):
                row = self._row(view, hit.surface, (span.start, span.end))
                row = replace(row, kind=span.kind.value, confidence=_bucket(span.confidence))
                yield Question(view.ticket, row, (excerpt,), span.why)

    def _clean(self, view: TicketView) -> Question | None:
        """The long numbers of a ticket in which nothing was found; None when there are none."""
        numbers = [
            (surface, place, excerpt)
            for surface in view.surfaces
            if isinstance(surface.content, Text)
            for place, excerpt in long_numbers(surface.content)
        ]
        if not numbers:
            return None
        surface, place, _ = numbers[0]
        excerpts = tuple(excerpt for _, _, excerpt in numbers[:SHOWN])
        return Question(view.ticket, self._row(view, surface, place), excerpts)

    def _row(self, view: TicketView, surface: Surface, place: tuple[int, int]) -> VerdictRow:
        kind = Kind.PAN.value
        return VerdictRow(self.account, view.ticket.id, surface.id, kind, *place, CLEAN, SKIPPED)

    def _keep(self, sample: Sample) -> None:
        with self.store.transaction() as tables:
            tables.values.put(self.account, STATE, sample.to_json())


@dataclass(frozen=True, slots=True)
class Summary:
    """What the answers come to."""

    tickets: int
    """Tickets of the sample that were read."""
    by_kind: Mapping[str, tuple[int, int]]
    """Kind -> how many finds are right, of how many that were answered."""
    missed: tuple[int, int]
    """Tickets in which a card was missed, of those without a find that were asked about."""
    with_numbers: int
    """Tickets without a find that hold a long number."""


def summary(tables: Tables, account: str) -> Summary | None:
    """What was answered about the present sample; None when there is none."""
    sample = stored_sample(tables, account)
    if sample is None:
        return None
    chosen = frozenset(sample.chosen)
    listed = tables.verdicts.list(account)
    rows = [r for r in listed if r.ticket in chosen and r.verdict not in UNANSWERED]
    finds = [row for row in rows if row.confidence != CLEAN]
    return Summary(
        tickets=len(sample.done),
        by_kind=_right(finds),
        missed=(sum(row.verdict == MISSED for row in rows), len(rows) - len(finds)),
        with_numbers=sample.with_numbers,
    )


def stored_sample(tables: Tables, account: str) -> Sample | None:
    """The sample that was drawn last."""
    stored = tables.values.get(account, STATE)
    return None if stored is None else Sample.from_json(stored)


def _right(rows: Iterable[VerdictRow]) -> dict[str, tuple[int, int]]:
    answered: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for row in rows:
        answered[row.kind] += 1
        right[row.kind] += row.verdict == RIGHT
    return {kind: (right[kind], answered[kind]) for kind in sorted(answered)}


def _place(row: VerdictRow) -> tuple[str, str, str, int]:
    return row.ticket, row.surface, row.kind, row.start


def _bucket(confidence: float) -> str:
    if confidence >= SURE:
        return "sure"
    return "likely" if confidence >= LIKELY else "unsure"
