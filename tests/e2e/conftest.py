from __future__ import annotations

import pytest

from connectors.request_tracker.connector import build
from integration import config
from integration.clock import SystemClock
from integration.core.mode import Mode
from integration.core.rows import AccountRow
from integration.runtime import open_runtime
from integration.services import modes
from integration.storage import upgrade
from tests.e2e.rt_server import BOT, RtServer


class Unlimited:
    """A budget that gives every request."""

    def acquire(self) -> None:
        """No wait."""

    def drain(self, seconds: float) -> None:
        """Nothing to drain."""


@pytest.fixture(scope="session")
def rt(tmp_path_factory):
    server = RtServer.start(tmp_path_factory.mktemp("rt"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def connect(rt):
    """A connector to it: `connect(user, password)` or `connect(token=...)`."""
    made = []

    def connect(user=BOT[0], password=BOT[1], token=""):
        settings = {"url": rt.url, "user": user, "findings_department": "Compliance"}
        secrets = {"token": token} if token else {"password": password}
        connector = build(settings, secrets, {}, budget=Unlimited(), clock=SystemClock())
        made.append(connector)
        return connector

    yield connect
    for connector in made:
        connector.close()


@pytest.fixture(scope="session")
def product(rt, tmp_path_factory):
    """Our product, connected to it in enforce mode."""
    folder = tmp_path_factory.mktemp("deskwarden")
    loaded = config.load({"DESKWARDEN_DATA_FOLDER": str(folder)}, cwd=folder)
    runtime = open_runtime(loaded)
    upgrade(loaded.database_url)
    settings = {"url": rt.url, "user": BOT[0], "findings_department": "Compliance"}
    row = AccountRow("rt", "request_tracker", settings, b"")
    runtime.connect_account(row, {"password": BOT[1]})
    modes.set_mode(runtime.store, "rt", Mode.ENFORCE, now=runtime.clock.now())
    yield runtime
    runtime.close()
