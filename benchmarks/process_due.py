"""`process_due` beside one RQ job per event: the same tickets, a helpdesk in this process.

The peer is what most RQ services do: a job per event, a fork per job.
"""

from __future__ import annotations

import gc
import logging
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from rq import Queue
from rq.serializers import JSONSerializer

from integration.clock import SystemClock
from integration.core.capabilities import Capabilities
from integration.core.mode import Mode
from integration.core.models import Priority, Ticket, TicketView
from integration.core.policy import Policy
from integration.core.ports import Connector
from integration.core.rehearsal import rehearse
from integration.core.rows import AccountRow
from integration.core.surfaces import Surface, SurfaceKind, Text
from integration.queueing import EmbeddedServer, SafeJob, connect
from integration.queueing.worker import make_worker
from integration.services.process import Desk, Processor
from integration.services.redact import Redactor
from integration.storage import SqlStore, open_store, upgrade

EVENTS = 2000
PEER_EVENTS = 100
ROUNDS = 5
TEXT = "Where is my parcel? The order number is 10023 and nothing has come. " * 30
CLOCK = SystemClock()


class InProcess:
    """A helpdesk whose every ticket is clean, as nearly all are."""

    calls = 0
    """Requests that were made to it."""

    def capabilities(self) -> Capabilities:
        return Capabilities()

    def fetch(self, ticket_id: str, *, only: Any = None) -> TicketView:
        surfaces = (  # new ones for each: a place keeps what was made of its text
            Surface("subject", SurfaceKind.SUBJECT, Text("Parcel")),
            Surface("message:1", SurfaceKind.MESSAGE, Text(TEXT)),
        )
        return TicketView(Ticket(ticket_id), surfaces, CLOCK.now())

    def close(self) -> None:
        return


def processor(store: SqlStore) -> Processor:
    """A worker over the in-process helpdesk."""
    policy = Policy(mode=Mode.ENFORCE)
    desk: Connector = InProcess()  # type: ignore[assignment]

    def ticket(opened: Desk, claim: Any) -> None:
        redactor = Redactor("bench", opened.connector, policy, store, CLOCK)
        redactor.run(claim.subject.partition(":")[2], claim)

    return Processor(
        store=store,
        clock=CLOCK,
        owner="bench",
        open_desk=lambda account, priority: Desk(account, desk, policy, priority),
        handlers={"ticket": ticket},
        report_failure=lambda claim, error: None,
        batch_seconds=600,
    )


@contextmanager
def fresh_store() -> Iterator[SqlStore]:
    """A database with one account, durable as in production."""
    with tempfile.TemporaryDirectory(prefix="dw-bench-") as folder:
        url = f"sqlite:///{folder}/bench.db"
        upgrade(url)
        store = open_store(url, clock=CLOCK, audit_key=b"k" * 32)
        with store.transaction() as tables:
            row = AccountRow("bench", "in_process", {}, b"", Mode.ENFORCE, created=CLOCK.now())
            tables.accounts.save(row)
        yield store
        store.close()


def make_due(store: SqlStore, count: int) -> None:
    """So many tickets, due now."""
    with store.transaction() as tables:
        for number in range(count):
            tables.due.upsert(
                "bench", f"ticket:{number}", due_at=CLOCK.now(), priority=Priority.LIVE
            )


def drain_rate() -> float:
    """Events a second through one `process_due`."""
    with fresh_store() as store:
        make_due(store, EVENTS)
        began = time.perf_counter()
        report = processor(store).run()
        seconds = time.perf_counter() - began
    assert report.done == EVENTS
    return EVENTS / seconds


_peer_store: SqlStore | None = None


def one_event(number: int) -> None:
    """The peer's job: one event, with the same work on it."""
    assert _peer_store is not None
    view = InProcess()
    Redactor("bench", view, Policy(mode=Mode.ENFORCE), _peer_store, CLOCK).run(str(number))  # type: ignore[arg-type]


class PeerJob(SafeJob):
    """Our job class, allowed to run the peer's function."""

    allowed = ("benchmarks.process_due.one_event",)


def peer_rate() -> float:
    """Events a second with one RQ job each on RQ's default, forking worker."""
    logging.getLogger("rq.worker").setLevel(logging.WARNING)
    global _peer_store  # noqa: PLW0603  a forked job finds it where its parent left it
    with fresh_store() as store, tempfile.TemporaryDirectory(prefix="dw-vk-") as folder:
        _peer_store = store
        server = EmbeddedServer(Path(folder))
        redis = connect(server.start())
        queue = Queue("peer", connection=redis, job_class=PeerJob, serializer=JSONSerializer)
        for number in range(PEER_EVENTS):
            queue.enqueue("benchmarks.process_due.one_event", number, result_ttl=0)
        worker = make_worker(server.url, queue="peer", job_class=PeerJob)
        began = time.perf_counter()
        worker.work(burst=True, logging_level=None)
        seconds = time.perf_counter() - began
        redis.close()
        server.stop()
    return PEER_EVENTS / seconds


def run() -> list[dict[str, Any]]:
    """The two rates and their ratio: the medians of rounds in turn, as machines have moods."""
    rehearse()  # as a worker does before it forks
    gc.collect()
    gc.freeze()
    rounds = [(drain_rate(), peer_rate()) for _ in range(ROUNDS)]
    ours, peer = (median(rates) for rates in zip(*rounds, strict=True))
    return [
        {
            "benchmark": "process_due",
            "events_per_second": round(ours),
            "one_job_per_event": round(peer, 1),
            "ratio": round(ours / peer, 1),
            "ratio_of_each_round": [round(one / other, 1) for one, other in rounds],
        }
    ]
