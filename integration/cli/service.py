"""Running it: all in one, or as parts on several hosts; the demo."""

from __future__ import annotations

import importlib
import os
import signal
import socket
import sys
import threading
from contextlib import closing
from functools import partial
from pathlib import Path

import click

from connectors import registry
from integration import jobs, logs
from integration.cli.opening import (
    make_keys,
    require_key_of_accounts,
    require_shared,
    require_tables,
)
from integration.cli.output import emit, json_option, results, words
from integration.config import Config, make_folder
from integration.core.errors import ConfigError
from integration.core.rehearsal import rehearse
from integration.demo.counts import COUNTS, SUM
from integration.lock import FolderLock
from integration.queueing import EmbeddedServer, Poller, find_server, run_worker
from integration.runtime import load_config, open_runtime
from integration.storage import upgrade
from integration.supervisor import Supervisor, Task, Ticker, children, web_command

TICK_SECONDS = 1.0
"""How late a row that became due by time alone may be noticed."""
ENSURE_SECONDS = 60.0
COUNTED = "\n".join(
    (
        "\b",
        f"What --json counts ({SUM}):",
        *(f"  {key:<16}  {what}" for key, what in COUNTS.items()),
    )
)


@click.command(epilog=COUNTED)
@click.option("--seed", default=2026, show_default=True, help="The same seed, the same tickets.")
@click.option("--keep", is_flag=True, help="Leave everything running until Ctrl-C.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    help="Keep all files there: an empty folder, or none yet.",
)
@json_option
def demo(seed: int, *, keep: bool, folder: Path | None, as_json: bool) -> None:
    """See the main job on a simulated helpdesk with sixty tickets. Cleaned, and proved."""
    from integration.demo.run import Options, run  # noqa: PLC0415  only here

    # A stopped demo ends like an interrupted one: with everything it started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    console = words if as_json else results
    report = run(Options(seed=seed, keep=keep, quiet=as_json, folder=folder), console)
    if as_json:
        emit(report)
    sys.exit(bool(report["missed"] or report["false_redactions"] or report["leaks"]))


@click.command()
def run() -> None:
    """Run everything on this machine. Web, workers, ticker and, without REDIS_URL, a Valkey."""
    config = load_config()
    logs.configure(level=config.log.level, form=config.log.format)
    make_folder(config.data_folder)
    upgrade(config.database_url)
    with FolderLock(config.data_folder):
        _require_free_port(config)
        with closing(open_runtime(config)) as runtime:
            make_keys(runtime)
            require_key_of_accounts(runtime)  # children would fall, and be started, for ever
        embedded = None if config.redis_url else _embedded(config)
        Supervisor(children(config, embedded=embedded)).run()


def _require_free_port(config: Config) -> None:
    """Say so where another program listens: two servers may share a port, and then each is deaf."""
    web = config.web
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    try:
        socket.create_server((web.host, web.port), family=family).close()
    except OSError as error:
        raise ConfigError(
            [f"nothing can listen on {web.address} ({error.strerror})"],
            hint="stop what listens there, or set web.port (DESKWARDEN_WEB_PORT)",
        ) from None


def _embedded(config: Config) -> EmbeddedServer | None:
    """Our own Valkey, or None on a machine that has no server to start: then we poll."""
    try:
        find_server()
    except ConfigError as error:
        words.print(f"{error} Polling instead: tickets are noticed within a second or two.")
        return None
    embedded = EmbeddedServer(config.data_folder)
    embedded.stop_stale()
    return embedded


@click.command()
def web() -> None:
    """Run only the receiver, for a host of its own. PostgreSQL and REDIS_URL are needed."""
    config = load_config()
    require_shared(config)
    command = web_command(config)
    os.execv(command[0], command)  # noqa: S606  our own command line


@click.command()
def worker() -> None:
    """Run one worker, for a host of its own (REDIS_URL needed)."""
    config = load_config()
    require_shared(config)
    require_tables(config)
    logs.configure(level=config.log.level, form=config.log.format)
    _get_ready()
    run_worker(config.redis_url)


@click.command(hidden=True)
def poller() -> None:
    """Work what is due without a queue; a child of `run` where there is no Valkey."""
    config = load_config()
    logs.configure(level=config.log.level, form=config.log.format)
    _get_ready()
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    work = Poller(jobs.process_due, seconds=TICK_SECONDS)
    work.start()
    stopping.wait()
    work.stop()


def _get_ready() -> None:
    """Load what takes seconds: a lease, or a transaction, must not wait for it."""
    for key in registry.HELPDESKS:
        importlib.import_module(f"connectors.{key}.connector")
    rehearse()


@click.command()
@click.option("--alone", is_flag=True, hidden=True, help="Under `run` without a Valkey.")
def ticker(*, alone: bool) -> None:
    """Run only the ticker, on one host. It wakes the workers for what became due by time."""
    config = load_config()
    if not alone:
        require_shared(config)
    logs.configure(level=config.log.level, form=config.log.format)
    require_tables(config)
    runtime = open_runtime(config)
    tasks = [
        Task("tick", TICK_SECONDS, partial(jobs.tick, runtime)),
        Task("ensure_periodic", ENSURE_SECONDS, partial(jobs.ensure_periodic, runtime)),
    ]
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    Ticker(tasks).run(stopping)
