"""What became of the deliveries of an account: the newest of them, and why some were refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from integration.core import subjects
from integration.core.models import Priority
from integration.core.rows import AuditRow, Json, ReceivedRow, RecordType
from integration.core.tables import Tables
from integration.core.web import Taken

LOOK_BACK = 1000
"""Records of the audit chain that are looked through for what became of a ticket."""
OF_DELIVERY = Priority.LIVE.name.lower()
"""What a record names as the cause of a look that a delivery has asked for."""
OF_TICKETS = frozenset({Taken.NEW, Taken.ALREADY_DUE})
"""Results of deliveries that named a ticket: of those the tickets themselves are shown."""
TOTALS = "received"
"""How many there had been, in a value that remembers them."""
SET_UP = "set up the webhook as the README of the helpdesk says"
ADVICE: Mapping[str, str] = {
    "content_type": "send it with the header Content-Type: {media_type}",
    "signature_invalid": "the secret there is another one: deskwarden secrets hook {account}",
    "timestamp_missing": f"it was not signed: {SET_UP}",
    "timestamp_outdated": "one of the two clocks is wrong: timedatectl on both hosts",
    "too_large": "send the id of the ticket and no text",
    "rate_limited": "look for a rule that sets itself off",
    "store_unavailable": "check database_url and room on the disk",
    "store_schema": "deskwarden db upgrade",
    Taken.UNKNOWN_EVENT: "send the id of the ticket, not its code: pick the right variable",
}
"""What to do about deliveries of a result; for any other the body is not as it should be."""


class Last(NamedTuple):
    """The newest delivery that was taken, and the newest that was refused."""

    taken: ReceivedRow | None
    refused: ReceivedRow | None


@dataclass(frozen=True, slots=True)
class Came:
    """A ticket that a delivery has named, or the newest of the deliveries that named none."""

    at: datetime
    """When it came; when it was looked at, once that is done."""
    ticket: str
    """Empty where the delivery named none, or was refused."""
    outcome: str
    """An `Outcome`, `clean`, `to_decide`, `not_scanned`, `not_found`, `waiting`, `at_work`,
    `parked`; `unknown_event`, `ping`, `refused`."""
    reason: str = ""
    """Why it is parked, or was refused."""
    status: int | None = None
    """What a refused one was answered with."""
    times: int = 1
    """How many there were so far of those that named no ticket."""


def last(rows: Iterable[ReceivedRow]) -> Last:
    """The newest of each; `rows` as the table gives them."""
    newest: dict[bool, ReceivedRow] = {}
    for row in rows:
        newest.setdefault(row.is_refused, row)
    return Last(newest.get(False), newest.get(True))


def totals(rows: Iterable[ReceivedRow]) -> dict[str, int]:
    """How many were taken, how many of these named no ticket, and how many were refused."""
    found = dict.fromkeys(("taken", "unnamed", "refused"), 0)
    for row in rows:
        found["refused" if row.is_refused else "taken"] += row.times
        found["unnamed"] += row.times if row.result == Taken.UNKNOWN_EVENT else 0
    return found


def since(totals: Mapping[str, int], remembered: Json | None) -> dict[str, int]:
    """What has come to them since `TOTALS` was remembered."""
    before = (remembered or {}).get(TOTALS, {})
    return {name: times - before.get(name, 0) for name, times in totals.items()}


def advice(result: str, account: str, media_type: str) -> str:
    """What to do about deliveries that end so. `media_type`: as the helpdesk's README has it."""
    said = ADVICE.get(result, f"what it sends is not as it should be: {SET_UP}")
    return said.format(account=account, media_type=media_type)


def newest(tables: Tables, account: str, *, limit: int) -> list[Came]:
    """The newest first, a ticket once."""
    head = tables.audit.head(account)
    records = tables.audit.rows(account, after=max(0, head.seq - LOOK_BACK)) if head else ()
    found = _of_records(records) | _of_due(tables.due.rows(account))
    others = [_of_row(row) for row in tables.received.of(account) if row.result not in OF_TICKETS]
    return sorted([*found.values(), *others], key=lambda came: came.at, reverse=True)[:limit]


def _of_records(records: Iterable[AuditRow]) -> dict[str, Came]:
    """By ticket: when a delivery has had it looked at, and how it stands since."""
    found: dict[str, Came] = {}
    for row in records:
        if row.record["type"] not in (RecordType.SCANNED, RecordType.NOT_FOUND):
            continue
        ticket, outcome = str(row.record["ticket"]), _outcome(row.record)
        if row.record.get("source") == OF_DELIVERY:
            found[ticket] = Came(row.at, ticket, outcome)
        elif ticket in found:
            found[ticket] = replace(found[ticket], outcome=outcome)
    return found


def _outcome(record: Json) -> str:
    if record["type"] == RecordType.NOT_FOUND:
        return "not_found"
    if record["outcomes"]:
        return str(record["outcome"])
    if record["hits"]:
        return "to_decide"
    return "not_scanned" if record["not_scannable"] else "clean"


def _of_due(rows: Iterable[Json]) -> dict[str, Came]:
    """By ticket: what a delivery has made due and nobody has finished yet."""
    return {
        ticket: Came(datetime.fromisoformat(row["first_due"]), ticket, *_state(row))
        for row in rows
        if row["priority"] == Priority.LIVE and (ticket := subjects.ticket_of(row["subject"]))
    }


def _state(row: Json) -> tuple[str, str]:
    if row["parked"]:
        return "parked", row["parked"]
    return ("at_work" if row["leased"] else "waiting"), row["last_reason"] or ""


def _of_row(row: ReceivedRow) -> Came:
    if row.is_refused:
        return Came(row.at, "", "refused", row.result, row.status, row.times)
    return Came(row.at, "", row.result, times=row.times)
