"""A private Request Tracker from the Debian package: own folder, SQLite, port, mail spool.

`.ci/e2e` installs the package. Nothing in /etc or /var is touched: RT is pointed at our folder by
RT_SITE_CONFIG (lib/RT/Config.pm).
"""

from __future__ import annotations

import base64
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import requests

HERE = Path(__file__).parent
PLUGINS = HERE.parents[1] / "connectors/request_tracker/plugin"
SERVER = "/usr/share/request-tracker5/libexec/rt-server"
ROOT = ("root", "root-password-1")
BOT = ("deskwarden", "bot-password-1")

CONFIG = """
use utf8;
Set($rtname, 'rt.test');
Set($Organization, 'rt.test');
Set($WebDomain, '127.0.0.1');
Set($WebPort, {port});
{database}
Set($LogDir, '{folder}/log');
Set($LogToFile, 'info');
Set($LogToSyslog, undef);
Set($LogToSTDERR, undef);
Set($MailCommand, 'mbox');
Set($WebSecureCookies, 0);
Set($WebSessionClass, 'Apache::Session::File');
Set($Timezone, 'UTC');
$RT::MasonDataDir    = '{folder}/mason_data';
$RT::MasonSessionDir = '{folder}/session_data';
$RT::VarPath         = '{folder}/var';
$RT::LocalPluginPath = '{plugins}';
Plugin('RT::Extension::Deskwarden');
1;
"""

SQLITE = """
Set($DatabaseType, 'SQLite');
Set($DatabaseName, '{folder}/rt.sqlite3');
"""


@dataclass
class RtServer:
    """A running instance; `root` calls plant data and look at it past the connector's eyes."""

    folder: Path
    port: int
    token: str
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "rt.sqlite3"

    @classmethod
    def start(cls, folder: Path, database: str = SQLITE) -> RtServer:
        """Set one up in an empty folder; `database` is RT's configuration of it."""
        for name in ("log", "mason_data", "session_data", "var"):
            (folder / name).mkdir(parents=True)
        port = _free_port()
        config = CONFIG.replace("{database}", database)
        config = config.replace("{port}", str(port)).replace("{folder}", str(folder))
        (folder / "RT_SiteConfig.pm").write_text(config.replace("{plugins}", str(PLUGINS)))
        (folder / "root").write_text(ROOT[1])
        _setup(folder, "--action=init", "--skip-create", f"--root-password-file={folder}/root")
        _setup(folder, "--action=insert", f"--datafile={HERE}/rt_seed.pl")
        process = subprocess.Popen(
            [SERVER, "--server=Starlet", "--host=127.0.0.1", f"--port={port}", "--max-workers=4"],
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=(folder / "log/server").open("wb"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        server = cls(folder, port, (folder / "token").read_text(), process)
        server._wait()
        return server

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)

    def root(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Call REST 2 as root; the parsed answer."""
        answer = self._session.request(
            method, f"{self.url}/REST/2.0/{path}", json=body, auth=ROOT, timeout=30
        )
        answer.raise_for_status()
        return answer.json() if answer.content else None

    @cached_property
    def _session(self) -> requests.Session:
        """Logged in: RT computes bcrypt for every request that is not."""
        session = requests.Session()
        form = {"user": ROOT[0], "pass": ROOT[1], "next": "1"}
        session.post(f"{self.url}/NoAuth/Login.html", data=form, timeout=30, allow_redirects=False)
        return session

    def mail(self, queue: str, message: bytes, action: str = "correspond") -> None:
        """Deliver an inbound mail as a mail server would."""
        subprocess.run(
            ["rt-mailgate-5", "--queue", queue, "--action", action, "--url", self.url],
            input=message,
            check=True,
            timeout=60,
        )

    def insert(self, datafile: Path, **environment: str) -> None:
        """Load an initialdata file, as the admin does."""
        _setup(self.folder, "--action=insert", f"--datafile={datafile}", **environment)

    def spool(self) -> bytes:
        """Every mail that RT has sent."""
        return b"".join(f.read_bytes() for f in (self.folder / "var").rglob("*.mbox"))

    def _wait(self) -> None:
        deadline = time.monotonic() + 60
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                self.root("GET", "rt")
            except requests.RequestException:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError((self.folder / "log/server").read_text())


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(folder: Path, **more: str) -> dict[str, str]:
    return (
        os.environ
        | more
        | {
            "RT_SITE_CONFIG": str(folder / "RT_SiteConfig.pm"),
            "RT_SITE_CONFIG_DIR": "/dev/null",
            "RT_TOKEN_FILE": str(folder / "token"),
            "RT_BOT_PASSWORD": BOT[1],
        }
    )


def _setup(folder: Path, *arguments: str, **environment: str) -> None:
    done = subprocess.run(
        ["rt-setup-database-5", *arguments],
        env=_environment(folder, **environment),
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
