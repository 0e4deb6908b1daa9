"""The words of findings about an account as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from integration.core.findings import wording
from integration.core.findings.model import Finding
from integration.core.messages import say

Section = tuple[str, list[str]]
Facts = Mapping[str, Any]


def sections(finding: Finding, locale: str, people: Mapping[str, str]) -> list[Section]:
    """The body of a decision ticket, part by part."""
    filled = {**_filled(finding.facts), "account": finding.account}
    rows = TEXTS[finding.cause](finding.facts, locale, people)
    todo = [
        say(f"finding.{finding.cause}.todo", locale, **filled),
        say("finding.common.due", locale, due=wording.time(finding.due)),
    ]
    return [
        (
            "finding.section.happened",
            [say(f"finding.{finding.cause}.happened", locale, **filled), *rows],
        ),
        ("finding.section.todo", todo),
    ]


def _filled(facts: Facts) -> dict[str, str]:
    """Numbers and slugs as they are, times as people read them."""
    times = {"expires", "until"}
    return {
        name: wording.time(datetime.fromisoformat(value)) if name in times else str(value)
        for name, value in facts.items()
    }


def _nothing_more(_facts: Facts, _locale: str, _people: Mapping[str, str]) -> list[str]:
    return []


def _residue(facts: Facts, locale: str, people: Mapping[str, str]) -> list[str]:
    owner = people.get(f"agent:{facts['owner']}", facts["owner"])
    places = [f"- {wording.declared(key, locale)}" for key in facts["residue"]]
    if not owner:
        return [*places, say("finding.residue.standing.no_owner", locale)]
    return [*places, say("finding.residue.standing.owner", locale, owner=owner)]


def _hold_tags(facts: Facts, _locale: str, _people: Mapping[str, str]) -> list[str]:
    return [f"- {tag}" for tag in facts["tags"]]


def _parked(facts: Facts, locale: str, _people: Mapping[str, str]) -> list[str]:
    return [
        f"- {subject}: {wording.reason(slug, locale)}"
        for subject, slug in facts["subjects"].items()
    ]


TEXTS: Mapping[str, Callable[[Facts, str, Mapping[str, str]], list[str]]] = {
    "residue.standing": _residue,
    "account.breaker": _nothing_more,
    "account.auth_expired": _nothing_more,
    "account.monitor_ends": _nothing_more,
    "account.hold_tags": _hold_tags,
    "account.text_refused": _nothing_more,
    "due.parked": _parked,
}
"""Cause -> the lines that follow its first sentence."""
