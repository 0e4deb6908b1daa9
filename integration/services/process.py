"""`process_due`: claim what is due, work many subjects at once, hand each back exactly once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue

from integration.core import subjects
from integration.core.errors import (
    AuthExpired,
    DeskwardenError,
    LeaseLost,
    PermanentError,
    RetryableError,
)
from integration.core.models import Priority
from integration.core.policy import Policy
from integration.core.ports import Clock, Connector, OnStep
from integration.core.rows import Claim
from integration.core.tables import Store
from integration.services import pausing
from integration.services.findings import observe_account
from integration.services.handback import MOST_LOST, Handback, hand_back
from integration.services.leases import LEASE, Leases

BATCH_SECONDS = 20.0
"""A job claims nothing new after so long and asks to be woken again: it stays bounded."""
LOOK_SECONDS = 0.2
"""How long new rows may wait while the tickets in hand wait for their helpdesk."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One account opened by one thread at one priority."""

    account: str
    connector: Connector
    policy: Policy
    priority: Priority


Handler = Callable[[Desk, Claim], None]
"""Works one claim of its kind and finishes it within its own transaction."""


@dataclass(slots=True)
class Report:
    """What one `process_due` did."""

    done: int = 0
    retried: int = 0
    parked: int = 0
    more: bool = False
    """Rows are still due: wake again."""


