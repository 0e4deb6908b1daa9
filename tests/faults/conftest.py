from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from support.live import running
from support.rig import Rig


@pytest.fixture
def rigs(tmp_path):
    """Makes a fresh rig at each call."""
    made = []

    def make(**changes) -> Rig:
        folder = tmp_path / str(len(made))
        folder.mkdir(mode=0o700)
        made.append(Rig(folder, **changes))
        return made[-1]

    yield make
    for rig in made:
        rig.close()


@pytest.fixture(scope="session")
def whole_service():
    """The whole product in processes of its own; short paths, for the socket of its Valkey."""
    with TemporaryDirectory(prefix="dw-") as folder, running(Path(folder)) as started:
        yield started


@pytest.fixture
def service(whole_service):
    """The product at rest; each test answers for its own tickets."""
    whole_service.begin()
    return whole_service
