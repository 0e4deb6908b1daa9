"""Sending what waits in the outbox: our own tickets and notes, each exactly once.

A ticket is looked for before it is made, a note before it is posted (`our_tickets`): so nothing
doubles when a call failed after its effect, or when our database is lost. A text that looks like
card data is not sent and becomes a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from integration.core.errors import AuthExpired, LeaseLost, PermanentError, RetryableError
from integration.core.findings import account as account_causes
from integration.core.findings.causes import Closing, closing
from integration.core.findings.journal_texts import render_day, render_month
from integration.core.findings.lifecycle import FOUND_AGAIN, ask_again
from integration.core.findings.model import Finding, Observation, Seen, State, fingerprint
from integration.core.findings.texts import (
    TicketText,
    marker,
    names_people,
    people_of,
    reference,
    render,
    render_note,
)
from integration.core.models import TicketStatus, TicketView
from integration.core.policy import Policy
from integration.core.ports import Clock, Connector, OnStep
from integration.core.rows import OutboxRow, RecordType
from integration.core.tables import Store, Tables
from integration.services import gate, pausing
from integration.services.findings import observe
from integration.services.handback import PATIENT
from integration.services.our_tickets import OurTickets
from integration.services.turns import about, in_turn

CREATING = "outbox.creating"
"""Finding -> the row that makes its ticket, from before the call until the ticket is settled."""


@dataclass(slots=True)
class PublishReport:
    """What one run did."""

    sent: dict[str, int] = field(default_factory=dict)
    """Kind of row -> how many now stand in the helpdesk."""
    failed: int = 0
    """Refused for good by the helpdesk; tried again next time."""
    refused: int = 0
    """Not sent by us: the text holds something that looks like a card number."""


def publish(
    account: str,
    connector: Connector,
    store: Store,
    policy: Policy,
    clock: Clock,
    on_step: OnStep = lambda _step: None,
    may_write: Callable[[], None] = lambda: None,
) -> PublishReport:
    """Send what waits. Raises AuthExpired and RetryableError, of one ticket only at the end.

    `may_write` is asked before each write and raises when another worker is at it.
    """
    ours = OurTickets(connector, policy.findings_department, may_write, on_step)
    publisher = _Publisher(account, ours, store, policy, clock, on_step)
    with store.transaction() as tables:
        row = tables.accounts.get(account)
        is_silent = row is not None and row.paused in pausing.SILENT
        waiting = [] if is_silent else tables.outbox.waiting(account)
    later: dict[str, RetryableError] = {}
    for item in in_turn(waiting):
        if about(item) in later:
            continue
        try:
            publisher.send(item)
        except RetryableError as error:
            if error.reason in PATIENT or isinstance(error, LeaseLost):
                raise
            later[about(item)] = error
    for first in later.values():
        raise first
    return publisher.report


@dataclass(slots=True)
class _Publisher:
    account: str
    ours: OurTickets
    store: Store
    policy: Policy
    clock: Clock
    on_step: OnStep
    report: PublishReport = field(default_factory=PublishReport)
    _people: Mapping[str, str] | None = None

    def send(self, row: OutboxRow) -> None:
        """Send one row, or count why not."""
        try:
            ticket_id = SENDERS[row.kind](self, row)
        except gate.TextRefused:
            self.report.refused += 1
            self._count_failure(row, Seen.FAIL)
        except LeaseLost:
            raise  # the row is in another's hands
        except (RetryableError, AuthExpired):
            self._count_failure(row)
            raise
        except PermanentError:
            self.report.failed += 1
            self._count_failure(row)
        else:
            self._settle(row, ticket_id)
            self.report.sent[row.kind] = self.report.sent.get(row.kind, 0) + 1

    def open(self, row: OutboxRow) -> str:
        """A decision ticket that stands, and is open while its finding is."""
        finding = self._finding(row)
        return finding.ticket_id or self._stand(row, finding)

    def note(self, row: OutboxRow) -> str:
        """A note on the decision ticket."""
        finding = self._finding(row)
        view = self.ours.view(finding.ticket_id, marker(finding.fingerprint))
        if view is None:
            return self._stand(row, finding)
        answered = self._answered_before(row, finding, view)
        if answered:
            row, finding = self._ask_again(row, finding)
        self.ours.post(view, self._note_text(row, finding), row.dedupe_key)
        if answered:
            self.ours.set_status(view, TicketStatus.OPEN)
        return view.ticket.id

    def _answered_before(self, row: OutboxRow, finding: Finding, view: TicketView) -> bool:
        """Whether a person closed the ticket, and there is more now than was answered for."""
        return (
            row.kind == "note"
            and view.ticket.status is TicketStatus.CLOSED
            and finding.state is State.OPEN
            and bool(_places(row, "added") - _places(row, "removed"))
            and closing(finding.cause) is not Closing.FACT
        )

    def _ask_again(self, row: OutboxRow, finding: Finding) -> tuple[OutboxRow, Finding]:
        at = datetime.fromisoformat(row.payload["at"])
        with self.store.transaction() as tables:
            # As it is now: it may have been seen again while the helpdesk answered.
            finding = tables.findings.get(self.account, finding.fingerprint) or finding
            if finding.facts.get(FOUND_AGAIN) != at.isoformat():
                finding = ask_again(finding, at)
                tables.findings.save(finding)
        return replace(row, payload={**row.payload, "note": "more"}), finding

    def close(self, row: OutboxRow) -> str:
        """A last note, then the ticket is closed."""
        finding = self._finding(row)
        view = self.ours.view(finding.ticket_id, marker(finding.fingerprint))
        if view is None:
            return ""
        self.ours.post(view, self._note_text(row, finding), row.dedupe_key)
        self.ours.set_status(view, TicketStatus.CLOSED)
        return view.ticket.id

    def reopen(self, row: OutboxRow) -> str:
        """The same ticket opened again, with a note why."""
        ticket_id = self.note(row)
        if view := self.ours.view(ticket_id, marker(row.payload["fingerprint"])):
            self.ours.set_status(view, TicketStatus.OPEN)
        return ticket_id

    def journal(self, row: OutboxRow) -> str:
        """The note of a day on the journal ticket of its month."""
        month, locale = row.payload["month"], self.policy.locale
        mark = marker(fingerprint(self.account, "journal", month))
        view = self.ours.found(mark)
        ticket_id = view.ticket.id if view else self.ours.create(render_month(month, locale), mark)
        day = render_day(row.payload, locale)
        view = self.ours.connector.fetch(ticket_id)
        self.ours.post(view, self._signed(day, row), row.dedupe_key)
        return ticket_id

    def _stand(self, row: OutboxRow, finding: Finding) -> str:
        """Make the decision ticket, or take over the one that stands from an earlier life.

        What was over before it could be told makes no ticket; the journal has counted it.
        """
        people = self._names(finding)
        text = render(finding, self.policy.locale, people=people)
        mark = marker(finding.fingerprint)
        view = self.ours.found(mark)
        if view is None:
            return self._begin(row, text, mark) if finding.state is State.OPEN else ""
        if not self._has_made(row):
            self.ours.post(view, self._signed(text.body, row), row.dedupe_key)
        if finding.state is State.OPEN:
            self.ours.set_status(view, TicketStatus.OPEN)
        return view.ticket.id

    def _begin(self, row: OutboxRow, text: TicketText, mark: str) -> str:
        with self.store.transaction() as tables:
            begun = self._creating(tables) | {row.payload["fingerprint"]: row.dedupe_key}
            tables.values.put(self.account, CREATING, begun)
        return self.ours.create(text, mark)

    def _has_made(self, row: OutboxRow) -> bool:
        """Whether the ticket that stands is what this very row made: then it says it already."""
        with self.store.transaction() as tables:
            return self._creating(tables).get(row.payload["fingerprint"]) == row.dedupe_key

    def _creating(self, tables: Tables) -> dict[str, str]:
        return dict(tables.values.get(self.account, CREATING) or {})

    def _note_text(self, row: OutboxRow, finding: Finding) -> str:
        people = self._names(finding)
        note = render_note(finding, row.payload, self.policy.locale, people=people)
        return self._signed(note, row)

    def _signed(self, text: str, row: OutboxRow) -> str:
        return f"{text}\n\n{reference(row.dedupe_key, self.policy.locale)}"

    def _names(self, finding: Finding) -> Mapping[str, str]:
        """What people call the agents and keys of a finding: read when needed, never stored."""
        if not names_people(finding):
            return {}
        if self._people is None:
            self._people = people_of(self.ours.connector.snapshot(now=self.clock.now()))
        return self._people

    def _finding(self, row: OutboxRow) -> Finding:
        with self.store.transaction() as tables:
            finding = tables.findings.get(self.account, row.payload["fingerprint"])
        if finding is None:
            raise PermanentError("the finding of this text is not known", reason="not_found")
        return finding

    def _settle(self, row: OutboxRow, ticket_id: str) -> None:
        self.on_step("before sent")
        now = self.clock.now()
        with self.store.transaction() as tables:
            key = row.dedupe_key
            if not tables.outbox.sent(self.account, key, ticket_id=ticket_id, now=now):
                return  # another worker has told of it meanwhile
            self._remember_ticket(tables, row, ticket_id)
            record = {"type": RecordType.TOLD, "kind": row.kind, "ticket": ticket_id, "ref": key}
            tables.audit.append(self.account, record, at=now)
            if row.attempts:
                observe(tables, [self._refusal(row, Seen.PASS)], now=now)
        self.on_step("sent")

    def _remember_ticket(self, tables: Tables, row: OutboxRow, ticket_id: str) -> None:
        of = row.payload.get("fingerprint", "")
        creating = self._creating(tables)
        if creating.pop(of, None):
            tables.values.put(self.account, CREATING, creating)
        finding = tables.findings.get(self.account, of) if ticket_id else None
        if finding is not None and finding.ticket_id != ticket_id:
            tables.findings.save(replace(finding, ticket_id=ticket_id))

    def _count_failure(self, row: OutboxRow, refused: Seen | None = None) -> None:
        with self.store.transaction() as tables:
            tables.outbox.failed(self.account, row.dedupe_key)
            if refused is not None:
                observe(tables, [self._refusal(row, refused)], now=self.clock.now())

    def _refusal(self, row: OutboxRow, seen: Seen) -> Observation:
        return account_causes.observe(
            self.account,
            "account.text_refused",
            account_causes.text_refused(reference=row.dedupe_key),
            seen=seen,
            resource=f"outbox:{row.dedupe_key}",
        )


def _places(row: OutboxRow, change: str) -> set[str]:
    return {member.partition("=")[0] for member in row.payload.get(change, ())}


SENDERS: Mapping[str, Callable[[_Publisher, OutboxRow], str]] = {
    "open": _Publisher.open,
    "note": _Publisher.note,
    "close": _Publisher.close,
    "reopen": _Publisher.reopen,
    "journal": _Publisher.journal,
}
"""Kind of row -> what sends it; returns the id of the ticket it stands in, empty for none."""
