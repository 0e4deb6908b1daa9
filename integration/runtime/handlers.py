"""Kind of due subject -> the use case that works it."""

from __future__ import annotations

import random
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from integration.core import subjects
from integration.core.rows import Claim
from integration.logs import get_logger
from integration.services import (
    access,
    answers,
    holds,
    journal,
    modes,
    periodic,
    publish,
    reconcile,
    sample_ticket,
    sweep,
)
from integration.services.leases import keep_or_stop
from integration.services.process import Desk, Handler

if TYPE_CHECKING:
    from integration.runtime.composition import Runtime

_log = get_logger(__name__)

KEEP = timedelta(days=90)
"""How long what was seen, delivered and sent is remembered; audit and findings stay."""


class Handlers:
    """The use cases, each over the store and clock of one process."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._store = runtime.store
        self._clock = runtime.clock

    def table(self) -> Mapping[str, Handler]:
        """By the kind of the subject."""
        return {
            subjects.TICKET: self._ticket,
            subjects.RECONCILE: self._reconcile,
            subjects.SNAPSHOT: self._snapshot,
            subjects.OUTBOX: self._outbox,
            subjects.JOURNAL: self._journal,
            subjects.UPKEEP: self._upkeep,
            subjects.SWEEP: self._sweep,
            subjects.ANSWER: self._answer,
            subjects.SAMPLE: self._sample,
        }

    def _ticket(self, desk: Desk, claim: Claim) -> None:
        result = self._runtime.redactor(desk).run(subjects.ticket_of(claim.subject), claim)
        if result.outcomes:
            _log.info(
                "data_found",
                account=desk.account,
                ticket=result.ticket,
                outcome=result.outcome.value,
                places=len(result.outcomes),
                exposure_ms=result.exposure_ms,
            )

    def _reconcile(self, desk: Desk, claim: Claim) -> None:
        reconcile.reconcile(desk.account, desk.connector, self._store, self._clock)
        self._again(claim)

    def _snapshot(self, desk: Desk, claim: Claim) -> None:
        report = access.check_access(
            desk.account, desk.connector, self._store, desk.policy, self._clock
        )
        _log.info("access_checked", account=desk.account, **report.results)
        with self._store.transaction() as tables:
            sample_ticket.make_due(tables, desk.account, now=self._clock.now())
        self._again(claim)

    def _outbox(self, desk: Desk, claim: Claim) -> None:
        report = publish.publish(
            desk.account,
            desk.connector,
            self._store,
            desk.policy,
            self._clock,
            self._runtime.on_step,
            lambda: keep_or_stop(self._store, self._clock, claim, self._runtime.lease),
        )
        if report.sent or report.failed or report.refused:
            _log.info(
                "published",
                account=desk.account,
                **report.sent,
                failed=report.failed,
                refused=report.refused,
            )
        self._again(claim)

    def _journal(self, desk: Desk, claim: Claim) -> None:
        journal.write(desk.account, self._store, self._clock)
        self._again(claim)

    def _upkeep(self, desk: Desk, claim: Claim) -> None:
        modes.upkeep(self._store, desk.account, desk.policy, now=self._clock.now())
        self._store.prune(self._clock.now() - KEEP)
        holds.refresh_tags(desk.account, desk.connector, self._store, desk.policy, self._clock)
        self._again(claim)

    def _sweep(self, desk: Desk, claim: Claim) -> None:
        rng = random.Random(secrets.randbits(64))  # noqa: S311  a sample, not a secret
        sweep.step(desk.account, desk.connector, self._store, self._clock, claim, rng)

    def _answer(self, desk: Desk, claim: Claim) -> None:
        finding = subjects.finding_of(claim.subject)
        if answers.read(desk.account, desk.connector, self._store, self._clock, finding):
            _log.info("closed_by_hand", account=desk.account, finding=finding)
        self._done(claim)

    def _sample(self, desk: Desk, claim: Claim) -> None:
        sample_ticket.read_answers(desk.account, desk.connector, self._store)
        self._done(claim)

    def _done(self, claim: Claim) -> None:
        with self._store.transaction() as tables:
            tables.due.finish(claim)

    def _again(self, claim: Claim) -> None:
        with self._store.transaction() as tables:
            periodic.finish(tables, claim, now=self._clock.now())
