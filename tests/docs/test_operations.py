"""What docs/operations.md has people type fits the unit that it shows."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
UNIT = re.search(r"```ini\n# /etc/systemd.*?```", PAGE, re.S)
assert UNIT
SET = dict(line.split("=", 1) for line in UNIT[0].splitlines() if "=" in line)


def test_user_and_folder_of_the_unit_are_made_before_it() -> None:
    before = PAGE[: UNIT.start()]
    user, folder = SET["User"], SET["ReadWritePaths"]
    assert re.search(rf"^\$ sudo useradd .* {user}$", before, re.M)
    assert f"$ sudo install -d -m 0700 -o {user} -g {user} {folder}\n" in before


def test_a_command_that_is_typed_reads_the_configuration_of_the_unit() -> None:
    """The folder too: `deskwarden.toml` is looked for there first."""
    where = f"env -C {SET['WorkingDirectory']} {SET['Environment']}"
    program = SET["ExecStart"].split()[0].removeprefix(f"{SET['WorkingDirectory']}/")
    assert f"$ sudo -u {SET['User']} -- {where} {program} doctor\n" in PAGE
