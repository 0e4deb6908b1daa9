"""The receiver's way into the due table: group commit.

Request threads hand in rows and wait; one writer thread takes all that wait, commits them once
(synchronous=FULL), acknowledges each, and only then calls for the wake-up, once per group.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from sqlalchemy import Connection

from integration.core.errors import MalformedDelivery, StoreUnavailable
from integration.core.models import Priority
from integration.core.rows import Upserted
from integration.storage.answers import Answer
from integration.storage.columns import to_micros
from integration.storage.database import Database, RolledBack
from integration.storage.driver import run
from integration.storage.upsert import DueRow, upsert_due

MAX_GROUP = 256
"""Rows in one commit; more wait for the next."""

GATHER = 0.001
"""Seconds the writer waits for more rows once it has one: a commit of one row costs as much as a
commit of many, and would keep all that come meanwhile waiting (PostgreSQL's `commit_delay`)."""

REPEAT_AFTER = (0.02, 0.1, 0.5)
"""Seconds before a group that a deadlock threw out is written again: by then the other write,
which wakes when we give way, has what it waited for. At once, we could get in its way again."""

ID_LIMIT = 255
"""Characters of an account, a subject or a delivery id."""

_log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Submitted:
    row: DueRow
    delivery: tuple[str, str, str] | None
    """Account, subject and the vendor's id, where it gives one."""
    answer: Answer = field(default_factory=Answer)

    @property
    def key(self) -> tuple[str, str]:
        return self.row.account, self.row.subject


class _Writer:
    """The queue and the thread of one process."""

    def __init__(self, write: Callable[[list[_Submitted]], None]) -> None:
        self.pid = os.getpid()
        self._write = write
        self._queue: queue.SimpleQueue[_Submitted | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="ingest", daemon=True)
        self._thread.start()

    def put(self, submitted: _Submitted) -> None:
        self._queue.put(submitted)

    def stop(self) -> None:
        """Write what waits, then end."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        going = True
        while going:
            group = self._gather()
            going = None not in group
            # A request that gave up waiting is not written after it was answered with an error.
            live = [s for s in group if s and s.answer.take()]
            if live:
                self._write(live)

    def _gather(self) -> list[_Submitted | None]:
        group = [self._queue.get()]
        time.sleep(GATHER)
        while len(group) < MAX_GROUP and not self._queue.empty():
            group.append(self._queue.get())
        return group


class Ingest:
    """Durable, grouped upserts; see the module. Safe to make before a fork, and to share."""

    def __init__(
        self,
        url: str,
        *,
        after_commit: Callable[[int], None] | None = None,
        timeout: float = 5.0,
    ) -> None:
        """`after_commit(n)`: called on the writer thread once n rows were acknowledged.

        `timeout`: seconds a request waits for its commit.
        """
        self._database = Database(url)
        self._after_commit = after_commit
        self._timeout = timeout
        self._writer: _Writer | None = None
        self._lock = threading.Lock()
        self._closed = False

    def submit(
        self,
        account: str,
        subject: str,
        *,
        due_at: datetime,
        priority: Priority = Priority.LIVE,
        delivery_id: str | None = None,
    ) -> Upserted:
        """Make it due and return once that is committed.

        ALREADY_DUE when it was due, or when this delivery was taken before: a replay. Raises
        StoreUnavailable when it could not be committed in time, MalformedDelivery for an id that
        cannot be one.
        """
        for name in (account, subject, delivery_id or "-"):
            if not name or len(name) > ID_LIMIT or not name.isprintable():
                raise MalformedDelivery("An id is empty, too long or not printable.")
        delivery = (account, subject, delivery_id) if delivery_id else None
        submitted = _Submitted(DueRow(account, subject, due_at, priority), delivery)
        self._started().put(submitted)
        try:
            return submitted.answer.wait(self._timeout)
        except TimeoutError:
            submitted.answer.take()
            raise StoreUnavailable("The database did not take the write in time.") from None

    def close(self) -> None:
        """Write what was handed in, then give back the connection. Takes nothing after that."""
        with self._lock:
            self._closed = True
            writer, self._writer = self._writer, None
        if writer is not None and writer.pid == os.getpid():
            writer.stop()
        self._database.dispose()

    def _started(self) -> _Writer:
        with self._lock:
            if self._closed:
                raise StoreUnavailable("The receiver is shutting down.")
            # Threads do not survive a fork.
            if self._writer is None or self._writer.pid != os.getpid():
                self._writer = _Writer(self._write)
            return self._writer

    def _write(self, group: list[_Submitted]) -> None:
        try:
            answers = self._committed(group)
        except StoreUnavailable as error:
            _refuse(group, error)
        except Exception as error:  # noqa: BLE001 - edge of a thread: who waits gets the error
            self._write_alone(group, error)
        else:
            for submitted, answer in zip(group, answers, strict=True):
                submitted.answer.give(answer)
            self._wake(len(group))

    def _committed(self, group: list[_Submitted]) -> list[Upserted]:
        for pause in REPEAT_AFTER:
            try:
                return self._commit(group)
            except RolledBack:
                time.sleep(pause)
        return self._commit(group)

    def _commit(self, group: list[_Submitted]) -> list[Upserted]:
        with self._database.transaction() as connection:
            return _upsert(connection, group)

    def _write_alone(self, group: list[_Submitted], error: Exception) -> None:
        """One row that the database cannot take must not take the others with it."""
        if len(group) == 1:
            _refuse(group, error)
            return
        for submitted in group:
            self._write([submitted])

    def _wake(self, committed: int) -> None:
        if self._after_commit is None:
            return
        try:
            self._after_commit(committed)
        except Exception as error:  # noqa: BLE001 - edge of a thread: a lost wake does no harm
            _log.warning("the wake after a commit failed: %s", type(error).__name__)


def _refuse(group: Sequence[_Submitted], error: Exception) -> None:
    for submitted in group:
        submitted.answer.refuse(error)


def _upsert(connection: Connection, group: Sequence[_Submitted]) -> list[Upserted]:
    fresh = _without_replays(connection, group)
    rows: dict[tuple[str, str], DueRow] = {}
    for submitted in fresh:
        row = rows.get(submitted.key)
        rows[submitted.key] = row.merge(submitted.row) if row else submitted.row
    found = upsert_due(connection, list(rows.values())) if rows else {}
    # The first of a key gets what was found; the others found it due by then.
    return [
        found.pop(s.key, Upserted.ALREADY_DUE) if s in fresh else Upserted.ALREADY_DUE
        for s in group
    ]


def _without_replays(connection: Connection, group: Sequence[_Submitted]) -> list[_Submitted]:
    first = {s.delivery: s for s in reversed(group) if s.delivery}
    if not first:
        return list(group)
    parameters: list[str | int] = []
    for (account, subject, delivery_id), submitted in sorted(first.items(), key=lambda i: i[0]):
        parameters += [account, delivery_id, subject, to_micros(submitted.row.due_at)]
    statement = _remember(len(first), connection.dialect.name)
    new = set(run(connection, statement, tuple(parameters)))
    return [s for s in group if not s.delivery or (s.delivery in new and first[s.delivery] is s)]


@cache
def _remember(rows: int, dialect: str) -> str:
    mark = "?" if dialect == "sqlite" else "%s"
    one = f"({mark}, {mark}, {mark}, {mark})"
    return (
        "INSERT INTO deliveries (account, delivery_id, subject, at)"  # noqa: S608 - marks only
        f" VALUES {', '.join([one] * rows)} ON CONFLICT DO NOTHING"
        " RETURNING account, subject, delivery_id"
    )
