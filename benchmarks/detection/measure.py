"""`python -m benchmarks.detection.measure [FOLDER]`: everything, as JSON lines on stdout.

FOLDER may hold `public_labelled.jsonl` and `real_mail.jsonl.gz`; without it those are left out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.detection import accuracy, speed
from benchmarks.detection.peers import installed

EACH_STYLE = 3
EACH_LOOKALIKE = 400


def rows(folder: Path | None) -> Iterator[accuracy.Row]:
    """Every row of every table."""
    tools = installed()
    yield from accuracy.styles(tools, EACH_STYLE)
    yield from accuracy.false_hits(tools, EACH_LOOKALIKE)
    if folder and (path := folder / "public_labelled.jsonl").exists():
        yield from accuracy.labelled(tools, path)
    if folder and (path := folder / "real_mail.jsonl.gz").exists():
        yield from accuracy.mail(tools, mails := accuracy.mails(path))
        yield from speed.real(tools, mails)
    yield from speed.run(tools)


if __name__ == "__main__":
    for row in rows(Path(sys.argv[1]) if len(sys.argv) > 1 else None):
        print(json.dumps(row), flush=True)
