"""The words of the journal: one ticket a month, one note for each day that has news."""

from __future__ import annotations

from collections.abc import Mapping
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
    account = facts.get("account", "NAME")
    lines = [
        say("journal.period", locale, start=_time(facts["since"]), end=_time(facts["until"])),
        "",
        say("journal.removed", locale, surfaces=facts["gone"], tickets=facts["tickets_with_data"]),
        *_exposure(facts, locale),
        *([say("journal.planned", locale, surfaces=facts["planned"])] if facts["planned"] else []),
        *([say("journal.left", locale, surfaces=facts["left"])] if facts["left"] else []),
        "",
        say("journal.received", locale, tickets=facts["tickets"]),
        say("journal.scanned", locale, surfaces=facts["surfaces"]),
        say("journal.not_scannable", locale, surfaces=facts["not_scannable"], account=account),
        *_counted(facts.get("counted", {}), locale),
        "",
        say("journal.due", locale),
        *_due(facts, locale),
        "",
        say(
            "journal.anchor",
            locale,
            account=account,
            seq=facts["head"]["seq"],
            mac=facts["head"]["mac"],
        ),
    ]
    return "\n".join(lines)


def _exposure(facts: Mapping[str, Any], locale: str) -> list[str]:
    if facts["exposure_ms"] is None:
        return []
    half, most = (duration(-(-facts["exposure_ms"][p] // 1000), locale) for p in ("p50", "p95"))
    return [say("journal.exposure", locale, p50=half, p95=most)]


def _counted(counts: Mapping[str, int], locale: str) -> list[str]:
    if not counts:
        return []
    kinds = ", ".join(f"{say(f'kind.{kind}', locale)} {n}" for kind, n in counts.items())
    return [say("journal.counted", locale, kinds=kinds)]


def _due(facts: Mapping[str, Any], locale: str) -> list[str]:
    lines = [
        say(
            "journal.due_row",
            locale,
            due=_time(row["due"]),
            subject=subject_of(row["cause"], row["facts"], locale),
            ticket=row["ticket"] or "-",
        )
        for row in facts["due"]
    ]
    if more := facts.get("due_more"):
        lines.append(say("journal.due_more", locale, more=more))
    return lines or [say("journal.due_none", locale)]


def _time(text: str) -> str:
    return time(datetime.fromisoformat(text))
