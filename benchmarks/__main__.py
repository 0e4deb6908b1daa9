"""`python -m benchmarks [NAME ...]`: run them all, or those named; JSON lines on stdout."""

from __future__ import annotations

import importlib
import json
import sys

NAMES = ("detection", "ingest", "process_due", "calls", "exposure")


def main(names: list[str]) -> int:
    """Run and print; 2 for a name that is none."""
    unknown = sorted(set(names) - set(NAMES))
    if unknown:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    for name in names or NAMES:
        for row in importlib.import_module(f"benchmarks.{name}").run():
            print(json.dumps(row), flush=True)
    return 0


sys.exit(main(sys.argv[1:]))
