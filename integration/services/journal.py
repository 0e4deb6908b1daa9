"""The journal: what happened since the last note, built from the audit chain and anchoring it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import takewhile

from integration.core import subjects
from integration.core.capabilities import Outcome
from integration.core.file_kinds import FileKind
from integration.core.findings.model import Finding, State, fingerprint, lettered
from integration.core.findings.texts import SUBJECT_FACTS
from integration.core.models import Priority
from integration.core.ports import Clock
from integration.core.rows import AuditRow, Json, OutboxRow, RecordType
from integration.core.spans import CARD_DATA
from integration.core.tables import Store, Tables
from integration.services import chain, deliveries

NAME = "journal"
"""The value that remembers until when the journal is written, the anchor that it gave, and how many
deliveries there had been."""
DUE_ROWS = 10
DOCUMENT_TICKETS = 20
QUIET = frozenset({RecordType.ACCESS_CHECKED, RecordType.TESTED, RecordType.MERGED})
"""Records that are no news of their own: what a daily check or a test finds is told by tickets."""
COUNTED_ELSEWHERE = frozenset({Outcome.GONE, Outcome.PLANNED, Outcome.PENDING})


def write(account: str, store: Store, clock: Clock) -> bool:
    """Queue the note of today if there is news and none was written today; whether it was.

    A note covers all that happened since the last one, so no hour is left out.
    """
    now = clock.now()
    with store.transaction() as tables:
        last = tables.values.get(account, NAME)
        newest = tables.audit.head(account)
    if newest is None or (last and datetime.fromisoformat(last["until"]).date() >= now.date()):
        return False
    # By seq, not by time: a record waits for its turn to be written, and bears the time before.
    behind = chain.rows(store, account, after=last["seq"] if last else 0)
    # What comes while they are read is for the next note.
    rows = list(takewhile(lambda row: row.seq <= newest.seq, behind))
    if not any(_is_news(row.record) for row in rows):
        return False
    # Counted before the last transaction: a day may have hundreds of thousands of records.
    counted = {
        "account": account,
        "since": last["until"] if last else rows[0].at.isoformat(),
        "until": now.isoformat(),
        **count(row.record for row in rows),
    }
    with store.transaction() as tables:
        if tables.values.get(account, NAME) != last:
            return False  # written or put off meanwhile
        _queue(tables, account, counted, last, newest, now)
    return True


def _queue(
    tables: Tables, account: str, counted: Json, last: Json | None, newest: AuditRow, now: datetime
) -> None:
    """Queue the note with how things stand now, and remember how far it goes."""
    received = deliveries.totals(tables.received.of(account))
    head = {"seq": newest.seq, "mac": newest.mac}
    note = {
        "month": now.strftime("%Y-%m"),
        **counted,
        "waiting": tables.waiting.count(account)._asdict(),
        **_due(tables.findings.list(account, states=(State.OPEN,))),
        "deliveries": deliveries.since(received, last),
        "head": {**head, "mac": lettered(newest.mac)},
    }
    key = fingerprint(account, NAME, now.date().isoformat())
    tables.outbox.put(OutboxRow(account, key, "journal", note, now))
    remembered = {"until": now.isoformat(), deliveries.TOTALS: received, **head}
    tables.values.put(account, NAME, remembered)
    tables.due.upsert(account, subjects.OUTBOX, due_at=now, priority=Priority.FINDING)


def put_off(tables: Tables, account: str, *, until: datetime) -> None:
    """Write the next note on a day after this one; it covers what came since the last as ever."""
    last = tables.values.get(account, NAME) or {"seq": 0}
    tables.values.put(account, NAME, {**last, "until": until.isoformat()})


def _is_news(record: Json) -> bool:
    if record["type"] == RecordType.SCANNED:
        return bool(record["hits"] or record.get("counted") or record["not_scannable"])
    is_own_note = record["type"] == RecordType.TOLD and record["kind"] == NAME
    return not is_own_note and record["type"] not in QUIET


def count(records: Iterable[Json]) -> Json:
    """What the records of scans add up to; a place that was looked at twice counts once."""
    scans = [r for r in records if r["type"] == RecordType.SCANNED]
    places = {(r["ticket"], place): o for r in scans for place, o in r["outcomes"].items()}
    last = {r["ticket"]: r for r in scans}
    outcomes = list(places.values())
    documents = [r for r in last.values() if FileKind.DOCUMENT in r.get("unread", {})]
    return {
        "tickets": len(last),
        "tickets_with_data": len({r["ticket"] for r in scans if holds_card_data(r)}),
        "surfaces": sum(r["surfaces"] for r in last.values()),
        "not_scannable": sum(r["not_scannable"] for r in last.values()),
        "unread": _added(last.values(), "unread"),
        "documents": [_named(r) for r in documents[:DOCUMENT_TICKETS]],
        "documents_more": max(0, len(documents) - DOCUMENT_TICKETS),
        "counted": _added(last.values(), "counted"),
        "gone": outcomes.count(Outcome.GONE.value),
        "planned": outcomes.count(Outcome.PLANNED.value),
        "left": sum(outcome not in COUNTED_ELSEWHERE for outcome in outcomes),
        "exposure_ms": percentiles([r["exposure_ms"] for r in scans]),
    }


def holds_card_data(scan: Json) -> bool:
    """Whether a scan found data of a card, and not only other data."""
    return bool(CARD_DATA & scan["hits"].keys())


def _added(scans: Iterable[Json], name: str) -> dict[str, int]:
    """What the counts of that name add up to, by kind."""
    counts: Counter[str] = Counter()
    for scan in scans:
        counts.update(scan.get(name, {}))
    return dict(sorted(counts.items()))


def _named(scan: Json) -> Json:
    """A ticket by what people call it, and how many documents it holds."""
    ticket = str(scan.get("code") or scan["ticket"])
    return {"ticket": ticket, "documents": scan["unread"][FileKind.DOCUMENT]}


def percentiles(values: Sequence[int | None]) -> dict[str, int] | None:
    """The nearest-rank median and 95th percentile of those that are known.

    >>> percentiles([5, 1, None, 9])
    {'p50': 5, 'p95': 9}
    """
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    return {name: known[-(-len(known) * p // 100) - 1] for name, p in (("p50", 50), ("p95", 95))}


def _due(findings: Iterable[Finding]) -> Json:
    """The nearest deadlines, what a person has to deal with next, and how many there are beyond."""
    dated = sorted((f.due, f.fingerprint, f) for f in findings if f.due is not None)
    nearest = [
        {
            "cause": f.cause,
            "due": due.isoformat(),
            "ticket": f.ticket_id,
            "facts": {name: f.facts[name] for name in SUBJECT_FACTS if name in f.facts},
        }
        for due, _, f in dated[:DUE_ROWS]
    ]
    return {"due": nearest, "due_more": max(0, len(dated) - DUE_ROWS)}
