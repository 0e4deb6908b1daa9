"""Written to verified gone, through the whole service: webhook, queue, workers, API, re-read.

Every ticket holds a card in its message. First with 100 ms of API latency and no rate limit, then
with LiveAgent's 180 requests a minute at three paces, which shows where the limit is the ceiling.
"""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path
from typing import Any

from integration.demo.scenario import draw_card
from integration.demo.stage import ACCOUNT, Stage, set_up

LATENCY_MS = 100
PACES = (
    # name, tickets a second, seconds, requests a minute
    ("20/s, no limit", 20.0, 15.0, 0),
    ("30/min, 180 requests/min", 0.5, 60.0, 180),
    ("60/min, 180 requests/min", 1.0, 60.0, 180),
    ("90/min, 180 requests/min", 1.5, 60.0, 180),
)
QUIET_SECONDS = 61.0
"""Until what the self-test has spent of a minute's requests is none of it any more."""
SETTLE_SECONDS = 20.0


def run() -> list[dict[str, Any]]:
    """One row per pace."""
    return [_measure(*pace) for pace in PACES]


def _measure(name: str, per_second: float, seconds: float, limit: int) -> dict[str, Any]:
    with (
        tempfile.TemporaryDirectory(prefix="dw-") as folder,
        set_up(Path(folder), requests_per_minute=limit) as stage,
    ):
        stage.desk.switch(latency_ms=LATENCY_MS)
        if limit:
            time.sleep(QUIET_SECONDS)
        written = _write(stage, per_second, seconds)
        gone = _wait(stage, set(written))
    waits = sorted((gone[t] - written[t]) * 1000 for t in gone)
    return {
        "benchmark": "exposure",
        "pace": name,
        "tickets": len(written),
        "gone_in_time": len(gone),
        "p50_ms": round(waits[len(waits) // 2]) if waits else None,
        "p95_ms": round(waits[int(len(waits) * 0.95)]) if waits else None,
    }


def _write(stage: Stage, per_second: float, seconds: float) -> dict[str, float]:
    """Tickets at an even pace; when each was written, by our clock."""
    rng = random.Random(1)
    written = {}
    began = time.monotonic()
    for number in range(int(per_second * seconds)):
        time.sleep(max(0.0, began + number / per_second - time.monotonic()))
        card = draw_card(rng, "4", 16)
        at = time.time()
        ticket = stage.desk.people(
            "customer_writes", subject="Payment", text=f"My card is {card:spaced}, thanks."
        )
        written[ticket] = at
    return written


def _wait(stage: Stage, tickets: set[str]) -> dict[str, float]:
    """When each was recorded as verified gone."""
    end = time.monotonic() + SETTLE_SECONDS
    gone: dict[str, float] = {}
    while time.monotonic() < end and len(gone) < len(tickets):
        time.sleep(0.5)
        with stage.runtime.store.transaction() as tables:
            for row in tables.audit.rows(ACCOUNT):
                record = row.record
                if record.get("ticket") in tickets and record.get("exposure_ms") is not None:
                    gone.setdefault(record["ticket"], row.at.timestamp())
    return gone
