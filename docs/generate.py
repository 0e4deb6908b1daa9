"""`python -m docs.generate` writes the generated tables; with `--check` it names stale documents.

A table stands between `<!-- generated: NAME -->` and `<!-- end -->`; `docs.tables` has the names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from docs.tables import TABLES
from integration.core.errors import DeskwardenError

ROOT = Path(__file__).parent.parent
FOLDERS = (".", "docs", "connectors/*")
"""Where documents stand, from the root."""

_BEGIN = "<!-- generated:"
_BLOCK = re.compile(
    r"(<!-- generated: (?P<name>\S+) -->\n)(?:(?!<!-- generated:).)*?(<!-- end -->)", re.S
)


class BrokenMarker(DeskwardenError):
    """A marker of a document names no table, or has no end."""

    reason = "broken_marker"


def documents(root: Path = ROOT) -> Iterator[Path]:
    """Every Markdown file of the project, in a fixed order."""
    for folder in FOLDERS:
        yield from sorted(root.glob(f"{folder}/*.md"))


def filled(text: str, where: str) -> str:
    """The text with every generated table written anew. Raises BrokenMarker."""
    blocks = list(_BLOCK.finditer(text))
    if len(blocks) != text.count(_BEGIN):
        problem = f"{where}: a generated table has no name or no end"
        raise BrokenMarker(problem, hint="<!-- generated: NAME --> above it, <!-- end --> below it")
    if unknown := sorted({block["name"] for block in blocks} - TABLES.keys()):
        problem = f"{where}: no table is called {', '.join(unknown)}"
        raise BrokenMarker(problem, hint=f"known: {', '.join(TABLES)}")
    return _BLOCK.sub(lambda block: f"{block[1]}{TABLES[block['name']]()}\n{block[3]}", text)


def stale(root: Path = ROOT) -> Iterator[tuple[Path, str]]:
    """Each document whose tables are not those of the code, and what it should hold."""
    for path in documents(root):
        text = path.read_text(encoding="utf-8")
        fresh = filled(text, str(path.relative_to(root)))
        if fresh != text:
            yield path, fresh


@click.command()
@click.option(
    "--check", is_flag=True, help="Write nothing; end with 1 and name the stale documents."
)
def main(*, check: bool) -> None:
    """Write the generated tables of the documents."""
    try:
        found = list(stale())
    except BrokenMarker as error:
        problem = f"{error} ({error.hint})"
        raise click.ClickException(problem) from None
    for path, fresh in found:
        if not check:
            path.write_text(fresh, encoding="utf-8")
        verb = "stale, run `make docs`" if check else "written"
        click.echo(f"{path.relative_to(ROOT)}: {verb}")
    if check and found:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
