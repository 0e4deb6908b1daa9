"""What `doctor` looks at in this installation: its settings, its database and its queue."""

from __future__ import annotations

from collections.abc import Iterator

from integration.core.errors import ConfigError, DeskwardenError
from integration.diagnosis.rows import Row, failed, row
from integration.lock import is_running
from integration.queueing import EmbeddedServer, Redis, is_alive, workers_alive
from integration.runtime import Runtime
from integration.storage import has_room, is_current


def parts(runtime: Runtime) -> Iterator[Row]:
    """A row for each part."""
    yield _settings(runtime)
    yield _database(runtime)
    yield _queue(runtime)


def _settings(runtime: Runtime) -> Row:
    config = runtime.config
    return row("ok", "settings", f"{config.source or 'no file'}; data in {config.data_folder}")


def _database(runtime: Runtime) -> Row:
    try:
        if is_current(runtime.config.database_url):
            with runtime.store.transaction() as tables:
                tables.values.put("", "doctor", {"at": runtime.clock.now().isoformat()})
            return row("ok", "database", "takes writes, tables are of this version")
    except ConfigError as error:
        return row("fail", "keys", str(error), error.hint)
    except DeskwardenError as error:
        return failed("database", error, "check database_url and room on the disk")
    lacks, upgrade = "lacks the tables of this version", "deskwarden db upgrade"
    if not has_room(runtime.config.database_url):
        return row(
            "fail", "database", f"{lacks}; its disk has no room", f"make room, then {upgrade}"
        )
    return row("fail", "database", lacks, upgrade)


def _queue(runtime: Runtime) -> Row:
    if runtime.redis is not None and (runtime.config.redis_url or is_alive(runtime.redis)):
        return _workers(runtime.redis)
    try:
        EmbeddedServer(runtime.config.data_folder).command()
    except ConfigError as error:
        if is_running(runtime.config.data_folder):
            return row("warn", "queue", "a poller does the work, slower to notice", error.hint)
        return row("fail", "queue", str(error), error.hint)
    return row("warn", "queue", "embedded Valkey is not running", "deskwarden run")


def _workers(redis: Redis) -> Row:
    try:
        alive = workers_alive(redis)
    except DeskwardenError as error:
        return row("fail", "queue", str(error), error.hint)
    if alive:
        return row("ok", "queue", f"answers; workers alive: {alive}")
    return row("fail", "queue", "answers, and no worker is alive", "start deskwarden worker")
