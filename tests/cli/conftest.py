from __future__ import annotations

import itertools
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from support.database import make_database

from connectors.liveagent.simulator import create
from integration.cli import commands
from integration.runtime import Runtime, load_config, open_runtime

PREFIX = "DESKWARDEN_ACCOUNT_"
YEARS = itertools.count(2100)
ADD = ("account", "add", "liveagent", "--name", "acme")


@pytest.fixture(autouse=True)
def folder(monkeypatch) -> Iterator[Path]:
    """A data folder of its own: short, for a socket in it has a short name."""
    with tempfile.TemporaryDirectory(prefix="dw-") as path:
        data = Path(path) / "data"
        monkeypatch.setenv("DESKWARDEN_DATA_FOLDER", str(data))
        monkeypatch.chdir(path)
        yield data


@dataclass
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run() -> Callable[..., Said]:
    """Run a command as the console script would; a traceback fails the test."""
    return invoke


def invoke(*args: object, stdin: str | bytes | None = None, code: int | None = 0) -> Said:
    result: Result = CliRunner().invoke(commands, [str(a) for a in args], input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    said = Said(result.exit_code, result.stdout, result.stderr)
    if code is not None:
        assert said.code == code, said.err
    return said


@pytest.fixture
def runtime(folder) -> Iterator[Runtime]:
    """The store behind the commands, with its tables and keys."""
    config = load_config()
    opened = open_runtime(config)
    make_database(config.database_url)
    _ = opened.store, opened.keyring
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def simulator():
    made = create(7)
    made.start()
    made.set_switches(requests_per_minute=100_000)
    yield made
    made.stop()


@pytest.fixture
def new_year(simulator) -> datetime:
    """A day behind all tickets that other tests have written: its year is nobody else's."""
    return datetime(next(YEARS), 1, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def asked_for(simulator) -> dict[str, str]:
    """What `account add` asks for."""
    facts = simulator.credentials()
    return {
        "url": facts["url"],
        "v3_key": facts["v3_key"],
        "v1_key": facts["v1_key"],
        "bot_agent": facts["bot_user"],
        "contact_email": facts["contact_email"],
        "mail_account": facts["mail_account"],
        "findings_department": facts["compliance_department"],
        "requests_per_minute": "6000",
    }


@pytest.fixture
def given(asked_for, monkeypatch) -> dict[str, str]:
    """The same in the environment."""
    _put_into_environment(asked_for, monkeypatch)
    return asked_for.copy()


def _put_into_environment(values: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"{PREFIX}{name.upper()}", value)


@pytest.fixture(scope="session")
def folder_of_account(asked_for) -> Iterator[Path]:
    """A data folder as `account add` leaves it, to be copied."""
    with prepared(asked_for, lambda _: invoke(*ADD)) as data:
        yield data


@contextmanager
def prepared(values: dict[str, str], prepare: Callable[[Path], object]) -> Iterator[Path]:
    """A data folder that more than one test begins with, made with a command or two."""
    with tempfile.TemporaryDirectory(prefix="dw-") as path:
        data = Path(path) / "data"
        with pytest.MonkeyPatch.context() as patch:
            _put_into_environment(values, patch)
            patch.setenv("DESKWARDEN_DATA_FOLDER", str(data))
            patch.chdir(path)
            prepare(data)
        yield data


@pytest.fixture
def connected(run, given, folder, folder_of_account) -> str:
    """An account as `account add` leaves it; its name."""
    if folder.exists():
        run(*ADD)  # it holds what the test put there
    else:
        shutil.copytree(folder_of_account, folder)
    return "acme"
