"""`deskwarden demo --folder DIR` begins in an empty folder, or says what to do."""

from __future__ import annotations

import signal

import pytest
from click.testing import CliRunner

from integration.cli import commands


@pytest.fixture
def refused():
    """What the demo says to a folder that it does not take; it begins with none."""
    before = signal.getsignal(signal.SIGTERM)

    def start(folder):
        result = CliRunner().invoke(commands, ["demo", "--json", "--folder", str(folder)])
        assert (result.exit_code, result.stdout) == (2, "")
        what, remedy = result.stderr.splitlines()
        assert remedy == "Give --folder an empty folder, or a path where one can be made."
        return what

    yield start
    signal.signal(signal.SIGTERM, before)


def test_a_folder_that_holds_another_demo_is_refused_and_left_as_it_is(tmp_path, refused):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "deskwarden.db").write_bytes(b"of the first demo")
    assert refused(tmp_path) == f"Error: The folder {tmp_path} is not empty."
    assert [path.name for path in tmp_path.rglob("*")] == ["data", "deskwarden.db"]
    assert (tmp_path / "data" / "deskwarden.db").read_bytes() == b"of the first demo"


def test_a_file_is_no_folder(tmp_path, refused):
    file = tmp_path / "notes.txt"
    file.write_text("mine", encoding="utf-8")
    assert refused(file) == f"Error: The folder {file} cannot be made or read (File exists)."
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("below", ["notes.txt/demo", "x" * 300], ids=["below a file", "too long"])
def test_a_path_where_no_folder_can_be_is_told(tmp_path, refused, below):
    (tmp_path / "notes.txt").touch()
    assert "cannot be made or read (" in refused(tmp_path / below)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
