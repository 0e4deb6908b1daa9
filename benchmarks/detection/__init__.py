"""Detection beside other tools: accuracy on texts that we make, and speed, in one run.

The other tools get an environment of their own, `.venv-peers`; docs/benchmark.md is written from
what was measured. DESKWARDEN_BENCH_DATA names a folder with labelled texts and real mail.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

from benchmarks.detection import report

ROOT = Path(__file__).parents[2]
PEERS = ROOT / ".venv-peers"
WANTED = Path(__file__).with_name("peers.txt")


def run() -> Iterator[dict[str, object]]:
    """Measure in the environment of the peers, and write the report."""
    data = os.environ.get("DESKWARDEN_BENCH_DATA")
    command = [_python(), "-m", "benchmarks.detection.measure", *([data] if data else [])]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    rows = []
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout
        for line in process.stdout:
            rows.append(json.loads(line))
            yield rows[-1]
    if process.returncode:
        raise SystemExit(process.returncode)
    report.write(rows, ROOT / "docs")


def _python() -> str:
    """The interpreter of the peers' environment, built when it is not there or has changed."""
    stamp, python = PEERS / "installed.txt", PEERS / "bin" / "python"
    wanted = WANTED.read_text("utf-8")
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        print("Installing other tools into .venv-peers ...", file=sys.stderr)
        venv.create(PEERS, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", WANTED], check=True)
        stamp.write_text(wanted, "utf-8")
    return str(python)
