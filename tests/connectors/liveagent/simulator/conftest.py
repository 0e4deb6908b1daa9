from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.liveagent.simulator import LiveAgentSimulator, create
from connectors.liveagent.simulator.vocabulary import SCOPES

MODELS = json.loads((Path(__file__).parent / "fixtures" / "models.json").read_text())
SCALARS = {"str": str, "int": int, "float": (int, float), "bool": bool}


def model_problems(value, kind: str, where: str) -> list[str]:
    inner = re.fullmatch(r"list\[(.*)\]", kind)
    if inner:
        if not isinstance(value, list):
            return [f"{where}: not a list"]
        return [
            p
            for n, item in enumerate(value)
            for p in model_problems(item, inner[1], f"{where}[{n}]")
        ]
    if kind == "datetime":
        fits = re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", value)
        return [] if fits and datetime.fromisoformat(value) else [f"{where}: not a time"]
    if kind in SCALARS:
        fits = isinstance(value, SCALARS[kind]) and (kind == "bool" or not isinstance(value, bool))
        return [] if fits else [f"{where}: {type(value).__name__} is not {kind}"]
    return _object_problems(value, kind, where)


def _object_problems(value, name: str, where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where}: not an object"]
    model = MODELS[name]
    found = [f"{where}: unknown field {key}" for key in value.keys() - model["fields"].keys()]
    found += [f"{where}: {key} is missing" for key in model.get("required", []) if key not in value]
    for key, kind in model["fields"].items():
        if key in value:
            found += model_problems(value[key], kind, f"{where}.{key}")
    for key, allowed in model.get("enums", {}).items():
        # Some are written as one text of letters: the client compares with each, not with parts.
        if key in value and value[key] not in list(allowed):
            found.append(f"{where}.{key}: not an allowed value")
    return found


BUTTON = {"url": "https://shop.example", "method": "GET", "type": "E"}
DEVICE = {"agent_id": "1pkaew79", "type": "W", "service_type": "T", "preset_status": "N"}


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


@pytest.fixture
def problems():
    """What in a value does not fit a model of the published client."""
    return model_problems


@pytest.fixture
def busy(simulator, admin_api):
    """An account in which every list has rows."""
    simulator.seed_tickets(9)
    ticket = simulator.customer_writes(
        "Hei",
        "<p>Hei</p>",
        html=True,
        files=[("a.txt", "text/plain", b"a")],
        custom_fields={"order_id": "7781"},
        tags=["vip"],
    )
    simulator.agent_notes(ticket, "note", files=[("b.txt", "text/plain", b"b")])
    simulator.agent_replies(ticket, "answer")
    simulator.customer_replies(ticket, "again", quoted="> answer")
    simulator.open_chat("hello?")
    admin_api.call("PUT", f"/tickets/{ticket}/attributes/origin", data={"value": "shop"})
    admin_api.post("/bans", {"start_ip": "203.0.113.1"})
    admin_api.post("/filters", {"name": "mine", "conditions": [{"code": "status"}]})
    stored = simulator.store.tickets[ticket]
    admin_api.call("PATCH", f"/contacts/{stored.owner_id}", json={"phones": ["4712345678"]})
    message = stored.groups[0].messages[1].id
    return {"ticket": ticket, "contact": stored.owner_id, "message": message}


@pytest.fixture
def ids(busy, admin_api, simulator):
    """An id of every kind, for the paths of the published client."""
    device = admin_api.post("/devices", DEVICE).get_json()["id"]
    admin_api.call("POST", "/viber_accounts", data={"token": "t", "department_id": "default"})
    calls = {"to_number": "4721000000", "from_number": "4799999999", "channelId": "ch1"}
    admin_api.call("POST", "/calls/c1", query_string=calls)
    return {
        "ticketId": busy["ticket"],
        "contactId": busy["contact"],
        "messageId": busy["message"],
        "attributeName": "origin",
        "agentId": "1pkaew79",
        "userId": "1pkaew79",
        "departmentId": "default",
        "levelId": "default",
        "apiVersion": "v3",
        "apikeyId": "3.0",
        "banId": "1",
        "tagId": "x7f2",
        "groupId": "gr000001",
        "companyId": "co000001",
        "cannedMessageId": "cn000001",
        "predefinedAnswerId": "pa000001",
        "filterId": admin_api.get("/filters")[0]["filter_id"],
        "customButtonId": admin_api.post("/custom_buttons", BUTTON).get_json()["id"],
        "mailAccountId": "c6939032",
        "phone": "4712345678",
        "deviceId": device,
        "phoneId": "ph000004",
        "phoneNumberId": "pn000001",
        "extensionId": "ex000004",
        "accountId": admin_api.get("/viber_accounts")[0]["id"],
        "callId": "c1",
        "channelId": "ch1",
        "subscriptionId": "me",
    }
