"""docs/benchmark.md and its plots, written from the rows of one run."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
_NOT_TOOLS = {"table", "family", "name", "n", "found", "removed"}
_BAR, _LEFT, _WIDTH = 22, 170, 460

_INTRO = """# Benchmark: detection

Written by `make bench ARGS=detection`; do not edit. Every tool reads the same texts in the same
run ({python}, {machine}). The other tools run as they ship, untuned; their authors chose their
trade-offs for other purposes. The texts are made by `benchmarks/detection`: {styles} ways to write
a number in {schemes} schemes, and {lookalikes} families of numbers that are no cards. We made the
texts and the product, so read our column as "what it is built to do". *found* is what is removed
or reported, *removed* is what the default policy takes out.
"""
_SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"
 font-family="sans-serif" font-size="13" role="img" aria-label="{title}">
<rect width="100%" height="100%" fill="#fff"/><text x="8" y="17">{title}</text>
{bars}</svg>
"""
_SVG_BAR = """<text x="{at}" y="{base}" text-anchor="end">{name}</text>
<rect x="{left}" y="{top}" width="{width}" height="16" fill="{fill}"/>
<text x="{end}" y="{base}">{share}</text>
"""


def write(rows: Sequence[Row], folder: Path) -> None:
    """Write the page and the plots into `folder`."""
    recall = [row for row in rows if row["table"] == "recall"]
    false = [row for row in rows if row["table"] == "false"]
    total = next(row for row in recall if row["family"] == "all")
    wrong = next(row for row in false if row["name"] == "all")
    tools = [name for name in total if name not in _NOT_TOOLS]
    images = folder / "images"
    images.mkdir(exist_ok=True)
    _plot(images / "benchmark-recall.svg", "Cards found, percent of all styles", total, tools)
    _plot(images / "benchmark-false.svg", "Look-alike texts with a hit, percent", wrong, tools)
    styles = [row for row in recall if row["family"] not in ("all", "scheme")]
    parts = [
        _INTRO.format(
            python=f"Python {platform.python_version()}",
            machine=platform.machine(),
            styles=len(styles),
            schemes=sum(row["family"] == "scheme" for row in recall),
            lookalikes=len(false) - 1,
        ),
        "![Cards found](images/benchmark-recall.svg)\n",
        "![Look-alikes hit](images/benchmark-false.svg)\n",
        "## Cards found, percent, by style\n",
        _shares([*styles, total], tools, ("family", "name")),
        "## Cards found, percent, by scheme\n",
        _shares([row for row in recall if row["family"] == "scheme"], tools, ("name",)),
        "## Look-alike texts with a hit, percent\n",
        _shares(sorted(false, key=lambda row: row["name"] == "all"), tools, ("name",)),
        *_others(rows),
    ]
    (folder / "benchmark.md").write_text("\n".join(parts), "utf-8")


def _others(rows: Sequence[Row]) -> Iterable[str]:
    by_table: dict[str, list[Row]] = {}
    for row in rows:
        by_table.setdefault(row["table"], []).append(row)
    for row in by_table["bounds"]:
        yield f"Of the numbers found, {row['exact']} % have exactly the bounds that were written.\n"
    if "labelled" in by_table:
        yield "## Texts that others labelled: cards found / false hits\n"
        yield _labelled(by_table["labelled"])
    for row in by_table.get("mail", ()):
        yield "## Real mail (SpamAssassin public corpus), hits; none is known to be a card\n"
        yield _table([{k: v for k, v in row.items() if k != "table"}])
    yield "## Speed\n"
    yield "One core; the ratio counts, times vary with the machine. *wanted* is our own limit.\n"
    yield _table([{k: v for k, v in r.items() if k != "table"} for r in by_table["speed"]])
    yield "Four times the text should take about four times as long:\n"
    yield _table([{k: v for k, v in r.items() if k != "table"} for r in by_table["linear"]])
    yield f"Importing the facade takes {by_table['import'][0]['ms']} ms.\n"


def _shares(rows: Iterable[Row], tools: Sequence[str], heads: Sequence[str]) -> str:
    return _table(
        [
            {head: row[head] for head in heads}
            | {"found": row["found"], "removed": row["removed"]}
            | {tool: row[tool] for tool in tools}
            for row in rows
        ]
    )


def _labelled(rows: Sequence[Row]) -> str:
    tools = [key.removesuffix(" hit") for key in rows[0] if key.endswith(" hit")]
    return _table(
        [
            {"origin": row["origin"], "cards": row["cards"]}
            | {tool: f"{row[f'{tool} hit']} / {row[f'{tool} false']}" for tool in tools}
            for row in rows
        ]
    )


def _table(rows: Sequence[Row]) -> str:
    heads = list(rows[0])
    lines = [heads, ["---"] * len(heads), *([row[head] for head in heads] for row in rows)]
    return "".join(f"| {' | '.join(str(cell) for cell in line)} |\n" for line in lines)


def _plot(path: Path, title: str, row: Row, tools: Sequence[str]) -> None:
    """One bar for each tool; ours twice: found, and removed."""
    bars = {"deskwarden, found": row["found"], "deskwarden, removed": row["removed"]}
    bars |= {tool: row[tool] for tool in tools}
    most = max(*bars.values(), 1)
    drawn = "".join(
        _SVG_BAR.format(
            at=_LEFT - 8,
            left=_LEFT,
            end=_LEFT + 6 + round(share / most * _WIDTH),
            top=at * _BAR + 6,
            base=at * _BAR + 19,
            width=round(share / most * _WIDTH),
            name=escape(name),
            fill="#1f6f5c" if name.startswith("deskwarden") else "#9aa5b1",
            share=share,
        )
        for at, (name, share) in enumerate(bars.items(), 1)
    )
    size = {"width": _LEFT + _WIDTH + 60, "height": (len(bars) + 2) * _BAR}
    path.write_text(_SVG.format(title=escape(title), bars=drawn, **size), "utf-8")
