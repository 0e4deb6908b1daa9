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

from integration.cli.output import emit
from integration.cli.texts import PLAIN, FileText, Unread, read_file
from integration.core.detection import find
from integration.core.errors import ConfigError
from integration.core.spans import Kind, Span

FOUND = 1
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LINK = Unread("unreadable", "link")
"""Not followed within a folder: what it leads to may be anywhere, or be read already."""


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--jsonl", type=click.File("rb"), help="Texts, one JSON a line; - for stdin.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per file.")
def scan(paths: tuple[Path, ...], jsonl: BinaryIO | None, *, as_json: bool) -> None:
    """Look for card data in files and folders, or in JSON lines of texts.

    Ends with 0 when nothing was found, 1 when something was or a file could not be read, 2 on
    wrong use.
    """
    if bool(paths) == (jsonl is not None):
        raise click.UsageError("name files or folders, or give --jsonl FILE (- for stdin)")
    if jsonl is not None:
        sys.exit(FOUND if _scan_lines(jsonl) else 0)
    all_clean = True
    for file, content in _files(paths):
        report = _report(file, content)
        all_clean = all_clean and report["status"] == "clean"
        if as_json:
            emit(report)
        else:
            click.echo(_in_words(report))
    sys.exit(0 if all_clean else FOUND)


def _scan_lines(lines: Iterable[bytes]) -> bool:
    """Whether anything was found. A line is read, answered and forgotten before the next."""
    found = False
    for number, line in enumerate(lines, start=1):
        given = line.removeprefix(BYTE_ORDER_MARK).strip()
        if not given:
            continue
        row = _row(given, number)
        spans = find(row["text"], row.get("media_type") or PLAIN)
        found = found or bool(spans)
        click.echo(json.dumps({"id": row["id"], "spans": [_offsets(s) for s in spans]}))
    return found


def _row(line: bytes, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        row = None
    if not _is_row(row):
        # The line may hold card data: it is named by its number only.
        form = '{"id", "text", "media_type"?}'
        raise ConfigError([f"line {number} is not of the form {form}"])
    return dict(row)


def _is_row(row: Any) -> bool:  # noqa: ANN401  whatever stood there
    return (
        isinstance(row, dict)
        and "id" in row
        and isinstance(row.get("text"), str)
        and isinstance(row.get("media_type"), str | None)
    )


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


Found = tuple[Path, FileText | Unread]


def _files(paths: Iterable[Path]) -> Iterator[Found]:
    """The files named and those in the folders named, in order, each with its text."""
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path)
        else:
            yield path, read_file(path)


def _in_folder(folder: Path) -> Iterator[Found]:
    """What is in it and below. What was not looked at is told: links, folders without access."""
    unlisted: list[Path] = []
    walk = os.walk(folder, onerror=lambda error: unlisted.append(Path(error.filename)))
    for place, folders, files in walk:
        folders.sort()
        linked = [name for name in folders if Path(place, name).is_symlink()]
        for path in (Path(place, name) for name in sorted([*files, *linked])):
            yield path, LINK if path.is_symlink() else read_file(path)
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
    spans = (" ".join(filter(None, _words(span))) for span in report["spans"])
    what = ", ".join(spans) or report.get("reason", "")
    return f"{report['status']:<10} {click.format_filename(report['file'])}  {what}".rstrip()


def _words(span: dict[str, Any]) -> tuple[str, ...]:
    return span["kind"], span.get("brand", ""), span.get("last4", ""), span["place"]
