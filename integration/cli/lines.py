"""Texts as JSON lines: what `scan --jsonl` and `eval --jsonl` read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from integration.cli.texts import PLAIN
from integration.core.errors import ConfigError

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
FORM = '{"id", "text", "media_type"?}'
LABELLED_FORM = '{"id", "text", "media_type"?, "spans": [{"start", "end", "kind"}]}'


def text_rows(lines: Iterable[bytes], *, labelled: bool = False) -> Iterator[dict[str, Any]]:
    """Each line as it comes, with its media type; `labelled`: each has its spans.

    Raises ConfigError for a line of another form, by its number only: it may hold card data.
    """
    for number, line in enumerate(lines, start=1):
        given = line.removeprefix(BYTE_ORDER_MARK).strip()
        if given:
            yield _row(given, number, labelled=labelled)


def _row(line: bytes, number: int, *, labelled: bool) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        row = None
    if not (_is_row(row) and (not labelled or _is_labelled(row))):
        form = LABELLED_FORM if labelled else FORM
        raise ConfigError([f"line {number} is not of the form {form}"])
    return {**row, "media_type": row.get("media_type") or PLAIN}


def _is_row(row: Any) -> bool:  # noqa: ANN401  whatever stood there
    return (
        isinstance(row, dict)
        and "id" in row
        and isinstance(row.get("text"), str)
        and isinstance(row.get("media_type"), str | None)
    )


def _is_labelled(row: dict[str, Any]) -> bool:
    spans = row.get("spans")
    return isinstance(spans, list) and all(
        isinstance(span, dict)
        and isinstance(span.get("kind"), str)
        and all(type(span.get(end)) is int for end in ("start", "end"))
        for span in spans
    )
