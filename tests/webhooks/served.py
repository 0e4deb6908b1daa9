"""The application over fakes, as a real server loads it: signatures hold for the real time."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime

from integration.core.web import HookSource, Readiness, WebServices
from tests.webhooks.example import SECRET, ExampleWebhook, MemoryIngest, MemoryReceived
from webhooks.app import create_app

LIMIT = 1024 * 1024


class _Clock:
    def now(self):
        return datetime.fromtimestamp(time.time(), UTC)

    def sleep(self, seconds):
        raise NotImplementedError


class _Webhook(ExampleWebhook):
    @staticmethod
    def parse(delivery):
        if delivery.query.get("fail"):
            raise RuntimeError(delivery.token)
        return ExampleWebhook.parse(delivery)


logging.basicConfig(level=logging.DEBUG)
app = create_app(
    WebServices(
        sources={"example": HookSource(_Webhook, ("application/json",))},
        secrets_for=lambda helpdesk, account: (SECRET,) if account == "acme" else (),
        ingest=MemoryIngest(),
        received=MemoryReceived(),
        clock=_Clock(),
        backlog=lambda: {"oldest_seconds": 0},
        ready=lambda: Readiness(True, True, True),
    )
)
