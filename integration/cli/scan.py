"""`scan`: the detection core on files, folders and lines of texts, without a helpdesk."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from integration.cli.lines import text_rows
from integration.cli.output import emit, reasons, results, words
from integration.cli.texts import FileText, Unread, read_file, read_stream
from integration.core.detection import find
from integration.core.spans import Kind, Span

FOUND = 1
LINE = '{"id": "1", "text": "…"}'
STDIN = Path("-")
LINK = Unread("unreadable", "link")
"""Not followed within a folder: what it leads to may be anywhere, or be read already."""


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, allow_dash=True, path_type=Path))
@click.option("--jsonl", type=click.File("rb"), help=f"Texts, a line each: {LINE}; - for stdin.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per file.")
def scan(paths: tuple[Path, ...], jsonl: BinaryIO | None, *, as_json: bool) -> None:
    """Look for card data in files, folders or what is piped in.

    Ends with 0 when nothing was found, 1 when something was or a file could not be read, 2 on
    wrong use, 74 when the output could not be written.
    """
    if bool(paths) == (jsonl is not None):
        raise click.UsageError("name files or folders (- for stdin), or give --jsonl FILE")
    if jsonl is not None:
        sys.exit(FOUND if _scan_lines(jsonl) else 0)
    all_clean = True
    with _progress() as bar:
        for report in _reports(paths, bar):
            all_clean = all_clean and report["status"] == "clean"
            _say(bar, report, as_json=as_json)
    sys.exit(0 if all_clean else FOUND)


def _scan_lines(lines: Iterable[bytes]) -> bool:
    """Whether anything was found. A line is read, answered and forgotten before the next."""
    found = False
    for row in text_rows(lines):
        spans = find(row["text"], row["media_type"])
        found = found or bool(spans)
        told = [_offsets(one) for span in spans for one in _told(span)]
        click.echo(json.dumps({"id": row["id"], "spans": told}))
    return found


def _told(span: Span) -> Iterator[Span]:
    """The span; of an encoded part, which goes as a whole, one for every kind that it holds."""
    if not span.inner:
        yield span
        return
    first = {inner.kind: inner for part in span.inner for inner in _told(part)}
    for inner in first.values():
        yield inner._replace(start=span.start, end=span.end, segments=())


def _offsets(span: Span) -> dict[str, Any]:
    """A span by its place in the text."""
    row: dict[str, Any] = {"start": span.start, "end": span.end}
    if len(span.segments) > 1:
        row["segments"] = [list(piece) for piece in span.segments]
    return row | _what(span)


def _what(span: Span) -> dict[str, Any]:
    brand = {"brand": span.brand} if span.brand else {}
    return {
        "kind": span.kind.value,
        **brand,
        "confidence": round(span.confidence, 3),
        "action": span.action.value,
        "why": list(span.why),
    }


Listed = tuple[Path, Unread | None]
"""A file, and why it is not to be read."""


def _progress() -> Progress:
    """A bar on stderr while there is someone to see it; it leaves nothing behind."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=16),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    return Progress(
        *columns,
        console=words,
        disable=not words.is_terminal,
        transient=True,
        redirect_stdout=False,  # what is written there is for whoever reads the pipe
    )


def _reports(paths: Iterable[Path], bar: Progress) -> Iterator[dict[str, Any]]:
    task = bar.add_task("Listing files", total=None)
    files = list(_files(paths))
    bar.update(task, description="Reading files", total=len(files))
    for path, unread in files:
        yield _report(path, unread or _content(path))
        bar.advance(task)


def _content(path: Path) -> FileText | Unread:
    return read_stream(sys.stdin.buffer) if path == STDIN else read_file(path)


def _say(bar: Progress, report: dict[str, Any], *, as_json: bool) -> None:
    """A line on stdout. On a terminal the bar makes room for it."""
    if results.is_terminal:
        bar.stop()
    if as_json:
        emit(report)
    else:
        click.echo(_in_words(report))
    if results.is_terminal:
        bar.start()


def _files(paths: Iterable[Path]) -> Iterator[Listed]:
    """The files named and those in the folders named, in order."""
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path)
        else:
            yield path, None


def _in_folder(folder: Path) -> Iterator[Listed]:
    """What is in it and below. What is not looked at is told: links, folders without access."""
    unlisted: list[Path] = []
    walk = os.walk(folder, onerror=lambda error: unlisted.append(Path(error.filename)))
    for place, folders, files in walk:
        folders.sort()
        linked = [name for name in folders if Path(place, name).is_symlink()]
        for path in (Path(place, name) for name in sorted([*files, *linked])):
            yield path, LINK if path.is_symlink() else None
    yield from ((path, Unread("unreadable", "no_access")) for path in unlisted)


def _report(path: Path, content: FileText | Unread) -> dict[str, Any]:
    start = time.perf_counter()
    report: dict[str, Any] = {"file": os.fspath(path)}
    if isinstance(content, Unread):
        report |= {"status": content.status, "reason": content.reason, "spans": []}
    else:
        spans = [_in_file(content.text, s) for s in find(content.text, content.media_type)]
        report |= {"status": "found" if spans else "clean", "spans": spans}
    return report | {"seconds": round(time.perf_counter() - start, 4)}


def _in_file(text: str, span: Span) -> dict[str, Any]:
    """A span by its line; the last four digits of a number are for the eyes at a terminal only."""
    row = _what(span) | {"place": f"line {text.count(chr(10), 0, span.start) + 1}"}
    if span.kind is Kind.PAN and span.last4 and sys.stdout.isatty():
        row["last4"] = span.last4
    return row


def _in_words(report: dict[str, Any]) -> str:
    """A line for the file, and one below it for each thing that was found in it."""
    head = f"{report['status']:<10} {click.format_filename(report['file'])}"
    if reason := report.get("reason"):
        head += f"  {reason.replace('_', ' ')}"
    return "\n".join([head, *map(_span_in_words, report["spans"])])


def _span_in_words(span: dict[str, Any]) -> str:
    named = (span["kind"], span.get("brand", ""), span.get("last4", ""), span["place"])
    return f"           {' '.join(filter(None, named))}: {span['action']} ({reasons(span['why'])})"
