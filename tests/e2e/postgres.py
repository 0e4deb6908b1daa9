"""A private PostgreSQL from the Debian package: own folder, Unix socket only, no network.

`.ci/e2e` installs the package. The server refuses to run as root, so it runs as the package's user
`postgres`; everything is under one folder in /tmp that is removed afterwards.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

SETTINGS = {
    "listen_addresses": "''",
    # These tests kill processes, not the machine.
    "fsync": "off",
    "max_connections": "50",
}


class PrivatePostgreSQL:
    """One cluster; `url` is that of its maintenance database, as its superuser."""

    def __init__(self, folder: Path) -> None:
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        assert found, "install the Debian package postgresql (see .ci/e2e)"
        self._bin = found[-1].parent
        self.folder = folder
        """Where its socket is."""
        self.url = f"postgresql://postgres@/postgres?host={folder}"

    def create(self) -> None:
        """Make the cluster; only this machine's users can reach its socket."""
        shutil.chown(self.folder, "postgres")
        self._run("initdb", "--pgdata", self._data, "--auth", "trust", "--encoding", "UTF8")
        with (self.folder / "data" / "postgresql.conf").open("a") as config:
            config.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
            config.write(f"unix_socket_directories = '{self.folder}'\n")

    def start(self) -> None:
        """Start it and wait until it answers."""
        log = str(self.folder / "log")
        self._run("pg_ctl", "--wait", "--pgdata", self._data, "--log", log, "start")

    def stop(self) -> None:
        """Stop it as a crash would: connections are cut, nothing is tidied up."""
        self._run("pg_ctl", "--wait", "--pgdata", self._data, "--mode", "immediate", "stop")

    def client(self, program: str, *arguments: str) -> bytes:
        """What a client program prints, run as the superuser: `psql`, `pg_dump`."""
        as_superuser = ["runuser", "-u", "postgres", "--"]
        return subprocess.run(
            [*as_superuser, self._bin / program, "--host", self.folder, *arguments],
            check=True,
            cwd=self.folder,
            capture_output=True,
            timeout=60,
        ).stdout

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            ["runuser", "-u", "postgres", "--", self._bin / program, *arguments],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            timeout=60,
        )


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PrivatePostgreSQL]:
    """A running private PostgreSQL."""
    # The path of a Unix socket has room for some hundred characters: not pytest's own folder.
    with tempfile.TemporaryDirectory(prefix="deskwarden-pg-", dir="/tmp") as folder:
        server = PrivatePostgreSQL(Path(folder))
        server.create()
        server.start()
        yield server
        server.stop()
