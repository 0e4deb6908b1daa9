"""What each tool finds in the same texts: cards in every style and scheme, and look-alikes."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.detection.peers import Range, Tool
from benchmarks.detection.texts import Sample, cards, lookalikes
from integration.core.detection import find
from integration.core.spans import Action, Kind, Span

SEED = 20261125
CARD_KINDS = (Kind.PAN, Kind.TRACK)
LABELS = {"PAN", "CREDIT_CARD"}
Row = dict[str, object]


def spans(text: str, media_type: str = "text/plain") -> list[Span]:
    """Our card numbers and tracks in a text."""
    return [span for span in find(text, media_type) if span.kind in CARD_KINDS]


def _covers(ranges: Iterable[Range], wanted: Range) -> bool:
    return any(start <= wanted[0] and wanted[1] <= end for start, end in ranges)


def _ours(sample: Sample) -> tuple[list[Range], list[Range]]:
    found = spans(sample.text, sample.media_type)
    removed = [span for span in found if span.action is Action.REDACT]
    return [(s.start, s.end) for s in found], [(s.start, s.end) for s in removed]


def styles(tools: dict[str, Tool], each: int) -> Iterator[Row]:
    """Recall in percent for every style, over all schemes; then for every scheme."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    exact: Counter[str] = Counter()
    for sample in cards(SEED, each):
        assert sample.span
        found, removed = _ours(sample)
        hits = {name: tool(sample.text) for name, tool in tools.items()}
        results = {name: _covers(ranges, sample.span) for name, ranges in hits.items()}
        results |= {"found": _covers(found, sample.span), "removed": _covers(removed, sample.span)}
        exact["exact"] += sample.span in found
        exact["found"] += results["found"]
        for key in ((sample.family, sample.name), ("scheme", sample.scheme), ("all", "all")):
            count = counts.setdefault(key, Counter())
            count["n"] += 1
            count.update(name for name, hit in results.items() if hit)
    for (family, name), count in counts.items():
        shares = {tool: _percent(count[tool], count["n"]) for tool in ("found", "removed", *tools)}
        yield {"table": "recall", "family": family, "name": name, "n": count["n"], **shares}
    yield {"table": "bounds", "exact": _percent(exact["exact"], exact["found"])}


def false_hits(tools: dict[str, Tool], each: int) -> Iterator[Row]:
    """Share of look-alike texts with a hit, in percent; ours: reported or removed, and removed."""
    counts: dict[str, Counter[str]] = {}
    for sample in lookalikes(SEED, each):
        found, removed = _ours(sample)
        hits = {name: bool(tool(sample.text)) for name, tool in tools.items()}
        hits |= {"found": bool(found), "removed": bool(removed)}
        for key in (sample.name, "all"):
            count = counts.setdefault(key, Counter())
            count["n"] += 1
            count.update(name for name, hit in hits.items() if hit)
    for name, count in counts.items():
        shares = {tool: _percent(count[tool], count["n"]) for tool in ("found", "removed", *tools)}
        yield {"table": "false", "name": name, "n": count["n"], **shares}


def labelled(tools: dict[str, Tool], path: Path) -> Iterator[Row]:
    """Hits, false hits and misses on texts that others labelled, by origin."""
    counts: dict[str, Counter[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        truth = [(s["start"], s["end"]) for s in row["spans"] if s["kind"] in LABELS]
        hits = {"deskwarden": [(s.start, s.end) for s in spans(row["text"])]}
        hits |= {name: tool(row["text"]) for name, tool in tools.items()}
        count = counts.setdefault(row["origin"].split(" (")[0].split(":")[0], Counter())
        count["cards"] += len(truth)
        for name, ranges in hits.items():
            count[f"{name} hit"] += sum(_touches(ranges, each) for each in truth)
            count[f"{name} false"] += sum(not _touches(truth, each) for each in ranges)
    for origin, count in counts.items():
        if count["cards"] or any(count[f"{name} false"] for name in ("deskwarden", *tools)):
            yield {"table": "labelled", "origin": origin, **count}


def _touches(ranges: Iterable[Range], wanted: Range) -> bool:
    return any(start < wanted[1] and wanted[0] < end for start, end in ranges)


def mails(path: Path) -> list[str]:
    """Return the texts of a file of mails."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def mail(tools: dict[str, Tool], texts: list[str]) -> Iterator[Row]:
    """Hits in real mail, where nothing is known to be a card."""
    found = [span for text in texts for span in spans(text)]
    hits = {
        "deskwarden, removed": sum(span.action is Action.REDACT for span in found),
        "deskwarden, reported": sum(span.action is Action.REPORT for span in found),
    }
    hits |= {name: sum(len(tool(text)) for text in texts) for name, tool in tools.items()}
    yield {"table": "mail", "mails": len(texts), **hits}


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0
