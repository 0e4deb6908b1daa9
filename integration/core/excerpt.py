"""A find with a little text around it and every digit hidden: for the eyes of one person. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from integration.core.spans import Span
from integration.core.surfaces import Text
from integration.core.text import BARRIER, Decoded

WIDTH: Final = 60
"""Characters on each side."""
HIDDEN: Final = "•"

_LONG = re.compile(r"(?:\d[ \t\xa0./_-]{0,2}){11,40}\d")
"""So many digits may be a card number."""
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What stands before a find, the find itself and what stands behind it; no digit in any."""

    before: str = field(repr=False)
    found: str = field(repr=False)
    after: str = field(repr=False)


def of_spans(content: Text, spans: Sequence[Span]) -> list[Excerpt]:
    """An excerpt for each span, in order. What the others hold is hidden in it as well."""
    decoded = content.decoded
    ranges = [_shown(decoded, span.pieces) for span in spans]
    safe = _hidden(decoded.text, [one for one in ranges if one])
    return [_around(safe, one) if one else Excerpt("", HIDDEN, "") for one in ranges]


def long_numbers(content: Text) -> list[tuple[Range, Excerpt]]:
    """Where enough digits for a card number stand together: its place as shown, and an excerpt."""
    shown = content.decoded.text.partition(BARRIER)[0]
    safe = _hidden(shown, [])
    return [(match.span(), _around(safe, match.span())) for match in _LONG.finditer(shown)]


def _shown(decoded: Decoded, pieces: Iterable[Range]) -> Range | None:
    """Where pieces of the raw text stand in the decoded one; None where nothing of them does."""
    inside = [
        (part.at + shift, part.at + min(part.size, shift + max(end - max(start, part.start), 1)))
        for start, end in pieces
        for part in decoded.pieces
        if part.start < end and start < part.end
        for shift in [_shift(part.size, part.start, part.end, start)]
    ]
    return (min(a for a, _ in inside), max(b for _, b in inside)) if inside else None


def _shift(size: int, start: int, end: int, at: int) -> int:
    """How far into a part its raw offset `at` lies; what stands for several characters is whole."""
    return max(at - start, 0) if size == end - start else 0


def _hidden(text: str, ranges: Iterable[Range]) -> str:
    letters = [HIDDEN if c.isdigit() else c if c.isprintable() else " " for c in text]
    for start, end in ranges:
        letters[start:end] = [HIDDEN if c.isalnum() else c for c in letters[start:end]]
    return "".join(letters)


def _around(safe: str, found: Range) -> Excerpt:
    start, end = found
    return Excerpt(
        before=" ".join(safe[max(start - WIDTH, 0) : start].split()),
        found=" ".join(safe[start:end].split()),
        after=" ".join(safe[end : end + WIDTH].split()),
    )
