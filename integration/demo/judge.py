"""Counting the demo against the planted truth: by what is stored, not by what we say of it."""

from __future__ import annotations

import html
import re
import subprocess
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from integration.demo.scenario import Beside, Card, Pieces
from integration.demo.sqlite_pages import without_offsets

GAP = r"(?:\D{0,16})"
"""What may stand between two digits of a card in stored text: separators, tags."""
TAG = re.compile("<[^>]*>")
MASK = r"\[[^][]*\]"
HOLE = "\0"
"""Stands for what was planted."""
NEAR = 12
"""Characters on one side by which a code or a date is known."""
RAW_GAP = rb"(?:\\u[0-9a-f]{4}|\D){0,16}?"
"""The same in the bytes of a file, where JSON may have escaped it."""
WAL_INDEX = "-shm"
"""Ends the name of SQLite's index of its log, which holds numbers of pages and nothing of their
content (sqlite.org/walformat.html): pages 48 to 57, written in turn, read as digits in it."""


def pattern(planted: Card | Beside) -> re.Pattern[str]:
    """Matches a number however it is written; a code or a date with what stood beside it."""
    if isinstance(planted, Card):
        return re.compile(GAP.join(planted.digits))
    before, after = _as_shown(f"{planted.before}{HOLE}{planted.after}").split(HOLE)
    word = rf"(?<!\w){re.escape(planted.written)}(?!\w)"
    # On one side is enough: what was removed on the other hides nothing.
    return re.compile(f"{re.escape(before[-NEAR:])}{word}|{word}{re.escape(after[:NEAR])}")


def places_with(planted: Card | Beside, stored: Iterable[tuple[str, str]]) -> list[str]:
    """The places of the helpdesk in which this can still be read.

    For a code or a date, give the places of its ticket.
    """
    wanted = pattern(planted)
    return [
        place for place, text in stored if wanted.search(text) or wanted.search(_as_shown(text))
    ]


def stands(pieces: Pieces, text: str) -> bool:
    """Whether a text holds all that was written but what was planted: that may be masked."""
    kept = _as_shown(HOLE.join(pieces[::2])).split(HOLE)
    wanted = re.escape(kept[0])
    for planted, literal in zip(pieces[1::2], kept[1:], strict=True):
        wanted += f"(?:{MASK}|{re.escape(_as_shown(planted))}){re.escape(literal)}"
    return re.search(wanted, _as_shown(text)) is not None


def _as_shown(text: str) -> str:
    """What a page shows of it when it is HTML, on one line."""
    return " ".join(html.unescape(TAG.sub("", text)).split())


def leaks(folder: Path, cards: Iterable[Card]) -> list[str]:
    """Our own files (database, Valkey's data, logs, temporary files) that hold a planted number.

    Numbers only: the three digits of a code stand in any database, in times, ids and counts.
    """
    needles = [re.compile(RAW_GAP.join(bytes([d]) for d in c.digits.encode())) for c in cards]
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if path.name.endswith(WAL_INDEX):
            continue
        try:
            raw = path.read_bytes()
        except FileNotFoundError:  # a journal or a temporary file that has had its time
            continue
        streams = (without_offsets(raw), *_inflated(raw))
        if any(needle.search(data) for needle in needles for data in streams):
            found.append(path.name)
    return found


def leaks_seen_from_outside(folder: Path, cards: Sequence[Card]) -> list[str]:
    """The same, read by another process.

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
    return done.stdout.splitlines()


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
