"""Pieces of Markdown that the generated tables are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(_cell(value) for value in line)} |" for line in lines)


def code(*words: str) -> str:
    """Words as they stand in code; empty ones are left out."""
    return ", ".join(f"`{word}`" for word in words if word)


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")
