from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
import responses

from connectors.request_tracker.connector import RtConnector, build

URL = "https://rt.test"
REST = f"{URL}/REST/2.0"
PLUGIN = {"version": "1.0", "may_redact": True, "may_audit": True}
NO_RIGHT = {**PLUGIN, "may_redact": False, "may_audit": False}
TIME = "2026-04-01T08:00:00Z"


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def reference(id_: Any) -> dict[str, Any]:
    return {"type": "x", "id": id_, "_url": "u"}


def ticket(**changes: Any) -> dict[str, Any]:
    return {
        "id": 7,
        "Subject": "Kort på vei",
        "Status": "open",
        "Queue": reference("3"),
        "Owner": reference("Nobody"),
        "Requestor": [reference("kari@example.com")],
        "CustomFields": [
            {"id": "2", "name": "Order", "values": ["AB", "CD"]},
            {"id": "4", "name": "Tags", "values": ["dispute"]},
            {"id": "5", "name": "Photo", "values": [{"filename": "x"}]},
        ],
        "Created": TIME,
        "Due": "1970-01-01T00:00:00Z",
    } | changes


def creator(name: str = "alice", id_: Any = 30, **more: Any) -> dict[str, Any]:
    return {"id": id_, "Name": name, **more}


def transaction(id_: Any = "93", type_: str = "Create", **more: Any) -> dict[str, Any]:
    return {"id": id_, "Type": type_, "Creator": creator(), "Created": TIME} | more


def attachment(id_: Any = "1", **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "TransactionId": "93",
        "ContentType": "text/plain",
        "ContentLength": "5",
        "Creator": creator(),
        "Created": TIME,
    } | more


def value(id_: int = 5, **more: Any) -> dict[str, Any]:
    return {"id": id_, "Creator": creator(), "Created": TIME, "Content": "AB"} | more


def link(id_: int = 9, end: str = "Target", **more: Any) -> dict[str, Any]:
    return {"id": id_, "Creator": creator(), "Created": TIME, end: "https://pay.test/"} | more


def copies(**changes: Any) -> dict[str, Any]:
    return {
        "tickets": [{"id": 7, "Subject": "Kort på vei"}],
        "transactions": [transaction()],
        "attachments": [attachment(Content=b64(b"Hello"))],
        "values": [value()],
        "people": [{"id": 50, "RealName": None}],
    } | changes


def page(*items: Any, more: bool = False) -> dict[str, Any]:
    return {"items": list(items), "total": None} | ({"next_page": f"{REST}/x"} if more else {})


class Server:
    """Canned answers at the HTTP edge, and the requests that came."""

    def __init__(self, mock: responses.RequestsMock) -> None:
        self.mock = mock

    def get(self, path: str, body: Any = None, status: int = 200) -> None:
        self.mock.get(f"{REST}/{path}", json=body, status=status)

    def on(self, method: str, path: str, body: Any = None, status: int = 200) -> None:
        self.mock.add(method, f"{REST}/{path}", json=body, status=status)

    def sent(self, method: str) -> list[Any]:
        bodies = [c.request.body for c in self.mock.calls if c.request.method == method]
        return [json.loads(body) for body in bodies if body]


@pytest.fixture
def server():
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield Server(mock)


@pytest.fixture
def connect(budget, clock) -> Callable[..., RtConnector]:
    """A connector: with the extension, unless its facts say otherwise."""

    def connect(plugin: Any = PLUGIN, *, facts: Any = None, **settings: Any) -> RtConnector:
        told = {"plugin": plugin} if facts is None else facts
        own = {"url": URL, "user": "bot", "findings_department": "Compliance", **settings}
        return build(own, {"token": "1-2-3"}, told, budget=budget, clock=clock)

    return connect
