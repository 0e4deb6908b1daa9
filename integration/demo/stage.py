"""Everything the demo runs against: a simulated helpdesk, our service, a connected account."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import requests

from integration.config import variables_in
from integration.core.errors import PermanentError
from integration.core.mode import Mode
from integration.core.rows import AccountRow
from integration.demo.helpdesk import SimulatedHelpdesk
from integration.processes import launcher
from integration.runtime import Runtime, load_config, open_runtime
from integration.services import journal, modes
from integration.storage import upgrade

ACCOUNT = "demo"
REQUESTS_PER_MINUTE = 1200
"""A day's work is done in a minute, so the simulated plan allows more than the usual 180."""
START_SECONDS = 90.0
STOP_SECONDS = 30.0
KILL_SECONDS = 5.0

POLICY = """\
[web]
port = {port}
public_url = "http://127.0.0.1:{port}"

[workers]
processes = 2

[policy]
locale = "en"

[policy.breaker]
max_tickets_per_hour = 1000

[policy.hold]
tags = ["dispute"]
"""
"""The demo removes a day's card data in a minute, so the breaker stands higher than usual."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What the demo works with."""

    desk: SimulatedHelpdesk
    runtime: Runtime
    folder: Path
    service: subprocess.Popen[bytes]


@contextmanager
def set_up(
    folder: Path, *, requests_per_minute: int = REQUESTS_PER_MINUTE, toml: str = POLICY
) -> Iterator[Stage]:
    """Start everything, connect the account in enforce mode; stop everything at the end."""
    use_own_settings(folder, toml)
    runtime = open_runtime(load_config())
    upgrade(runtime.config.database_url)
    with ExitStack() as stack:
        stack.callback(runtime.close)
        desk = stack.enter_context(SimulatedHelpdesk("liveagent", folder / "simulator.log"))
        with closing(open_runtime(runtime.config)) as first:
            _connect(first, desk, requests_per_minute)
        service = stack.enter_context(serve(folder))
        wait_until_ready(runtime, service)
        yield Stage(desk, runtime, folder, service)


def use_own_settings(folder: Path, toml: str) -> None:
    """For this process and those it starts: nothing of the installation that may be here.

    The demo switches an account to enforce mode: that must not come into a real database.
    """
    for name in variables_in(os.environ):
        del os.environ[name]
    os.environ.update(_environment(folder, toml))


def _environment(folder: Path, toml: str) -> Mapping[str, str]:
    port = _free_port()
    config = folder / "deskwarden.toml"
    config.write_text(toml.format(port=port), encoding="utf-8")
    return {
        "DESKWARDEN_CONFIG": str(config),
        "DESKWARDEN_DATA_FOLDER": str(folder / "data"),
        "DESKWARDEN_LOG_FORMAT": "json",
        "TMPDIR": str(folder),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`deskwarden run` in our environment, its log in the folder."""
    with (folder / "service.log").open("ab") as log:
        # Of its own session: a Ctrl-C is for us, and we end it in order.
        process = subprocess.Popen(  # noqa: S603  our own command
            launcher([sys.executable, "-m", "integration.cli", "run"]),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            # A Ctrl-C amid `poll` may leave its lock taken: then no wait ever hears of the end.
            with suppress(subprocess.TimeoutExpired):
                process.wait(KILL_SECONDS)


def wait_until_ready(runtime: Runtime, service: subprocess.Popen[bytes]) -> None:
    """Until the service can take deliveries. Raises PermanentError if it does not come to that."""
    url = f"{runtime.config.web.public_url}/readyz"
    end = time.monotonic() + START_SECONDS
    with requests.Session() as session:
        session.trust_env = False  # it is on this host: no proxy stands before it
        while time.monotonic() < end:
            if service.poll() is not None:
                break
            try:
                if session.get(url, timeout=1).status_code == requests.codes.ok:
                    return
            except requests.RequestException:
                pass
            time.sleep(0.1)
    raise PermanentError(
        "The service did not start.",
        reason="not_started",
        hint="deskwarden demo --folder DIR keeps its log: DIR/service.log",
    )


def _connect(runtime: Runtime, desk: SimulatedHelpdesk, requests_per_minute: int) -> None:
    desk.switch(requests_per_minute=requests_per_minute)
    facts = desk.facts
    settings = {
        "url": facts["url"],
        "bot_agent": facts["bot_user"],
        "contact_email": facts["contact_email"],
        "mail_account": facts["mail_account"],
        "findings_department": facts["compliance_department"],
        "requests_per_minute": requests_per_minute,
    }
    keys = {"v3_key": facts["v3_key"], "v1_key": facts["v1_key"]}
    row = AccountRow(ACCOUNT, "liveagent", settings, b"")
    connected = runtime.connect_account(row, keys)
    now = runtime.clock.now()
    # What an admin does in the panel: no API of LiveAgent shows which mails were sent.
    mail_checked = desk.mails(connected.test.ticket_id) == 0
    modes.set_mode(runtime.store, ACCOUNT, Mode.ENFORCE, now=now, mail_checked=mail_checked)
    with runtime.store.transaction() as tables:
        journal.put_off(tables, ACCOUNT, until=now)  # to the end of the demo's day
    desk.call_us(runtime.hook(connected.row).url)
