"""The web application over the real entrance to a real database, with one account to prove."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Flask

from connectors import registry
from integration.core.rows import ReceivedRow
from integration.core.web import HookSource, Readiness, WebServices, WebSettings
from integration.storage import Ingest, Tally, open_store
from webhooks.app import create_app
from webhooks.scheduling import settle

HELPDESK = "request_tracker"
ACCOUNT = "bench"
SECRET = "a-benchmark-secret-of-forty-characters-00"  # noqa: S105 - proves nothing to anyone


class _Clock:
    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time(), UTC)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


def create() -> Flask:
    """The application on the database that the environment names."""
    sources = {HELPDESK: HookSource(registry.webhook(HELPDESK), ("application/json",))}
    url = os.environ["BENCHMARK_DATABASE"]
    store = open_store(url, clock=_Clock(), audit_key=b"seals nothing here")

    def keep(rows: Sequence[ReceivedRow]) -> None:
        with store.transaction() as tables:
            tables.received.add(rows)

    app = create_app(
        WebServices(
            sources=sources,
            secrets_for=lambda _, account: (SECRET,) if account == ACCOUNT else (),
            ingest=Ingest(url),
            received=Tally(keep),
            clock=_Clock(),
            backlog=lambda: {"oldest_seconds": 0},
            ready=lambda: Readiness(
                database_writable=True, migrations_at_head=True, queue_reachable=True
            ),
            settings=WebSettings(deliveries_per_minute=10**9),
        )
    )
    settle()
    return app
