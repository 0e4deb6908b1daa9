"""From a due ticket to "verified gone": read, decide, climb, read again, record. One ticket.

Everything that has to be true together (outcomes, exposure, audit record, findings, the due row)
is committed in one transaction at the end. Until then only ids and steps are stored, so that the
next worker can go on from what it sees in the helpdesk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from integration import __version__
from integration.core.capabilities import Capabilities, Outcome
from integration.core.errors import LeaseLost, NotFound, RateLimited, RetryableError
from integration.core.mode import Mode
from integration.core.models import Priority, TicketView
from integration.core.plan import Decision, Scan, decide, merge
from integration.core.policy import Policy
from integration.core.ports import Clock, Connector, OnStep
from integration.core.rows import AccountRow, Claim, RecordType, RedactionRow, WaitingRow
from integration.core.tables import Store, Tables
from integration.services import breaker, merged, readers, under_test, waiting
from integration.services.findings import (
    TicketLook,
    observe_ticket,
    observe_vanished,
    ticket_record,
)
from integration.services.ladder import Climb
from integration.services.leases import LEASE
from integration.services.result import (
    Result,
    asked_by,
    audit_record,
    card_data_found,
    conclude,
    look_at,
)

SCANNED_WITH = __version__
"""By which rules a ticket was read: a newer version may find more, so its sweeps read again."""
LOOK_HOURLY = "%Y-%m-%dT%H"
"""What is not gone is looked at again in the next hour, though the ticket has not changed since."""
ROUNDS = 3
"""A write may make new copies (history, mails): they are removed in a further round, so often."""


class _Before(NamedTuple):
    """What was so when the look at a ticket began."""

    calls: int
    """Of the connector, so far."""
    waited: WaitingRow | None


@dataclass(frozen=True, slots=True)
class Redactor:
    """Redacts tickets of one account. Make one per ticket at work: connectors are not shared."""

    account: str
    connector: Connector
    policy: Policy
    store: Store
    clock: Clock
    on_step: OnStep = lambda _step: None
    lease: float = LEASE
    writes_in: frozenset[Mode] = frozenset({Mode.ENFORCE})
    """In which modes of the account it may write; our own scratch ticket is cleaned in both."""
    source: str = ""
    """Who asked for the look, where it is not told by the priority of its claim."""

    def run(self, ticket_id: str, claim: Claim | None = None) -> Result:
        """Bring one ticket to its outcome and record it; raises what the connector raises."""
        before = self.connector.calls
        try:
            return self._run(ticket_id, claim, before)
        except RateLimited:
            # Half a reading is paid for too: a sweep tells what its tickets really take.
            spent = self.connector.calls - before
            self.store.together(lambda t: t.swept.spent(self.account, ticket_id, spent))
            raise

    def _run(self, ticket_id: str, claim: Claim | None, calls: int) -> Result:
        rows, waited = self._begun(ticket_id, claim)
        try:
            view = self.connector.fetch(ticket_id)
        except NotFound:
            return self._ticket_is_gone(ticket_id, rows, claim)
        # Out here, because only the reading of the ticket itself may say that it is gone.
        capabilities = self.connector.capabilities()
        if rows and capabilities.previews:
            # It may still show what a message held before we, or somebody, removed it.
            shown = self.connector.fetch(ticket_id, only=capabilities.previews)
            view = merge(view, shown, capabilities.previews)
        if view.ticket.id != ticket_id:
            return self._hand_over(ticket_id, view, claim)
        climb = self._climb(view, rows, claim)
        try:
            first, decided = self._rounds(climb, capabilities)
        except NotFound:
            return self._ticket_is_gone(ticket_id, climb.rows, claim)
        look = look_at(climb, first, decided)
        result = conclude(self.account, look, claim)
        self._record(result, look, claim, _Before(calls, waited))
        return result

    def _begun(
        self, ticket: str, claim: Claim | None
    ) -> tuple[dict[str, RedactionRow], WaitingRow | None]:
        """What earlier looks have begun in a ticket, and how it waited."""
        if claim is not None and not claim.begun:
            return {}, None

        def look(tables: Tables) -> tuple[dict[str, RedactionRow], WaitingRow | None]:
            begun = tables.redactions.of_ticket(self.account, ticket)
            return begun, tables.waiting.get(self.account, ticket)

        return self.store.together(look)

    def _climb(self, view: TicketView, rows: dict[str, RedactionRow], claim: Claim | None) -> Climb:
        return Climb(
            connector=self.connector,
            view=view,
            policy=self.policy,
            clock=self.clock,
            rows=dict(rows),
            save=self._save,
            may_write=lambda: self._may_write(claim),
            on_step=self.on_step,
        )

    def _rounds(self, climb: Climb, capabilities: Capabilities) -> tuple[Scan, dict[str, Decision]]:
        """Climb until nothing is left to do; the first scan and the last decision per surface."""
        first = climb.scan()
        decided: dict[str, Decision] = {}
        for _ in range(ROUNDS):
            todo = self._todo(climb, capabilities, decided)
            if not todo:
                break
            self._leave_to_a_test(climb.view)
            self._check_rate(climb.view.ticket.id)
            climb.apply(todo)
        else:
            # What the last round has brought to light is not removed any more, but it is told.
            self._todo(climb, capabilities, decided)
        return first, decided

    def _todo(
        self, climb: Climb, capabilities: Capabilities, decided: dict[str, Decision]
    ) -> list[Decision]:
        decisions = decide(climb.scan().hits, climb.view.ticket, self.policy, capabilities)
        decided |= {d.hit.surface.id: d for d in decisions}
        return [d for d in decisions if d.method and d.hit.surface.id not in climb.tried]

    def _save(self, rows: Iterable[RedactionRow]) -> None:
        now = self.clock.now()
        ours = [
            replace(row, account=self.account, started=row.started or now, updated=now)
            for row in rows
        ]

        def save(tables: Tables) -> None:
            for row in ours:
                tables.redactions.save(row)

        self.store.together(save)

    def _may_write(self, claim: Claim | None) -> None:
        """Before every write: nobody has stopped the account, and the ticket is still ours."""
        now = self.clock.now()

        def look(tables: Tables) -> tuple[AccountRow | None, bool]:
            row = tables.accounts.get(self.account)
            return row, claim is None or tables.due.renew(claim, now=now, lease=self.lease)

        row, ours = self.store.together(look)
        if row is None or row.paused:
            raise RetryableError("the account is paused", reason="paused")
        if row.mode not in self.writes_in:
            raise RetryableError("the account was set to monitor", reason="mode_changed")
        if not ours:
            raise LeaseLost("another worker has taken the ticket over")

    def _leave_to_a_test(self, view: TicketView) -> None:
        now = self.clock.now()
        if self.store.together(lambda t: under_test.covers(t, self.account, view, now=now)):
            wait = under_test.LOOK_AGAIN
            raise RetryableError("a self-test is at it", reason="self_test", retry_after=wait)

    def _check_rate(self, ticket: str) -> None:
        now = self.clock.now()

        def look(tables: Tables) -> bool:
            tripped = breaker.trips(tables, self.account, self.policy, ticket=ticket, now=now)
            if tripped:
                breaker.pause(tables, self.account, self.policy, ticket=ticket, now=now)
            return tripped

        if self.store.together(look):
            raise RetryableError("more removals than usual: paused", reason="breaker")

    def _record(
        self, result: Result, look: TicketLook, claim: Claim | None, before: _Before
    ) -> None:
        now = self.clock.now()
        since = before.waited.since if before.waited else look.view.read_at
        department = look.view.ticket.department
        read_by = (
            self.store.together(lambda t: readers.of(t, self.account, department))
            if look.places or look.first.hits
            else None
        )
        record = ticket_record(
            look,
            self.policy,
            self.connector.capabilities(),
            readers=read_by,
            waits_since=since if waiting.places(result) else None,
        )
        said = audit_record(result, self.policy, claim, source=self.source)
        found, calls = card_data_found(look), self.connector.calls - before.calls
        self.on_step("before outcome")

        def write(tables: Tables) -> None:
            self._finish_claim(tables, claim)
            if claim and waiting.places(result):
                again = now + waiting.look_again(since, now)
                due = tables.due
                due.upsert(self.account, claim.subject, due_at=again, priority=Priority.RECHECK)
            self._finish_rows(tables, result, look.rows, now)
            if waiting.is_news(said, before.waited, claim):
                tables.audit.append(self.account, said, at=now)
            waiting.remember(tables, result, said, before.waited, since=since)
            left = tables.traces.of_ticket(self.account, result.ticket)
            known, complete = left.findings, look.view.complete
            observe_ticket(tables, self.account, record, known=known, now=now, complete=complete)
            if mark := look.view.ticket.mark:
                settled = result.outcome is Outcome.GONE and look.view.complete
                rules = SCANNED_WITH if settled else scanned_this_hour(now)
                tables.seen.record(
                    self.account, result.ticket, changed=mark, scanned_with=rules, found=found
                )
            if left.swept and found is None:
                tables.swept.spent(self.account, result.ticket, calls)
            elif left.swept and found is not None:
                tables.swept.read(self.account, result.ticket, found=found, calls=calls)

        self.store.together(write)
        self.on_step("outcome")

    def _finish_rows(
        self, tables: Tables, result: Result, rows: Mapping[str, RedactionRow], now: datetime
    ) -> None:
        for surface, outcome in (result.outcomes or {}).items():
            if surface in rows:
                row = rows[surface]
                # A refused write is no removal: the rate breaker must not count it.
                step = "verified" if outcome is Outcome.GONE else row.step
                done = replace(row, account=self.account, step=step, outcome=outcome.value)
                tables.redactions.save(replace(done, started=done.started or now, updated=now))

    def _finish_claim(self, tables: Tables, claim: Claim | None) -> None:
        """First in its transaction: whoever was overtaken records nothing a second time."""
        if claim is not None and not tables.due.finish(claim):
            raise LeaseLost("another worker has taken the ticket over")

    def _hand_over(self, ticket_id: str, view: TicketView, claim: Claim | None) -> Result:
        """The helpdesk shows another ticket: that one is worked on, under its own lease."""
        now, source = self.clock.now(), self.source or asked_by(claim)
        with self.store.transaction() as tables:
            merged.hand_over(tables, self.account, ticket_id, view, claim, source=source, now=now)
        return Result(self.account, ticket_id, merged_into=view.ticket.id)

    def _ticket_is_gone(
        self, ticket_id: str, rows: Mapping[str, RedactionRow], claim: Claim | None
    ) -> Result:
        """The ticket itself is no longer there: what was begun on it ends as gone."""
        now = self.clock.now()
        begun = {i: Outcome.GONE for i, row in rows.items() if row.outcome is None}
        result = Result(self.account, ticket_id, hits={}, outcomes=begun, verified_at=now)
        with self.store.transaction() as tables:
            self._finish_claim(tables, claim)
            self._finish_rows(tables, result, rows, now)
            tables.waiting.end(self.account, ticket_id)
            source = self.source or asked_by(claim)
            said = {"type": RecordType.NOT_FOUND, "ticket": ticket_id, "source": source}
            tables.audit.append(self.account, said, at=now)
            tables.swept.gone(self.account, ticket_id)
            observe_vanished(tables, self.account, ticket_id, now=now)
        return result


def scanned_this_hour(now: datetime) -> str:
    """The mark of a reading that left something to look at again."""
    return f"{SCANNED_WITH} {now.strftime(LOOK_HOURLY)}"
