from __future__ import annotations

import pytest

from integration.core.web import HookSource, Readiness, WebServices
from tests.webhooks.example import (
    SECRET,
    ExampleWebhook,
    FixedClock,
    MemoryIngest,
    MemoryReceived,
    Web,
)


@pytest.fixture
def web():
    clock, ingest, received = FixedClock(), MemoryIngest(), MemoryReceived()
    backlog = {"due": 3, "leased": 1, "parked": 0, "oldest_seconds": 2.5}
    readiness = [Readiness(True, True, True)]
    accounts = {("example", "acme"): ("an older secret", SECRET)}
    return Web(
        services=WebServices(
            sources={"example": HookSource(ExampleWebhook, ("application/json",))},
            secrets_for=lambda helpdesk, account: accounts.get((helpdesk, account), ()),
            ingest=ingest,
            received=received,
            clock=clock,
            backlog=lambda: backlog,
            ready=lambda: readiness[0],
        ),
        clock=clock,
        ingest=ingest,
        received=received,
        backlog=backlog,
        readiness=readiness,
    )
