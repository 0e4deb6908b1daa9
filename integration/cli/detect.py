"""`scan` and `redact` on texts and files: the detection core, without a helpdesk."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import click

from integration.core.detection import find, mask
from integration.core.spans import Kind, Span

MEDIA_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".eml": "message/rfc822",
    ".txt": "text/plain",
    ".csv": "text/plain",
    ".json": "text/plain",
    ".log": "text/plain",
    ".md": "text/plain",
    ".xml": "text/html",
    "": "text/plain",
}
SIZE_LIMIT = 32 * 1024 * 1024
"""Bytes of one file; a larger one is `over_limit`, never taken for clean."""
FOUND = 1
WRONG_USE = 2


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--jsonl", type=click.File("r", encoding="utf-8"), help="Texts, one JSON a line.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line per file.")
def scan(paths: tuple[Path, ...], jsonl: TextIO | None, *, as_json: bool) -> None:
    """Look for card data in files and folders, or in JSON lines of texts.

    Ends with 0 when nothing was found, 1 when something was, 2 on wrong use.
    """
    if jsonl is not None:
        sys.exit(FOUND if _scan_lines(jsonl) else 0)
    if not paths:
        raise click.UsageError("name files or folders, or give --jsonl FILE (- for stdin)")
    reports = [_show(_scan_file(file), as_json=as_json) for file in _files(paths)]
    sys.exit(FOUND if any(r["status"] != "clean" for r in reports) else 0)


def _scan_lines(lines: TextIO) -> bool:
    found = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        row = _text_of(line, number)
        spans = find(row["text"], row.get("media_type") or "text/plain")
        found = found or bool(spans)
        click.echo(json.dumps({"id": row["id"], "spans": [_span_json(s) for s in spans]}))
    return found


def _text_of(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("text"), str):
        # The line may hold card data: it is named by its number only.
        click.echo(f'line {number}: not of the form {{"id", "text", "media_type"?}}', err=True)
        sys.exit(WRONG_USE)
    return row


def _span_json(span: Span) -> dict[str, Any]:
    row: dict[str, Any] = {"start": span.start, "end": span.end, "kind": span.kind.value}
    if len(span.segments) > 1:
        row["segments"] = [list(piece) for piece in span.segments]
    if span.brand:
        row["brand"] = span.brand
    return row | {
        "confidence": round(span.confidence, 3),
        "action": span.action.value,
        "why": list(span.why),
    }


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and not p.is_symlink())
        else:
            yield path


def _scan_file(path: Path) -> dict[str, Any]:
    start = time.perf_counter()
    report: dict[str, Any] = {"file": str(path), "status": "clean", "spans": []}
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    text = _read(path, report) if media_type else None
    if media_type is None:
        report |= {"status": "unreadable", "reason": "file_type"}
    elif text is not None:
        spans = find(text, media_type)
        report["spans"] = [_place(text, s) for s in spans]
        report["status"] = "found" if spans else "clean"
    return report | {"seconds": round(time.perf_counter() - start, 4)}


def _read(path: Path, report: dict[str, Any]) -> str | None:
    try:
        if path.stat().st_size > SIZE_LIMIT:
            report |= {"status": "over_limit", "reason": "size"}
            return None
        raw = path.read_bytes()
    except OSError as error:
        report |= {"status": "unreadable", "reason": type(error).__name__}
        return None
    if b"\0" in raw[:4096]:
        report |= {"status": "unreadable", "reason": "binary"}
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _place(text: str, span: Span) -> dict[str, Any]:
    line = text.count("\n", 0, span.start) + 1
    row: dict[str, Any] = {"kind": span.kind.value, "place": f"line {line}"}
    if span.brand:
        row["brand"] = span.brand
    if span.kind is Kind.PAN and span.last4 and sys.stdout.isatty():
        row["last4"] = span.last4
    return row | {
        "confidence": round(span.confidence, 3),
        "action": span.action.value,
        "why": list(span.why),
    }


def _show(report: dict[str, Any], *, as_json: bool) -> dict[str, Any]:
    if as_json:
        click.echo(json.dumps(report))
        return report
    what = ", ".join(f"{s['kind']} {s.get('brand', '')} {s['place']}" for s in report["spans"])
    click.echo(f"{report['status']:<10} {report['file']}  {what or report.get('reason', '')}")
    return report


def redact_text(source: TextIO, output: Path | None, locale: str, media_type: str | None) -> None:
    """Write the text again with every certain find masked; the source is left as it is."""
    name = Path(getattr(source, "name", ""))
    declared = media_type or MEDIA_TYPES.get(name.suffix.lower(), "text/plain")
    text = source.read()
    spans = [s for s in find(text, declared) if s.action.value == "redact"]
    masked = mask(text, spans, media_type=declared, locale=locale)
    if output is None:
        click.echo(masked, nl=False)
    else:
        output.write_text(masked, encoding="utf-8")
    click.echo(f"{len(spans)} removed", err=True)
