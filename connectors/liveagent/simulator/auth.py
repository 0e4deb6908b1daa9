"""Who may call: keys, privileges, address lists, and the limit per key."""

from __future__ import annotations

import ipaddress
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime

from flask import Request

from connectors.liveagent.simulator.errors import ApiError
from connectors.liveagent.simulator.records import ApiKey
from connectors.liveagent.simulator.store import Store
from connectors.liveagent.simulator.switches import Switches

NOT_FOUND = "ApiKey not found"
CALLS_KEPT = 100_000
_WINDOW = timedelta(minutes=1)


@dataclass(frozen=True)
class ApiCall:
    """One request that was let in."""

    api: str
    """`v3` or `v1`."""
    method: str
    path: str


class Gate:
    """Lets a request in, or raises what the helpdesk answers."""

    def __init__(self, store: Store, switches: Switches) -> None:
        self._store = store
        self._switches = switches
        self._recent: dict[str, deque[datetime]] = {}
        self.calls: deque[ApiCall] = deque(maxlen=CALLS_KEPT)

    def v3(self, request: Request) -> ApiKey:
        """The key of a v3 request, from its header only."""
        if "apikey" in request.args:
            # Refused since 5.1.0.2; the sentence is the changelog's.
            raise ApiError(403, "Send it as header or in POST data")
        secret = request.headers.get("apikey") or request.form.get("apikey") or ""
        key = next((k for k in self._store.api_keys.values() if k.key == secret), None)
        if key is None or not _valid(key, self._store.now()):
            raise ApiError(403, NOT_FOUND)
        if not allowed_from(key.whitelist, request.remote_addr or ""):
            raise ApiError(403, "IP address is not allowed")
        self._spend(secret)
        self.calls.append(ApiCall("v3", request.method, request.path))
        return key

    def v1(self, request: Request) -> None:
        """Check a v1 request: the key may stand in the header, the form or the URL."""
        places = (request.headers, request.form, request.args)
        secret = next((p["apikey"] for p in places if p.get("apikey")), "")
        if any(k.key == secret for k in self._store.api_keys.values()):
            raise ApiError(403, NOT_FOUND)
        if secret != self._store.v1_key:
            raise ApiError(401, "Invalid API key")
        self._spend(secret)
        self.calls.append(ApiCall("v1", request.method, request.path))

    def _spend(self, secret: str) -> None:
        limit = self._switches.requests_per_minute
        if not limit:
            return
        now = self._store.instant()
        recent = self._recent.setdefault(secret, deque())
        while recent and recent[0] <= now - _WINDOW:
            recent.popleft()
        if len(recent) >= limit:
            raise ApiError(429, "Too many requests", self._retry_after(recent[0] + _WINDOW, now))
        recent.append(now)

    def _retry_after(self, free_at: datetime, now: datetime) -> dict[str, str]:
        match self._switches.retry_after:
            case "seconds":
                return {"Retry-After": str(int((free_at - now).total_seconds()) + 1)}
            case "http_date":
                moment = free_at.replace(microsecond=0) + timedelta(seconds=1)
                return {"Retry-After": format_datetime(moment, usegmt=True)}
            case _:
                return {}


def require(key: ApiKey, scope: str) -> None:
    """Raise 403 unless the key has one of the privileges, which are separated by spaces."""
    wanted = scope.split()
    if wanted and key.scopes.isdisjoint(wanted):
        raise ApiError(403, f"Access denied: missing privilege {wanted[0]}")


def allowed_from(whitelist: str, address: str) -> bool:
    """Whether an address is on a whitelist: `*`, addresses and networks, separated by commas."""
    entries = [entry.strip() for entry in whitelist.split(",")]
    if "*" in entries:
        return True
    return any(
        ipaddress.ip_address(address) in ipaddress.ip_network(entry, strict=False)
        for entry in entries
        if entry
    )


def _valid(key: ApiKey, now: datetime) -> bool:
    return key.valid_to is None or key.valid_to > now
