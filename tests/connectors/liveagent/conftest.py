from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import responses

from connectors.liveagent.connector import LiveAgent, build
from connectors.liveagent.simulator import LiveAgentSimulator, create

FIXTURES = Path(__file__).parents[3] / "connectors" / "liveagent" / "fixtures"
URL = "https://acme.ladesk.com"
V3 = f"{URL}/api/v3"
V3_KEY = "v3-0123456789abcdef"
V1_KEY = "v1-fedcba9876543210"
SETTINGS = {
    "url": URL,
    "bot_agent": "b0t00001",
    "contact_email": "deskwarden@acme.no",
    "mail_account": "support@acme.no",
    "findings_department": "c0mp1ianc",
}
FACTS = {"timezone": "Europe/Oslo", "tags": {"x7f2": "vip"}, "delete_erases": True}


@pytest.fixture
def fixture() -> Callable[[str], Any]:
    return lambda name: json.loads((FIXTURES / name).read_text(encoding="utf-8"))


@pytest.fixture
def edge() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as mock:
        yield mock


@pytest.fixture
def make(budget, clock) -> Iterator[Callable[..., LiveAgent]]:
    made: list[LiveAgent] = []

    def make(facts: dict[str, Any] | None = None, **settings: Any) -> LiveAgent:
        secrets = {"v3_key": V3_KEY, "v1_key": V1_KEY}
        given = FACTS if facts is None else facts
        made.append(build(SETTINGS | settings, secrets, given, budget=budget, clock=clock))
        return made[-1]

    yield make
    for connector in made:
        connector.close()


@pytest.fixture
def desk(make) -> LiveAgent:
    return make()


@pytest.fixture
def account(clock) -> Iterator[LiveAgentSimulator]:
    simulator = create(seed=7, now=clock.now)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def connect(account, budget, clock) -> Iterator[Callable[..., LiveAgent]]:
    made: list[LiveAgent] = []

    def connect(facts: dict | None = None, **changed: str) -> LiveAgent:
        given = account.credentials()
        settings = {
            "url": given["url"],
            "bot_agent": given["bot_user"],
            "contact_email": given["contact_email"],
            "mail_account": given["mail_account"],
            "findings_department": given["compliance_department"],
        }
        settings |= changed
        made.append(build(settings, given, facts or {}, budget=budget, clock=clock))
        return made[-1]

    yield connect
    for connector in made:
        connector.close()
