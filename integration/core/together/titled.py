"""What a message shows under a subject that speaks of a card. Pure.

`My card number`, and then `first four 4111, next four 1111 ...`: only both say what the groups are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Final

from integration.core.cards.number import MIN_DIGITS
from integration.core.cards.reasons import BROKEN, INTERRUPTED
from integration.core.policy import Policy
from integration.core.spans import Kind, Span
from integration.core.surfaces import Surface, SurfaceKind, Text
from integration.core.text import Decoded
from integration.core.together.elsewhere import Taken, decoded_of, says_card
from integration.core.together.told_apart import is_written, read_below

_LONGEST_SUBJECT: Final = 200
_LONGEST: Final = 300
"""Characters of a line before a number, and half of those that are read with it."""
_MOST: Final = 12
"""Paragraphs of a message."""
_BREAK: Final = re.compile(r"\n[ \t\r]*\n")
_DIGIT: Final = re.compile(r"\d")
_ODD: Final = re.compile(
    r"(?<![\w.,:/+-])(?=\d+[ \xa0-])\d(?:[ \xa0-]?\d){14,15}(?!\w|[-.,:/]\d| \d)"
)
_BESIDE: Final = 16
"""Characters before such a number in which another may be named."""
_IN_PIECES: Final = frozenset({INTERRUPTED.name, BROKEN.why})
"""Numbers that need a word for a card near them, or they are none."""


def spans_titled(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The numbers that show under the subject only, with what belongs to them, by surface id.

    `found`: what is known of each place so far.
    """
    subject = next((decoded_of(s).text for s in surfaces if s.kind is SurfaceKind.SUBJECT), "")
    subject = subject[:_LONGEST_SUBJECT]
    if not says_card(subject):
        return {}
    told = {
        surface.id: _under(subject, decoded_of(surface), found[surface.id], policy)
        for surface in filter(is_written, surfaces)
        if _holds_digits(surface)
    }
    return {surface_id: spans for surface_id, spans in told.items() if spans}


def _holds_digits(surface: Surface) -> bool:
    assert isinstance(surface.content, Text)  # noqa: S101  files are not read here
    return sum(map(str.isdigit, surface.content.text)) >= MIN_DIGITS


def _under(subject: str, decoded: Decoded, found: Sequence[Span], policy: Policy) -> list[Span]:
    """What is new in the text, or else in a paragraph that holds a number in pieces."""
    taken = Taken.by(found)
    if new := _with_a_number(read_below(subject, decoded, (0, len(decoded.text)), policy), taken):
        return new
    told: list[Span] = []
    for stretch in _paragraphs(decoded.text):
        read = list(read_below(subject, decoded, stretch, policy))
        if any(not _IN_PIECES.isdisjoint(span.why) for span in read):
            told += _with_a_number(read, taken)
    return told or [
        span
        for start, end in _in_odd_groups(decoded, taken)
        for span in read_below(subject, decoded, (_beside(decoded.text, start), end), policy)
    ]


def _beside(text: str, at: int) -> int:
    """Where that of a line begins that is read with a number: what is further off is not of it."""
    return max(text.rfind("\n", 0, at) + 1, at - _BESIDE)


def _in_odd_groups(decoded: Decoded, taken: Taken) -> Iterator[tuple[int, int]]:
    """Where digits of a usual number stand that are grouped as on no card: 4024 349864 699413."""
    for row in islice(_ODD.finditer(decoded.text), _MOST):
        if not taken.touches(decoded.source(*row.span())):
            yield row.span()


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """From the first digit of each paragraph on, with what stands before it on its line."""
    breaks = [0, *(match.end() for match in _BREAK.finditer(text)), len(text)]
    for low, high in islice(pairwise(breaks), _MOST):
        if digit := _DIGIT.search(text, low, high):
            start = max(low, text.rfind("\n", low, digit.start()) + 1, digit.start() - _LONGEST)
            yield start, min(high, start + 2 * _LONGEST)


def _with_a_number(read: Iterator[Span] | Sequence[Span], taken: Taken) -> list[Span]:
    """What is new, if a card number is among it: what stands beside a known one is found before."""
    new = [span for span in read if not taken.touches(span.pieces)]
    return new if any(span.kind is Kind.PAN for span in new) else []
