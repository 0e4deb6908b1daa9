"""The console script, interrupted before its commands have loaded."""

from __future__ import annotations

import signal
import subprocess
import sys

import click
import pytest

from integration.cli import PLACES, commands

INTERRUPTED_WHILE_LOADING = """
import os, signal, sys
from integration import script

class Interrupts:
    def __init__(self, loads):
        self.loads = loads

    def find_spec(self, name, *_):
        if name == self.loads:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupts(sys.argv[1]))
sys.argv[1:] = ["sweep", "--help"]
script.main()
"""


@pytest.mark.parametrize("loads", ["integration.cli", "integration.cli.sweeping"])
def test_an_interrupt_while_a_command_loads_ends_without_a_word(loads: str) -> None:
    command = [sys.executable, "-c", INTERRUPTED_WHILE_LOADING, loads]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, b"", b"")


def test_an_interrupt_of_a_command_is_told_as_before() -> None:
    code = "import signal; from integration import script, cli; cli.commands.main = lambda **_: "
    code += "print(signal.getsignal(signal.SIGINT) is signal.default_int_handler); script.main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"True\n"


def test_a_command_that_is_nearly_right_is_suggested(run) -> None:
    assert "Did you mean 'sweep'?" in run("swep", code=2).err


@pytest.mark.parametrize("name", PLACES)
def test_the_list_of_commands_says_what_each_says_of_itself(name: str) -> None:
    command = commands.get_command(click.Context(commands), name)
    assert command is not None
    assert PLACES[name].help == ("" if command.hidden else command.get_short_help_str(100))


def test_the_list_of_commands_loads_none_of_them() -> None:
    code = "import sys; from integration.cli import commands; "
    code += "commands(['--help'], standalone_mode=False); "
    code += "sys.exit('integration.cli.scan' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert all(f"  {name} " in done.stdout for name, place in PLACES.items() if place.help)
