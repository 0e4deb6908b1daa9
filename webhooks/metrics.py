"""Metrics of the receiver, in a registry of their own. Labels are slugs and helpdesk keys only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from integration.core.errors import DeskwardenError
from integration.core.rows import Json

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_BACKLOG = {
    "due": "Rows that are due and under no lease, those of paused accounts apart",
    "leased": "Rows a worker holds",
    "parked": "Rows set aside for a person",
    "paused": "Rows that are due and wait until a person resumes their account",
    "oldest_seconds": "How long the oldest due row has waited, those of paused accounts apart",
}


class _Backlog(Collector):
    """Asks the due table when scraped, so that no process has to keep gauges up to date."""

    def __init__(self, backlog: Callable[[], Json]) -> None:
        self._backlog = backlog

    def collect(self) -> Iterable[Metric]:
        try:
            values = self._backlog()
        except DeskwardenError:
            values = {}
        yield GaugeMetricFamily(
            "deskwarden_backlog_readable", "1 when the database answered", value=float(bool(values))
        )
        for name, text in _BACKLOG.items():
            if name in values:
                yield GaugeMetricFamily(
                    f"deskwarden_backlog_{name}", text, value=float(values[name] or 0)
                )


class Metrics:
    """What the receiver counts, and the page that shows it."""

    def __init__(self, backlog: Callable[[], Json]) -> None:
        self._registry = CollectorRegistry()
        self._deliveries = Counter(
            "deskwarden_deliveries",
            "Deliveries by what became of them",
            ("helpdesk", "result", "reason"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "deskwarden_ingest_seconds",
            "From the start of a request to its answer",
            ("helpdesk",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        # Looking a child up by its labels costs more than counting: each is looked up once. The
        # labels are slugs of closed sets, so this stays small.
        self._count = cache(self._deliveries.labels)
        self._timer = cache(self._seconds.labels)
        self._registry.register(_Backlog(backlog))

    def delivery(self, helpdesk: str, result: str, reason: str = "") -> None:
        """Count one delivery."""
        self._count(helpdesk, result, reason).inc()

    def observe(self, helpdesk: str, seconds: float) -> None:
        """Record how long one delivery took."""
        self._timer(helpdesk).observe(seconds)

    def page(self) -> bytes:
        """All of it in the Prometheus text format."""
        return generate_latest(self._registry)
