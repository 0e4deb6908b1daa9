"""The scripts that CI runs, with the programs they call replaced by ones that only tell."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAMS = {"id": "echo 0", "dpkg-query": "echo installed"}
REST = ["-p", "no:randomly", "-o", "norecursedirs=.* __pycache__"]


def program(path: Path, line: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


@pytest.fixture
def e2e(tmp_path):
    """What `.ci/e2e` gives to pytest."""
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    (tmp_path / "tests" / "e2e").mkdir(parents=True)
    (tmp_path / "tests" / "e2e" / "test_one.py").touch()
    program(tmp_path / ".venv" / "bin" / "pytest", 'printf "%s\\n" "$@"')
    for name, line in PROGRAMS.items():
        program(tmp_path / "bin" / name, line)

    def run(*arguments: str) -> list[str]:
        env = {**os.environ, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}
        command = [str(tmp_path / ".ci" / "e2e"), *arguments]
        return subprocess.check_output(command, env=env, text=True).splitlines()

    return run


def test_without_a_file_all_end_to_end_tests_run(e2e):
    assert e2e() == ["tests/e2e", *REST]
    assert e2e("-k", "browser", "-x") == ["tests/e2e", *REST, "-k", "browser", "-x"]


@pytest.mark.parametrize("named", ["tests/e2e/test_one.py", "tests/e2e/test_one.py::test_a"])
def test_a_named_file_is_all_that_runs(e2e, named):
    assert e2e("-x", named) == [*REST, "-x", named]
