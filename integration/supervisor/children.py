"""What `deskwarden run` consists of, from the configuration."""

from __future__ import annotations

import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from importlib.resources import files

from integration.config import Config
from integration.queueing import EmbeddedServer
from integration.supervisor.model import Child, Stage

REDIS_URL = "DESKWARDEN_REDIS_URL"
SERVER = "webhooks.serve"
APPLICATION = "webhooks.wsgi:create"
OURSELVES = (sys.executable, "-m", "integration.cli")

WORKER_STOP_SECONDS = 75.0
"""A job in hand may take a minute."""
WEB_STOP_SECONDS = 15.0
WEB_KILL_SECONDS = 10
BACKPRESSURE = 1024
"""Connections at once. Below the number of kept-alive ones granian stalls clients (issue 789)."""
HEADER_MILLISECONDS = 10_000


def children(config: Config, *, embedded: EmbeddedServer | None = None) -> list[Child]:
    """The embedded Valkey (when given), the workers, the ticker and the web process.

    Without any queue one poller does the work: slower to notice, and nothing is lost.
    """
    env = {REDIS_URL: embedded.url} if embedded else {}
    queue = [_queue(embedded)] if embedded else []
    if embedded or config.redis_url:
        names = [f"worker-{number}" for number in range(1, config.workers.processes + 1)]
        workers = [_at_work(name, "worker", env) for name in names]
    else:
        workers = [_at_work("poller", "poller", env)]
    alone = () if embedded or config.redis_url else ("--alone",)
    ticker = Child("ticker", (*OURSELVES, "ticker", *alone), Stage.WORK, env=env)
    web = Child(
        "web",
        web_command(config),
        Stage.WEB,
        env=env,
        ready=partial(_accepts, config.web.host, config.web.port),
        stop_seconds=WEB_STOP_SECONDS,
    )
    return [*queue, *workers, ticker, web]


def _at_work(name: str, command: str, env: Mapping[str, str]) -> Child:
    argv = (*OURSELVES, command)
    return Child(name, argv, Stage.WORK, env=env, stop_seconds=WORKER_STOP_SECONDS)


def web_command(config: Config, *, application: str = APPLICATION) -> list[str]:
    """The command line of granian. One process: SQLite has one writer, commits are grouped."""
    flags = {
        "--interface": "wsgi",
        "--host": config.web.host,
        "--port": str(config.web.port),
        "--workers": "1",
        "--blocking-threads": str(config.web.threads),
        "--backpressure": str(BACKPRESSURE),
        "--http1-header-read-timeout": str(HEADER_MILLISECONDS),
        "--workers-kill-timeout": str(WEB_KILL_SECONDS),
        "--log-level": config.log.level,
        "--log-config": str(files("integration.supervisor") / "granian_log.json"),
    }
    # No access log: its lines hold URLs, and a URL may hold the secret of a helpdesk.
    switches = ("--no-access-log", "--no-ws", "--respawn-failed-workers", "--factory")
    words = [word for flag in flags.items() for word in flag]
    return [sys.executable, "-m", SERVER, *words, *switches, application]


def _queue(embedded: EmbeddedServer) -> Child:
    return Child("valkey", embedded.command(), Stage.QUEUE, ready=embedded.is_ready)


def _accepts(host: str, port: int) -> bool:
    """Whether something listens there."""
    with suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False
