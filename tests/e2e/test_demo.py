"""The demo as a person starts it: to its end, kept, and stopped."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import requests
from support.processes import untraced
from support.waiting import until

from integration.demo.counts import COUNTS

INSTALLED = {
    "DESKWARDEN_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/real",
    "DESKWARDEN_WEB_PUBLIC_URL": "http://127.0.0.1:1",
    "DESKWARDEN_SECRET_KEY_FILE": "/nowhere/secret.key",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "http_proxy": "http://127.0.0.1:1",
    "no_proxy": "",
}
"""What a real installation may set, and the demo must leave alone; nothing answers there."""
DEMO = [sys.executable, "-m", "integration.cli", "demo", "--json"]


@pytest.fixture
def folder():
    # Not tmp_path: a socket in it must have a short name.
    with tempfile.TemporaryDirectory(prefix="dw-") as path:
        yield Path(path)


@pytest.fixture
def env(folder):
    return untraced() | INSTALLED | {"TMPDIR": str(folder), "DW_DEMO_TEST": str(folder)}


def processes_of(folder):
    """Ids of the living processes that were started with our environment."""
    wanted, found = f"DW_DEMO_TEST={folder}".encode(), []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and wanted in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def test_the_demo_ends_with_nothing_missed_and_nothing_leaked(folder, env):
    done = subprocess.run(DEMO, env=env, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    # Its pages ended with it: none is named, but how to have them.
    assert "http" not in done.stderr
    assert "--keep" in done.stderr
    (line,) = done.stdout.splitlines()
    report = json.loads(line)
    assert (report["missed"], report["false_redactions"], report["leaks"]) == (0, 0, 0)
    assert report["tickets"] >= 60
    assert report["findings_posted"] > 0
    # The held tickets keep their cards, and open findings name them.
    assert report["manual"] == 2
    # What agents had sent stands in the outbox, and is said to.
    assert report["in_sent_mails"] > 0
    assert "in mails that had gone out before, which nobody can call back: " in done.stderr
    assert report["planted"] == report["redacted"] + report["missed"] + report["manual"]
    assert report["verified_gone"] == report["redacted"] > 0
    assert 0 < report["exposure_ms"]["p50"] <= report["exposure_ms"]["p95"]
    assert list(report) == list(COUNTS)
    assert list(folder.iterdir()) == []
    assert processes_of(folder) == []


def test_a_demo_that_is_kept_names_pages_that_open_and_ends_with_ctrl_c(folder, env):
    kept = [*DEMO[:-1], "--keep"]
    process = subprocess.Popen(kept, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        said = _until_said(process.stdout, "Running until you press Ctrl-C.")
        pages = re.findall(r"^(.+): (http://\S+)$", said, re.MULTILINE)
        assert "The journal" in dict(pages)
        assert [_status(url) for _, url in pages] == [200] * 5
    finally:
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=60)
    assert (process.returncode, rest) == (0, b"Stopping.\n")
    # Read by another program, it says now and then how far it is.
    assert said.startswith("A simulated helpdesk and the service start.\nThe service is ready.\n")
    assert "Customers and agents write: 1 ticket, 0 cleaned.\n" in said
    assert "\x1b" not in said
    assert list(folder.iterdir()) == []


def _until_said(stream, last):
    """What it says, to the line that is given or its end."""
    said = ""
    for line in stream:
        said += line.decode()
        if last in said:
            break
    return said


def _status(url):
    with requests.Session() as session:
        session.trust_env = False
        return session.get(url, timeout=20).status_code


@pytest.mark.parametrize(
    ("sig", "stands"),
    [(signal.SIGTERM, "*"), (signal.SIGINT, "*/data/valkey/valkey.sock")],
    ids=["terminated as it begins", "ctrl-c when its queue stands"],
)
def test_a_demo_that_is_stopped_leaves_nothing_behind(folder, env, sig, stands):
    process = subprocess.Popen(DEMO, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until(lambda: any(folder.glob(stands)))
    process.send_signal(sig)
    out, _ = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, b"")
    until(lambda: processes_of(folder) == [])
    assert list(folder.iterdir()) == []
