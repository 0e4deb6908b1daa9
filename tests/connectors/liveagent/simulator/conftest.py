from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from connectors.liveagent.simulator import LiveAgentSimulator, create
from connectors.liveagent.simulator.vocabulary import SCOPES


class Clock:
    def __init__(self) -> None:
        self.moment = datetime(2026, 4, 1, 6, 12, 31, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **amount: float) -> None:
        self.moment += timedelta(**amount)


class Api:
    """The v3 API as a client sees it, without a socket."""

    def __init__(self, simulator: LiveAgentSimulator) -> None:
        self._client = simulator.app.test_client()
        self.headers = {"apikey": simulator.credentials()["v3_key"]}

    def call(self, method: str, path: str, **rest):
        headers = rest.pop("headers", self.headers)
        return self._client.open(f"/api/v3{path}", method=method, headers=headers, **rest)

    def get(self, path: str, **params):
        return self.call("GET", path, query_string=params).get_json()

    def post(self, path: str, body):
        return self.call("POST", path, json=body)

    def put(self, path: str, body):
        return self.call("PUT", path, json=body)

    def delete(self, path: str):
        return self.call("DELETE", path)

    def messages(self, ticket_id: str, **params):
        groups = self.get(f"/tickets/{ticket_id}/messages", _perPage=100, **params)
        return [message for group in groups for message in group["messages"]]

    def texts(self, ticket_id: str) -> list[str]:
        return [m["message"] for m in self.messages(ticket_id, includeQuotedMessages="true")]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def simulator(clock):
    made = create(seed=7, now=clock)
    yield made
    made.stop()


@pytest.fixture
def api(simulator) -> Api:
    return Api(simulator)


@pytest.fixture
def admin_api(simulator, api) -> Api:
    """The same API with a key that may do everything."""
    key = simulator.store.api_keys[2]
    assert key.scopes == SCOPES
    api.headers = {"apikey": key.key}
    return api


@pytest.fixture
def v1(simulator):
    client = simulator.app.test_client()
    key = simulator.credentials()["v1_key"]

    def call(method: str, path: str, **form):
        return client.open(f"/api{path}", method=method, data={"apikey": key, **form})

    return call
