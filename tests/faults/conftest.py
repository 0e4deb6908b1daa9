from __future__ import annotations

import pytest
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
