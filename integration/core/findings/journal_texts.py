"""The words of the journal: one ticket a month, one note for each day that has news."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from integration.core.findings.texts import TicketText, subject_of
from integration.core.findings.wording import duration, time
from integration.core.messages import say


def render_month(month: str, locale: str) -> TicketText:
    """The journal ticket of a month (`2026-03`)."""
    return TicketText(
        say("journal.subject", locale, month=month), say("journal.about", locale, month=month)
    )


def render_day(facts: Mapping[str, Any], locale: str) -> str:
    """The note of a day; `facts` are those of `services.journal.facts`."""
    lines = [
        say("journal.period", locale, start=_time(facts["since"]), end=_time(facts["until"])),
        "",
        say("journal.removed", locale, surfaces=facts["gone"], tickets=facts["tickets_with_data"]),
        *_exposure(facts, locale),
        *([say("journal.planned", locale, surfaces=facts["planned"])] if facts["planned"] else []),
        *_waiting(facts.get("waiting"), locale),
        *([say("journal.left", locale, surfaces=facts["left"])] if facts["left"] else []),
        "",
        *_deliveries(facts, locale),
        say("journal.read", locale, tickets=facts["tickets"]),
        say("journal.scanned", locale, surfaces=facts["surfaces"]),
        *_unread(facts, locale),
        *_counted(facts.get("counted", {}), locale),
        "",
        say("journal.due", locale),
        *_due(facts, locale),
        "",
        say(
            "journal.anchor",
            locale,
            account=_account(facts),
            seq=facts["head"]["seq"],
            mac=facts["head"]["mac"],
        ),
    ]
    return "\n".join(lines)


def _deliveries(facts: Mapping[str, Any], locale: str) -> Iterator[str]:
    """A note that waits since an earlier version has no counts of them."""
    if counts := facts.get("deliveries"):
        yield say("journal.received", locale, **counts)
        if counts["refused"]:
            yield say("journal.refused", locale, account=_account(facts))


def _waiting(counts: Mapping[str, int] | None, locale: str) -> list[str]:
    """A note that was queued by an earlier version has no counts of what waits."""
    return [say("journal.waiting", locale, **counts)] if counts and counts["tickets"] else []


def _exposure(facts: Mapping[str, Any], locale: str) -> list[str]:
    if facts["exposure_ms"] is None:
        return []
    half, most = (duration(-(-facts["exposure_ms"][p] // 1000), locale) for p in ("p50", "p95"))
    return [say("journal.exposure", locale, p50=half, p95=most)]


def _unread(facts: Mapping[str, Any], locale: str) -> Iterator[str]:
    """What was not scanned, by kind, and the tickets with documents: a card may well be in one."""
    surfaces, account = facts["not_scannable"], _account(facts)
    if surfaces:
        yield say("journal.not_scannable", locale, surfaces=surfaces, account=account)
    if kinds := facts.get("unread"):
        yield say("journal.unread_kinds", locale, kinds=_each("journal.file", kinds, locale))
    if tickets := facts.get("documents"):
        yield say("journal.documents", locale)
        yield from (say("journal.documents_row", locale, **row) for row in tickets)
        if more := facts["documents_more"]:
            yield say("journal.documents_more", locale, more=more)


def _account(facts: Mapping[str, Any]) -> str:
    return str(facts.get("account", "NAME"))


def _counted(counts: Mapping[str, int], locale: str) -> list[str]:
    if not counts:
        return []
    return [say("journal.counted", locale, kinds=_each("kind", counts, locale))]


def _each(prefix: str, counts: Mapping[str, int], locale: str) -> str:
    return ", ".join(f"{say(f'{prefix}.{kind}', locale)} {n}" for kind, n in counts.items())


def _due(facts: Mapping[str, Any], locale: str) -> list[str]:
    lines = [_due_row(row, locale) for row in facts["due"]]
    if more := facts.get("due_more"):
        lines.append(say("journal.due_more", locale, more=more))
    return lines or [say("journal.due_none", locale)]


def _due_row(row: Mapping[str, Any], locale: str) -> str:
    """A deadline, with its ticket where that has been written by now."""
    ticket, due = row["ticket"], _time(row["due"])
    subject = subject_of(row["cause"], row["facts"], locale)
    key = "journal.due_row" if ticket else "journal.due_row_alone"
    return say(key, locale, due=due, subject=subject, ticket=ticket)


def _time(text: str) -> str:
    return time(datetime.fromisoformat(text))
