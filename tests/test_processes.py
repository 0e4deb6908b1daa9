"""The launcher: a command that was started by a process that is gone does not live on."""

from __future__ import annotations

import signal
import subprocess
import sys


def test_a_command_whose_parent_died_before_it_was_tied_to_it_ends_at_once():
    parent = subprocess.Popen(["true"])
    parent.wait()
    launcher = [sys.executable, "-m", "integration.processes", str(parent.pid)]
    command = subprocess.Popen([*launcher, "sleep", "600"])
    try:
        assert command.wait(10) == -signal.SIGTERM
    finally:
        command.kill()
        command.wait()
