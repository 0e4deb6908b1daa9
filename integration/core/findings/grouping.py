"""Results of checks as observations: one per check, so that fifty agents make one ticket."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from integration.core.checks.catalogue import METADATA
from integration.core.checks.model import Result, Status
from integration.core.findings.model import Finding, Observation, Seen, fingerprint

UNCLEAR = frozenset({Status.UNKNOWN, Status.ERROR, Status.NOT_SUPPORTED})
NOT_PASSED = (
    (Status.FAIL, Seen.FAIL),
    (Status.ERROR, Seen.ERROR),
    (Status.UNKNOWN, Seen.UNKNOWN),
    (Status.NOT_SUPPORTED, Seen.UNKNOWN),
)
"""Gravest first: what the check as a whole is seen as when any resource answers so."""


def observations(
    account: str, results: Sequence[Result], known: Mapping[str, Finding]
) -> list[Observation]:
    """One observation per check. `known`: the findings so far, by fingerprint.

    A row that failed before and cannot be told now stays: an error never closes a finding.
    """
    by_check: dict[str, list[Result]] = {check: [] for check in METADATA}
    for result in results:
        by_check[result.check].append(result)
    return [
        _observe(account, check, found, known.get(fingerprint(account, check, "account")))
        for check, found in by_check.items()
    ]


def _observe(
    account: str, check: str, results: Sequence[Result], before: Finding | None
) -> Observation:
    statuses = {result.status for result in results}
    seen = next((seen for status, seen in NOT_PASSED if status in statuses), Seen.PASS)
    rows = _rows(results, before)
    facts = {
        "rows": rows,
        "members": sorted({member for row in rows for member in _members(row)}),
        "examined": max(len(results), len(rows)),
    }
    return Observation(account, check, "account", seen, METADATA[check].severity, facts)


def _rows(results: Iterable[Result], before: Finding | None) -> list[Mapping[str, Any]]:
    rows: dict[str, Mapping[str, Any]] = {}
    unclear = {result.resource for result in results if result.status in UNCLEAR}
    for row in before.facts["rows"] if before else ():
        if row["resource"] in unclear:
            rows[row["resource"]] = row
    for result in results:
        if result.status is Status.FAIL:
            rows[result.resource] = {"resource": result.resource, **result.facts}
    return [rows[resource] for resource in sorted(rows)]


def _members(row: Mapping[str, Any]) -> Iterable[str]:
    """Those a row is about: itself, or those that it counts."""
    members: Iterable[str] = row.get("members") or (row["resource"],)
    return members
