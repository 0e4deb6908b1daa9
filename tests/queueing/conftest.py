from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from redis import Redis

from integration.queueing import EmbeddedServer, connect


class RealClock:
    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time(), tz=UTC)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


@pytest.fixture
def clock() -> RealClock:
    return RealClock()


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedServer]:
    """A real Valkey; its folder's path is short, for the socket's sake."""
    folder = Path(tempfile.mkdtemp(prefix="dw-"))
    server = EmbeddedServer(folder)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture
def redis(server: EmbeddedServer) -> Iterator[Redis]:
    client = connect(server.url)
    client.flushall()
    yield client
    client.close()


@pytest.fixture
def dead_redis(tmp_path: Path) -> Iterator[Redis]:
    client = connect(f"unix://{tmp_path}/none.sock")
    yield client
    client.close()


@pytest.fixture
def short_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="dw-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def until() -> Callable[[Callable[[], object]], None]:
    """Wait for something that happens in another process; a minute means never."""

    def _until(condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + 60
        while not condition():
            if time.monotonic() > deadline:
                pytest.fail("it never happened")
            time.sleep(0.02)

    return _until
