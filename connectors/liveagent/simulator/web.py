"""The plumbing of API v3: routes as tables, one lock, privileges, and the shape of answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, Response, request

from connectors.liveagent.simulator.auth import Gate, require
from connectors.liveagent.simulator.desk import Desk
from connectors.liveagent.simulator.errors import ApiError
from connectors.liveagent.simulator.periods import spelled_out
from connectors.liveagent.simulator.query import Page
from connectors.liveagent.simulator.records import ApiKey
from connectors.liveagent.simulator.store import Store
from connectors.liveagent.simulator.switches import Switches
from connectors.liveagent.simulator.wire_account import AccountWire
from connectors.liveagent.simulator.wire_tickets import TicketWire

Thing = TypeVar("Thing")

PREFIX = "/api/v3"
TRUE_WORDS = frozenset({"true", "1", "y", "yes"})
"""The published client writes Python's `True`, others `true` or `Y`."""


@dataclass(frozen=True)
class Context:
    """What the views work with."""

    store: Store
    switches: Switches
    desk: Desk
    gate: Gate
    tickets: TicketWire
    account: AccountWire


@dataclass(frozen=True)
class Call:
    """One v3 request that was let in."""

    context: Context
    key: ApiKey
    params: Mapping[str, str]

    def body(self) -> dict[str, Any]:
        """The JSON object of the body; empty when there is none."""
        raw = request.get_data()
        if not raw:
            return {}
        try:
            given = json.loads(raw)
            # A lone surrogate is JSON, yet no text that could be stored or answered.
            json.dumps(given, ensure_ascii=False).encode()
        except ValueError:
            raise ApiError(400, "Request body is not valid JSON") from None
        if given is not None and not isinstance(given, dict):
            raise ApiError(400, "Request body must be an object")
        return given or {}

    def form(self) -> dict[str, Any]:
        """A form; JSON too, where the published client declares a form but sends a model."""
        return dict(request.form) or self.body()

    def named(self, name: str) -> str:
        """A required parameter of the query, a form or a JSON body; 400 without it."""
        return text({**self.form(), **self.params}, name)

    def flag(self, name: str) -> bool:
        """A boolean parameter of the query."""
        return self.params.get(name, "").lower() in TRUE_WORDS


View = Callable[..., Any]
Route = tuple[str, str, str | None, View]
"""Method, path, privileges, view. One of the privileges is needed, as published by any version of
the client; none when empty. None: not even a key."""
_NOBODY = ApiKey(0, "", "", "", frozenset())


def register(app: Flask, context: Context, routes: Sequence[Route]) -> None:
    """Add a table of routes under /api/v3."""
    for method, path, scope, view in routes:
        app.add_url_rule(
            PREFIX + path,
            endpoint=f"v3 {method} {path}",
            view_func=_guarded(context, scope, view),
            methods=[method],
            strict_slashes=False,
        )


def answer(data: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer."""
    text = json.dumps(data, ensure_ascii=False)
    return Response(text, status, dict(headers or {}), content_type="application/json")


def _guarded(context: Context, scope: str | None, view: View) -> Callable[..., Response]:
    def serve(**path: str) -> Response:
        with context.store.lock:
            key = _NOBODY if scope is None else context.gate.v3(request)
            require(key, scope or "")
            result = view(Call(context, key, _params(context.store)), **path)
            return _shaped(context, result)

    return serve


def _params(store: Store) -> Mapping[str, str]:
    given = request.args
    filters = given.get("_filters", "")
    spelled = spelled_out(filters, store.local_now())
    return given if spelled == filters else {**given, "_filters": spelled}


def _shaped(context: Context, result: object) -> Response:
    if isinstance(result, Response):
        return result
    if isinstance(result, Page):
        status = 206 if context.switches.emit_206 and result.more else 200
        headers = {"next_page_cursor": result.cursor} if result.cursor else None
        return answer(result.rows, status, headers)
    return answer({} if result is None else result)


def text(body: Mapping[str, Any], name: str, default: str | None = None) -> str:
    """A string field; 400 when it is missing without a default, or of another type."""
    value = body.get(name)
    if value is None:
        value = default
    if not isinstance(value, str):
        raise ApiError(400, f"Missing or invalid parameter: {name}")
    return value


def optional(
    body: Mapping[str, Any], name: str, default: str, allowed: str = "", *, or_empty: bool = False
) -> str:
    """A string field that may be missing, one of some letters; 400 for anything else."""
    value = text(body, name, default)
    if allowed and value not in allowed.split() and not (or_empty and value == ""):
        raise ApiError(400, f"Missing or invalid parameter: {name}")
    return value


def found(thing: Thing | None, name: str) -> Thing:
    """Return the thing, or refuse with 404 and a sentence that names its kind."""
    if thing is None:
        raise ApiError(404, f"{name} not found")
    return thing
