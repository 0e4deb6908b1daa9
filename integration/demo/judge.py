"""Counting the demo against the planted truth: by what is stored, not by what we say of it."""

from __future__ import annotations

import html
import re
import subprocess
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from integration.demo.scenario import Card

GAP = r"(?:\D{0,16})"
"""What may stand between two digits of a card in stored text: separators, tags."""
TAG = re.compile("<[^>]*>")
RAW_GAP = rb"(?:\\u[0-9a-f]{4}|\D){0,16}?"
"""The same in the bytes of a file, where JSON may have escaped it."""


def pattern(card: Card) -> re.Pattern[str]:
    """Matches the number however it is written."""
    return re.compile(GAP.join(card.digits))


def places_with(card: Card, stored: Iterable[tuple[str, str]]) -> list[str]:
    """The places of the helpdesk in which this number can still be read."""
    wanted = pattern(card)
    return [
        place for place, text in stored if wanted.search(text) or wanted.search(_as_shown(text))
    ]


def _as_shown(text: str) -> str:
    """What a page shows of it, when it is HTML."""
    return html.unescape(TAG.sub("", text))


def leaks(folder: Path, cards: Iterable[Card]) -> list[str]:
    """Our own files (database, Valkey's data, logs, temporary files) that hold a planted number."""
    needles = [re.compile(RAW_GAP.join(bytes([d]) for d in c.digits.encode())) for c in cards]
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        try:
            raw = path.read_bytes()
        except FileNotFoundError:  # a journal or a temporary file that has had its time
            continue
        streams = (raw, *_inflated(raw))
        if any(needle.search(data) for needle in needles for data in streams):
            found.append(path.name)
    return found


def leaks_seen_from_outside(folder: Path, cards: Sequence[Card]) -> int:
    """How many of our files hold a planted number, counted by another process.

    A process that has the database open must not open its file a second time: closing that would
    drop SQLite's locks.
    """
    done = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-m", "integration.demo.judge", str(folder)],
        input="\n".join(card.digits for card in cards),
        capture_output=True,
        text=True,
        check=True,
    )
    return len(done.stdout.splitlines())


def main(folder: Path, numbers: Iterable[str]) -> None:
    """Print the names of the files in which one of the numbers on stdin stands."""
    for name in leaks(folder, [Card(number.strip()) for number in numbers]):
        sys.stdout.write(f"{name}\n")


def _inflated(raw: bytes) -> Iterator[bytes]:
    """Whatever in a file is compressed as RQ compresses its jobs."""
    for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", raw):
        try:
            yield zlib.decompressobj().decompress(raw[match.start() :], 1_000_000)
        except zlib.error:
            continue


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.stdin)
