"""The console script, interrupted before its commands have loaded."""

from __future__ import annotations

import signal
import subprocess
import sys

INTERRUPTED_WHILE_LOADING = """
import os, signal, sys
from integration import script

class Interrupts:
    def find_spec(self, name, *_):
        if name == "integration.cli":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupts())
script.main()
"""


def test_an_interrupt_while_the_commands_load_ends_without_a_word() -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_WHILE_LOADING], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, b"", b"")


def test_an_interrupt_of_a_command_is_told_as_before() -> None:
    code = "import signal; from integration import script, cli; cli.commands.main = lambda **_: "
    code += "print(signal.getsignal(signal.SIGINT) is signal.default_int_handler); script.main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"True\n"
