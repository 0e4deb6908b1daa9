"""What `account add` is given: one line for a value that cannot be right, before any call."""

from __future__ import annotations

import pytest

from connectors.address import canonical
from integration.core.rows import AccountRow
from tests.cli.conftest import PREFIX

RT = {
    "url": "http://127.0.0.1:1",
    "user": "bot",
    "password": "pass word",
    "findings_department": "Compliance",
}
"""At an address where nobody answers: a call would be told as such, with another exit code."""


@pytest.fixture
def nobody(given, monkeypatch):
    monkeypatch.setenv(f"{PREFIX}URL", RT["url"])


@pytest.fixture
def rt(monkeypatch):
    for name, value in RT.items():
        monkeypatch.setenv(f"{PREFIX}{name.upper()}", value)


def add_rt(run, *args, code=2):
    return run("account", "add", "request_tracker", *args, code=code).err


@pytest.mark.parametrize(
    "written",
    [
        "HTTPS://acme.helpdesk.example/rt",
        "https://Acme.Helpdesk.EXAMPLE/rt",
        "https://acme.helpdesk.example:443/rt",
        "https://acme.helpdesk.example./rt",
        "https://acme.helpdesk.example/rt//",
    ],
)
def test_one_helpdesk_however_it_is_written_is_not_connected_under_two_names(
    run, rt, runtime, written
):
    known = AccountRow("first", "request_tracker", {"url": "https://acme.helpdesk.example/rt"}, b"")
    with runtime.store.transaction() as tables:
        tables.accounts.save(known)
    said = add_rt(run, "--name", "second", "--url", written)
    assert "https://acme.helpdesk.example/rt is connected already, as first." in said


@pytest.mark.parametrize(
    "other",
    ["https://acme.helpdesk.example:444", "https://acme.helpdesk.example/RT", "http://[::1]"],
)
def test_another_port_path_or_host_is_another_helpdesk(other):
    assert canonical(other) == other
