"""Commands whose output finds no room on the disk, as their own processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")
pytestmark = pytest.mark.skipif(not FULL.exists(), reason="this system has no full device")


@pytest.mark.exhaustive
@pytest.mark.parametrize("command", ["--version", "scan {}", "scan --json {}", "redact {}"])
def test_a_full_disk_behind_stdout_is_told_in_a_line_and_is_no_finding(tmp_path, command):
    (tmp_path / "clean.txt").write_text("nothing\n")
    words = command.format(tmp_path / "clean.txt").split()
    with FULL.open("w") as full:
        done = _run(*words, stdout=full)
    assert done.returncode == os.EX_IOERR
    assert done.stderr.splitlines()[-1] == (
        "Error: The output cannot be written (No space left on device)."
    )
    assert "Traceback" not in done.stderr


def test_any_other_failure_of_the_system_stays_what_it_is():
    code = "from integration import cli; cli.commands.main = lambda **_: open('/nowhere/x'); "
    code += "cli.main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "FileNotFoundError" in done.stderr
    assert done.returncode == 1


def _run(*words, stdout):
    command = [sys.executable, "-m", "integration.cli", *words]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)
