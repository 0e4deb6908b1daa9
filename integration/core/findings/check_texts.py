"""The words of a failed check: one decision ticket, with the agents or keys as its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from integration.core.checks.catalogue import METADATA
from integration.core.findings import wording
from integration.core.findings.model import Finding
from integration.core.messages import say
from integration.core.standards import naming

Section = tuple[str, list[str]]

DETAILS = ("role", "reason", "days", "departments", "api_keys", "privileges", "members", "limit")
"""Facts of a result that are told, in this order, where a result has them."""


def subject(check: str, locale: str) -> Mapping[str, str]:
    """What fills the subject."""
    return {"title": METADATA[check].say("title", locale)}


def sections(finding: Finding, locale: str, people: Mapping[str, str]) -> list[Section]:
    """The body of a decision ticket, part by part."""
    check = METADATA[finding.cause]
    rows = finding.facts["rows"]
    happened = say(
        "finding.check.happened",
        locale,
        title=check.say("title", locale),
        failed=len(rows),
        examined=finding.facts["examined"],
    )
    due = say("finding.common.due", locale, due=wording.time(finding.due))
    standards = [f"- {title}: {', '.join(ids)}" for title, ids in naming(check.id, locale)]
    parts = [
        ("happened", [happened]),
        ("rows", [_row(row, locale, people) for row in rows]),
        ("why", [check.say("why", locale)]),
        ("todo", [check.say("fix", locale), due]),
        ("standards", standards),
    ]
    return [(f"finding.section.{heading}", lines) for heading, lines in parts]


def _row(row: Mapping[str, Any], locale: str, people: Mapping[str, str]) -> str:
    name = _name(row["resource"], locale, people)
    details = [_detail(key, row[key], locale, people) for key in DETAILS if row.get(key)]
    if not details:
        return say("finding.check.row", locale, name=name)
    return say("finding.check.row_detail", locale, name=name, detail=", ".join(details))


def _name(resource: str, locale: str, people: Mapping[str, str]) -> str:
    if resource == "account":
        return say("check.resource.account", locale)
    return people.get(resource, resource)


def _detail(key: str, value: object, locale: str, people: Mapping[str, str]) -> str:
    if isinstance(value, str):
        return say(f"check.detail.{key}.{value}", locale)
    listed = [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]
    shown = ", ".join(people.get(item, item) for item in listed)
    return say(f"check.detail.{key}", locale, value=shown)
