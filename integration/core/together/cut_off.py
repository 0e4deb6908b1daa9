"""Parts of a card number that stand elsewhere in the ticket without the rest. Pure.

A subject has room for so many characters, and what is sent about the ticket repeats it; a reply
quotes the half of a number that its author had sent. The part alone is no number; it is known by
the whole one, which stands in the header of the mail or over two messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from integration.core.cards.reasons import BROKEN, INTERRUPTED
from integration.core.spans import Action, Kind, Span
from integration.core.surfaces import Surface, SurfaceKind, Text
from integration.core.together.conversations import GROUP
from integration.core.together.elsewhere import ACROSS, Taken, moved
from integration.core.together.interjected import ROW

_SHORT: Final = frozenset({SurfaceKind.SUBJECT, SurfaceKind.CUSTOM_FIELD, SurfaceKind.HISTORY})
"""Places that have room for so many characters only."""
_FEWEST: Final = 9
"""Digits; eight may be kept of a number that was truncated (PCI DSS 3.5.1, PCI SSC FAQ 1091)."""
_HALF: Final = 8
"""Digits of a part that another message completes, from which on it is known by itself."""
_WHOLE: Final = 14
"""Digits of a part that is a number of its own, with a wrong group: a date may stand behind it."""
_LEAD: Final = 12
"""Characters before a shorter part by which it is known."""
_PARTED: Final = frozenset({INTERRUPTED.name, BROKEN.why})
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
        _apart(re.escape(part)): span
        for end in ends
        if end[-1:].isdigit()
        for number, span in whole.items()
        if (part := _beginning(number, end))
    }
    return _everywhere(begun, surfaces, own)


def spans_of_parts(
    surfaces: Sequence[Surface],
    own: Mapping[str, Sequence[Span]],
    across: Mapping[str, Sequence[Span]],
) -> dict[str, list[Span]]:
    """Where else the parts stand that show over several messages (`across`), by surface id.

    And the halves of a number that words or lines part in one text.
    """
    parts = {
        pattern: span
        for surface in surfaces
        for span in across.get(surface.id, ())
        if span.kind is Kind.PAN and len(span.pieces) == 1
        if (pattern := _as_repeated(_text(surface), span))
    }
    halves = {
        _apart(re.escape(half[0])): span
        for surface in surfaces
        for span in own[surface.id]
        if span.kind is Kind.PAN and span.action is Action.REDACT and _PARTED & set(span.why)
        for start, end in span.pieces
        for half in ROW.finditer(_text(surface), start, end)
        if len(_DIGIT.findall(half[0])) == _HALF
    }
    return _everywhere(halves | parts, surfaces, own)


def _as_repeated(text: str, span: Span) -> str:
    """How a part is known where it is repeated; "" where it could be anything.

    By itself from eight digits on; fewer with what leads to them, or where they are a line.
    """
    part, lead = re.escape(text[span.start : span.end]), text[: span.start].rpartition("\n")[2]
    digits = len(_DIGIT.findall(part))
    if digits >= _WHOLE:
        return rf"(?<!\d)({part})(?!\d)"
    if digits >= _HALF:
        return _apart(part)
    if any(map(str.isalpha, lead)):
        return re.escape(lead[-_LEAD:]) + _apart(part)
    return rf"(?:^|>)[> \t]*+({part})[ \t\r]*+(?:$|<)" if digits > GROUP else ""


def _apart(part: str) -> str:
    return rf"(?<!\d)({part})(?!\W{{0,2}}\d)"


def _everywhere(
    parts: Mapping[str, Span], surfaces: Sequence[Surface], own: Mapping[str, Sequence[Span]]
) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    taken = {surface.id: Taken.by(own[surface.id]) for surface in surfaces if parts}
    for pattern, span in parts.items():
        for surface in surfaces:
            for match in re.finditer(pattern, _text(surface), re.MULTILINE):
                if not taken[surface.id].touches([match.span(1)]):
                    here = moved(span, [match.span(1)], ACROSS)
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


def _text(surface: Surface) -> str:
    return surface.content.text if isinstance(surface.content, Text) else ""
