"""Dates and codes whose card number stands elsewhere in the ticket. Pure.

`Charge my card 4111 1111 1111 1111` is the subject and `expires 09/28` the message; or a message
after the two halves of a number says `and 09/28, the three digits are 123`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Final

from integration.core.detection import find
from integration.core.elsewhere import (
    ACROSS,
    BY_A_WORD,
    Taken,
    decoded_of,
    moved,
    whole_numbers,
)
from integration.core.policy import BESIDE_CARD, Policy
from integration.core.spans import CARD_DATA, Action, Kind, Span
from integration.core.surfaces import Role, Surface, SurfaceKind
from integration.core.text import Decoded

_WRITTEN: Final = frozenset(
    {SurfaceKind.MESSAGE, SurfaceKind.QUOTED, SurfaceKind.NOTE, SurfaceKind.MAIL_COPY}
)
_A_NUMBER: Final = "card 4111111111111111"
"""Stands for the number that stands elsewhere (published for tests)."""
_WHOLE: Final = 400
"""Characters of a text that is read as one."""
_LONGEST: Final = 300
"""Characters of a line before a number, and half of those that are read with it."""
_MOST: Final = 12
"""Paragraphs of a text."""
_BREAK: Final = re.compile(r"\n[ \t\r]*\n")
_DIGIT: Final = re.compile(r"\d")
_SHORT: Final = 160
"""The same in which no word need name them."""

Author = tuple[SurfaceKind, str | None, Role]


def is_written(surface: Surface) -> bool:
    """Whether people wrote it, or it is a copy of what they wrote."""
    return surface.kind in _WRITTEN


def read_below(
    head: str, decoded: Decoded, stretch: tuple[int, int], policy: Policy
) -> Iterator[Span]:
    """The card data of a stretch that shows below a line of another place."""
    head = f"{head}\n"
    start, end = stretch
    for span in find(head + decoded.text[start:end], policy=policy):
        if span.action is not Action.REDACT or span.kind not in CARD_DATA:
            continue
        places = [(a - len(head) + start, b - len(head) + start) for a, b in span.pieces]
        ranges = [each for place in places for each in decoded.source(*place)]
        if ranges and places[0][0] >= start:
            yield moved(span, ranges, ACROSS)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """From the first digit of each paragraph on, with what stands before it on its line."""
    breaks = [0, *(match.end() for match in _BREAK.finditer(text)), len(text)]
    for low, high in islice(pairwise(breaks), _MOST):
        if digit := _DIGIT.search(text, low, high):
            start = max(low, text.rfind("\n", low, digit.start()) + 1, digit.start() - _LONGEST)
            yield start, min(high, start + 2 * _LONGEST)


def spans_told_apart(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The dates and codes of a number that the subject holds, or several messages, by surface id.

    `found`: what is known of each place so far.
    """
    titles = [surface for surface in surfaces if surface.kind is SurfaceKind.SUBJECT]
    is_titled = any(True for title in titles for _ in whole_numbers(title, found[title.id]))
    tellers = {_author(surface) for surface in surfaces if _holds_a_part(found[surface.id])}
    told: dict[str, list[Span]] = {}
    for surface in filter(is_written, surfaces):
        if is_titled or _author(surface) in tellers:
            told[surface.id] = _beside(surface, found[surface.id], policy)
    return {surface_id: spans for surface_id, spans in told.items() if spans}


def _author(surface: Surface) -> Author:
    return surface.kind, surface.author, surface.role


def _holds_a_part(found: Sequence[Span]) -> bool:
    return any(span.kind is Kind.PAN and ACROSS in span.why for span in found)


def _beside(surface: Surface, found: Sequence[Span], policy: Policy) -> list[Span]:
    """What a word names, or what a short message holds."""
    decoded, taken = decoded_of(surface), Taken.by(found)
    size = len(decoded.text)
    is_short = size <= _SHORT
    return [
        span
        for stretch in ([(0, size)] if size <= _WHOLE else paragraphs(decoded.text))
        for span in read_below(_A_NUMBER, decoded, stretch, policy)
        if span.kind in BESIDE_CARD
        and (is_short or not BY_A_WORD.isdisjoint(span.why))
        and not taken.touches(span.pieces)
    ]
