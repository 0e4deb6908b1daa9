from __future__ import annotations

from datetime import UTC, datetime

import pytest

from integration.core.findings.cards import CardRecord, SurfaceRecord


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def message() -> SurfaceRecord:
    return SurfaceRecord(
        id="message:502",
        kind="message",
        outcome="gone",
        method="repost",
        role="requester",
        direction="inbound",
        channel="email",
        media="text/html",
        kinds=("PAN",),
    )


@pytest.fixture
def record(now: datetime, message: SurfaceRecord) -> CardRecord:
    return CardRecord(
        ticket="k6citev3",
        code="OGE-KXVGJ-459",
        url="https://desk.example/agent#k6citev3",
        department="sales",
        found_at=now,
        surfaces=(message,),
        readers=12,
        exposure_seconds=125,
    )