@dataclass(slots=True)
class Processor:
    """Works due rows of all accounts, but those paused by a person or for a refused key."""

    store: Store
    clock: Clock
    owner: str
    open_desk: Callable[[str, Priority], Desk]
    handlers: Mapping[str, Handler]
    report_failure: Callable[[Claim, DeskwardenError | None], None]
    """Told of every failure: a log line and a metric. None stands for a bug of ours."""
    threads: int = 16
    lease: float = LEASE
    batch_seconds: float = BATCH_SECONDS
    on_step: OnStep = lambda _step: None
    _desks: threading.local = field(default_factory=threading.local)
    _opened: list[Desk] = field(default_factory=list)
    _leases: Leases = field(init=False)

    def __post_init__(self) -> None:
        """Nothing is claimed yet."""
        self._leases = Leases(self.store, self.clock, self.lease)

    def run(self) -> Report:
        """Claim and work until nothing is due or the time is over."""
        report = Report()
        end = self.clock.now() + timedelta(seconds=self.batch_seconds)
        try:
            self._work_until(end, report)
        finally:
            self._close()
        return report

    def _work_until(self, end: datetime, report: Report) -> None:
        finished: SimpleQueue[Future[Handback]] = SimpleQueue()
        with ThreadPoolExecutor(self.threads, thread_name_prefix="desk") as pool:
            try:
                report.more = self._work_on(pool, finished, end, report)
            finally:
                # A run that breaks off waits for what it has in hand: that is ours until it ends.
                while self._leases:
                    self._next(finished)

    def _work_on(
        self,
        pool: ThreadPoolExecutor,
        finished: SimpleQueue[Future[Handback]],
        end: datetime,
        report: Report,
    ) -> bool:
        """Claim and work until nothing is left, or the time is over: then there may be more."""
        running = 0
        while True:
            late = self.clock.now() >= end
            # A second batch waits behind the first, so that no thread waits for a claim.
            claims = [] if late or running > self.threads else self._claim()
            begin_by = end if running else None  # the first are worked however late it is
            self._share_out(pool, finished, claims, begin_by)
            running += len(claims)
            if not running:
                return late
            if done := self._next(finished):
                running -= 1
                _count(report, done.result())

    def _share_out(
        self,
        pool: ThreadPoolExecutor,
        finished: SimpleQueue[Future[Handback]],
        claims: list[Claim],
        begin_by: datetime | None,
    ) -> None:
        """Hold these and give them to threads; where that fails, take back what none has begun."""
        self._leases.hold(claims)
        turns = [(claim, threading.Lock()) for claim in claims]
        try:
            for claim, turn in turns:
                work = pool.submit(self._work_in_turn, turn, claim, begin_by)
                work.add_done_callback(finished.put)
        except BaseException:
            # No thread could be begun, perhaps. Others may be at work: whoever gets the turn first,
            # a thread or we, has the claim, as the pool does not tell what it has kept.
            self._take_back([claim for claim, turn in turns if turn.acquire(blocking=False)])
            raise

    def _take_back(self, claims: list[Claim]) -> None:
        """Put back what no thread will work, so that the run can end and others can begin it."""
        for claim in claims:
            self._leases.let_go(claim)
        with self.store.transaction() as tables:
            for claim in claims:
                tables.due.put_back(claim)

    def _next(self, finished: SimpleQueue[Future[Handback]]) -> Future[Handback] | None:
        """What has finished, or None when it takes long: then new rows are looked for."""
        self._leases.keep()
        try:
            return finished.get(timeout=LOOK_SECONDS)
        except Empty:
            return None

    def _claim(self) -> list[Claim]:
        self.on_step("before claim")
        with self.store.transaction() as tables:
            open_accounts = pausing.worked(tables)
            claims = (
                tables.due.claim(
                    self.owner,
                    now=self.clock.now(),
                    lease=self.lease,
                    limit=self.threads,
                    accounts=open_accounts,
                )
                if open_accounts
                else []
            )
        if claims:
            self.on_step("claimed")
        return claims

    def _work_in_turn(
        self, turn: threading.Lock, claim: Claim, begin_by: datetime | None
    ) -> Handback:
        if not turn.acquire(blocking=False):
            return Handback.PUT_BACK
        return self._work(claim, begin_by)

    def _work(self, claim: Claim, begin_by: datetime | None) -> Handback:
        try:
            if begin_by is not None and self.clock.now() >= begin_by:
                return self._put_back(claim)
            self._handle(claim)
        except DeskwardenError as error:
            self.report_failure(claim, error)
            return self._give_back(claim, error)
        except Exception:  # noqa: BLE001  the edge of a thread: the row must be handed back
            self.report_failure(claim, None)
            bug = RetryableError("an unexpected failure", reason="internal")
            return self._give_back(claim, bug)
        finally:
            self._leases.let_go(claim)
        return Handback.DONE

    def _put_back(self, claim: Claim) -> Handback:
        """A slow helpdesk must not make a run last as long again as it should."""
        with self.store.transaction() as tables:
            tables.due.put_back(claim)
        return Handback.PUT_BACK

    def _handle(self, claim: Claim) -> None:
        if not self._leases.is_held(claim):
            raise LeaseLost("another worker has taken the row over")
        if claim.lost >= MOST_LOST:
            raise PermanentError("no worker has given the row back", reason="worker_lost")
        kind = subjects.kind_of(claim.subject)
        self.handlers[kind](self._desk(claim), claim)

    def _give_back(self, claim: Claim, error: DeskwardenError) -> Handback:
        now = self.clock.now()
        with self.store.transaction() as tables:
            if isinstance(error, AuthExpired):
                pausing.pause(tables, claim.account, error.reason, now=now)
                observe_account(tables, claim.account, "account.auth_expired", now=now)
            return hand_back(tables, claim, error, now=now)

    def _desk(self, claim: Claim) -> Desk:
        """This thread's desk for the claim's account and priority: one session, kept alive."""
        desks: dict[tuple[str, Priority], Desk] = self._desks.__dict__.setdefault("open", {})
        key = (claim.account, claim.priority)
        if key not in desks:
            desks[key] = self.open_desk(*key)
            self._opened.append(desks[key])
        return desks[key]

    def _close(self) -> None:
        for desk in self._opened:
            desk.connector.close()
        self._opened.clear()
        self._desks = threading.local()


def _count(report: Report, handback: Handback) -> None:
    match handback:
        case Handback.DONE:
            report.done += 1
        case Handback.RETRIED:
            report.retried += 1
        case Handback.PARKED:
            report.parked += 1
        case Handback.PUT_BACK:
            pass  # nothing became of it
