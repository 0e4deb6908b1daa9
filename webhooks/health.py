"""Is the process alive, can it do its work, what has it done: `healthz`, `readyz`, `metrics`."""

from __future__ import annotations

import hmac
from dataclasses import replace
from threading import Lock

from flask import Flask, Response, request
from prometheus_client import CONTENT_TYPE_LATEST

from integration.core.errors import DeskwardenError
from integration.core.rows import Json
from integration.core.web import Readiness, WebServices
from webhooks.answers import answer, refusal
from webhooks.metrics import Metrics

PROBE_SECONDS = 1.0
"""A probe writes to the database, and anyone may ask: it is made once a second at most."""

_LOOPBACK = frozenset({"127.0.0.1", "::1", "::ffff:127.0.0.1"})
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


class Health:
    """The three pages for machines, and the empty one that benchmarks use as a floor."""

    def __init__(self, services: WebServices, metrics: Metrics) -> None:
        self._services = services
        self._metrics = metrics
        self._lock = Lock()
        self._probed: tuple[float, Response] | None = None

    def mount(self, app: Flask) -> None:
        """Add the routes."""
        app.add_url_rule("/ping", view_func=self.ping)
        app.add_url_rule("/healthz", view_func=self.healthz)
        app.add_url_rule("/readyz", view_func=self.readyz)
        app.add_url_rule("/metrics", view_func=self.metrics)

    def ping(self) -> Response:
        """204 and no work at all."""
        return Response(status=204)

    def healthz(self) -> Response:
        """The process answers; nothing else is looked at."""
        return answer(200, {"status": "alive"})

    def readyz(self) -> Response:
        """200 when deliveries can be stored and are being worked on, 503 when not.

        A queue that is down is 200 with `status: degraded`: nothing is lost, only slower.
        """
        now = self._services.clock.now().timestamp()
        with self._lock:
            if self._probed is None or not 0 <= now - self._probed[0] < PROBE_SECONDS:
                self._probed = now, self._probe()
            probed = self._probed[1]
        return Response(probed.get_data(), status=probed.status, mimetype=probed.mimetype)

    def _probe(self) -> Response:
        readiness = self._services.ready()
        oldest: float | None = None
        try:
            oldest = float(self._services.backlog()["oldest_seconds"] or 0)
        except DeskwardenError:
            readiness = replace(readiness, database_writable=False)
        return _readiness_page(readiness, oldest, self._services.settings.oldest_limit)

    def metrics(self) -> Response:
        """The counters, for whom the metrics are meant only."""
        refused = self._refuse_strangers()
        if refused is not None:
            return refused
        return Response(self._metrics.page(), content_type=CONTENT_TYPE_LATEST)

    def _refuse_strangers(self) -> Response | None:
        token = self._services.settings.metrics_token
        if token is None:
            return None if _on_this_machine() else refusal(404)
        given = request.headers.get("Authorization", "")
        if hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            return None
        response = refusal(401)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response


def _on_this_machine() -> bool:
    """Whether the caller is local and not merely a reverse proxy that is."""
    forwarded = any(name in request.headers for name in _FORWARDED)
    return request.remote_addr in _LOOPBACK and not forwarded


def _readiness_page(readiness: Readiness, oldest: float | None, oldest_limit: float) -> Response:
    works = (
        readiness.database_writable
        and readiness.migrations_at_head
        and oldest is not None
        and oldest < oldest_limit
    )
    status = ("ready" if readiness.queue_reachable else "degraded") if works else "unavailable"
    content: Json = {
        "status": status,
        "database": readiness.database_writable,
        "migrations": readiness.migrations_at_head,
        "queue": readiness.queue_reachable,
        "oldest_seconds": oldest,
    }
    return answer(200 if works else 503, content)
