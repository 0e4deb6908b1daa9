"""Parts of a card number that stand elsewhere in the ticket without the rest. Pure.

A subject has room for so many characters, and what is sent about the ticket repeats it; a reply
quotes the half of a number that its author had sent. The part alone is no number; it is known by
the whole one, which stands in the header of the mail or over two messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from integration.core.across import ACROSS
from integration.core.spans import Action, Kind, Span
from integration.core.surfaces import Surface, SurfaceKind, Text

_SHORT: Final = frozenset({SurfaceKind.SUBJECT, SurfaceKind.CUSTOM_FIELD, SurfaceKind.HISTORY})
"""Places that have room for so many characters only."""
_FEWEST: Final = 9
"""Digits; eight may be kept of a number that was truncated (PCI DSS 3.5.1, PCI SSC FAQ 1091)."""
_HALF: Final = 8
"""Digits of a half that another message completes: fewer could be anything."""
_DIGIT: Final = re.compile(r"\d")


def spans_cut_off(
    surfaces: Sequence[Surface], own: Mapping[str, Sequence[Span]]
) -> dict[str, list[Span]]:
    """The beginnings of numbers that end where a short place ends, by surface id.

    `own`: what `find` has found in each. Every other place that repeats one is marked, too.
    """
    whole = {number: span for surface in surfaces for number, span in _whole(surface, own)}
    ends = {_text(surface).rstrip() for surface in surfaces if surface.kind in _SHORT}
    begun = {
        part: span
        for end in ends
        if end[-1:].isdigit()
        for number, span in whole.items()
        if (part := _beginning(number, end))
    }
    return _everywhere(begun, surfaces, own)


def spans_of_halves(
    surfaces: Sequence[Surface],
    own: Mapping[str, Sequence[Span]],
    across: Mapping[str, Sequence[Span]],
) -> dict[str, list[Span]]:
    """Where else the halves stand that show over two messages (`across`), by surface id."""
    halves = {
        half: span
        for surface in surfaces
        for span in across.get(surface.id, ())
        if span.kind is Kind.PAN
        and len(span.pieces) == 1
        and len(_DIGIT.findall(half := _text(surface)[span.start : span.end])) >= _HALF
    }
    return _everywhere(halves, surfaces, own)


def _everywhere(
    parts: Mapping[str, Span], surfaces: Sequence[Surface], own: Mapping[str, Sequence[Span]]
) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for part, span in parts.items():
        for surface in surfaces:
            for at in _places(part, surface, own):
                why = (*span.why, ACROSS)
                here = span._replace(start=at, end=at + len(part), segments=(), why=why, last4=None)
                found.setdefault(surface.id, []).append(here)
    return found


def _whole(surface: Surface, own: Mapping[str, Sequence[Span]]) -> Iterator[tuple[str, Span]]:
    for span in own[surface.id]:
        as_written = len(span.pieces) == 1 and not span.inner
        if span.kind is Kind.PAN and span.action is Action.REDACT and as_written:
            yield _text(surface)[span.start : span.end], span


def _beginning(number: str, end: str) -> str:
    """As much of a number as a text ends with; "" where that is all of it, or too little."""
    sizes = (size for size in range(len(number) - 1, 0, -1) if end.endswith(number[:size]))
    part = number[: next(sizes, 0)]
    return part if len(_DIGIT.findall(part)) >= _FEWEST else ""


def _places(part: str, surface: Surface, own: Mapping[str, Sequence[Span]]) -> Iterator[int]:
    text = _text(surface)
    for match in re.finditer(rf"(?<!\d){re.escape(part)}(?!\W{{0,2}}\d)", text):
        if not any(
            span.start < match.end() and match.start() < span.end
            for span in own[surface.id]
            if span.action is Action.REDACT
        ):
            yield match.start()


def _text(surface: Surface) -> str:
    return surface.content.text if isinstance(surface.content, Text) else ""
