"""Results of checks as observations: one per check, and an error closes nothing."""

from __future__ import annotations

from datetime import datetime

import pytest

from integration.core.checks.catalogue import METADATA
from integration.core.checks.model import Result, Status
from integration.core.findings.grouping import observations
from integration.core.findings.lifecycle import advance
from integration.core.findings.model import Finding, Observation, Seen

CHECK = "access.two_factor.agents"
NOW = datetime.fromisoformat("2026-03-02T09:00:00+00:00")


def result(resource: str, status: Status, **facts: object) -> Result:
    return Result(CHECK, status, resource, facts)


def group(*results: Result, before: Finding | None = None) -> Observation:
    known = {before.fingerprint: before} if before else {}
    return next(o for o in observations("acme", results, known) if o.cause == CHECK)


def test_every_check_is_observed_though_it_has_no_results() -> None:
    seen = observations("acme", [], {})
    assert {o.cause for o in seen} == set(METADATA)
    assert {o.seen for o in seen} == {Seen.PASS}


@pytest.mark.parametrize(
    ("statuses", "seen"),
    [
        ("pass pass", Seen.PASS),
        ("pass fail", Seen.FAIL),
        ("fail error unknown", Seen.FAIL),
        ("pass unknown error", Seen.ERROR),
        ("pass unknown", Seen.UNKNOWN),
        ("not_supported", Seen.UNKNOWN),
    ],
)
def test_the_gravest_answer_speaks_for_the_check(statuses: str, seen: Seen) -> None:
    results = [result(f"agent:{n}", Status(s)) for n, s in enumerate(statuses.split())]
    assert group(*results).seen is seen


def test_those_that_fail_are_rows_and_members() -> None:
    seen = group(
        result("agent:2", Status.FAIL, role="agent"),
        result("agent:1", Status.FAIL),
        result("agent:3", Status.PASS),
    )
    assert seen.facts["rows"] == [
        {"resource": "agent:1"},
        {"resource": "agent:2", "role": "agent"},
    ]
    assert seen.members == {"agent:1", "agent:2"}
    assert seen.facts["examined"] == 3


def test_a_row_that_counts_others_has_them_as_members() -> None:
    seen = group(result("account", Status.FAIL, members=["agent:1", "agent:2"]))
    assert seen.members == {"agent:1", "agent:2"}


def test_a_row_that_cannot_be_told_now_stays() -> None:
    before, _ = advance(
        None, group(result("agent:1", Status.FAIL), result("agent:2", Status.FAIL)), now=NOW
    )
    assert before is not None
    seen = group(
        result("agent:1", Status.UNKNOWN),
        result("agent:2", Status.PASS),
        result("agent:3", Status.FAIL),
        before=before,
    )
    assert seen.members == {"agent:1", "agent:3"}
