"""API v3: an agent's login is answered with a key: as a body, or as the older token call."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, request

from connectors.liveagent.simulator.errors import ApiError
from connectors.liveagent.simulator.records import Agent, ApiKey
from connectors.liveagent.simulator.store import Store
from connectors.liveagent.simulator.vocabulary import SCOPES
from connectors.liveagent.simulator.web import PREFIX, Context, answer, text

LOGINS_PER_HOUR = 10


def register_login(app: Flask, context: Context) -> None:
    """Add POST /apikeys/_login and GET /token."""
    attempts: list[float] = []

    def login() -> Response:
        with context.store.lock:
            _spend(context.store, attempts)
            body = _body()
            agent = _checked(context.store, body)
            key = _key_for(context.store, agent, text(body, "name", "login"))
            return answer(context.account.api_key(key, privileges=True))

    def token() -> Response:
        with context.store.lock:
            _spend(context.store, attempts)
            agent = _checked(context.store, request.args, "username")
            key = _key_for(context.store, agent, "token")
            return answer({"key": key.key, "name": key.name, "privileges": sorted(key.scopes)})

    app.add_url_rule(f"{PREFIX}/token", "v3 token", token, methods=["GET"])
    app.add_url_rule(f"{PREFIX}/apikeys/_login", "v3 login", login, methods=["POST"])


def _spend(store: Store, attempts: list[float]) -> None:
    now = store.instant().timestamp()
    attempts[:] = [moment for moment in attempts if moment > now - 3600]
    if len(attempts) >= LOGINS_PER_HOUR:
        raise ApiError(429, "Too many requests - login rate limit exceeded")
    attempts.append(now)


def _body() -> dict[str, Any]:
    try:
        given = json.loads(request.get_data() or b"{}")
        json.dumps(given, ensure_ascii=False).encode()
    except ValueError:
        raise ApiError(400, "Request body is not valid JSON") from None
    if not isinstance(given, dict):
        raise ApiError(400, "Request body must be an object")
    return given


def _checked(store: Store, given: Mapping[str, Any], login: str = "login") -> Agent:
    agent, password = store.agent(text(given, login)), text(given, "password")
    if agent is None or not agent.password or agent.password != password:
        raise ApiError(403, "Invalid credentials")
    if agent.two_factor:
        second = given.get("two_factor_token")
        raise ApiError(425, "Two-factor error") if second else ApiError(424, "Two-factor required")
    return agent


def _key_for(store: Store, agent: Agent, name: str) -> ApiKey:
    number = max(store.api_keys, default=0) + 1
    key = ApiKey(number, store.names.hexadecimal(), name, agent.id, SCOPES)
    store.api_keys[number] = key
    return key
