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
from integration.core.detection import find
from integration.core.elsewhere import ACROSS, BY_A_WORD, Taken, decoded_of, moved, whole_numbers
from integration.core.policy import BESIDE_CARD, Policy
from integration.core.spans import CARD_DATA, Action, Kind, Span
from integration.core.surfaces import Surface, SurfaceKind, Text
from integration.core.text import Decoded
from integration.core.words.labels import speaks_of_card
from integration.core.words.vocabulary import as_read

_WRITTEN: Final = frozenset(
    {SurfaceKind.MESSAGE, SurfaceKind.QUOTED, SurfaceKind.NOTE, SurfaceKind.MAIL_COPY}
)
_A_NUMBER: Final = "card 4111111111111111"
"""Stands for the number of a subject (published for tests)."""
_BEGINNING: Final = 2000
"""Characters of a message in which its date and its code are looked for."""
_LONGEST_SUBJECT: Final = 200
_BREAK: Final = re.compile(r"\n[ \t\r]*\n")
_DIGIT: Final = re.compile(r"\d")
_LONGEST: Final = 300
"""Characters of a line before a number, and half of those that are read with it."""
_MOST: Final = 12
"""Paragraphs of a message."""
_IN_PIECES: Final = frozenset({INTERRUPTED.name, BROKEN.why})
"""Numbers that need a word for a card near them, or they are none."""


def spans_titled(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The numbers that show under the subject only, with what belongs to them, by surface id.

    `found`: what is known of each place so far.
    """
    titles = [surface for surface in surfaces if surface.kind is SurfaceKind.SUBJECT]
    subject = next((decoded_of(title).text for title in titles), "")[:_LONGEST_SUBJECT]
    speaks = bool(subject) and speaks_of_card(as_read(subject))
    has_number = any(True for title in titles for _ in whole_numbers(title, found[title.id]))
    if not (speaks or has_number):
        return {}
    told: dict[str, list[Span]] = {}
    for surface in filter(_is_written, surfaces):
        decoded, known = decoded_of(surface), found[surface.id]
        spans = _under(subject, decoded, known, policy) if speaks and _holds_digits(surface) else []
        if has_number and not spans:
            spans = _beside(decoded, known, policy)
        if spans:
            told[surface.id] = spans
    return told


def _is_written(surface: Surface) -> bool:
    return surface.kind in _WRITTEN


def _holds_digits(surface: Surface) -> bool:
    assert isinstance(surface.content, Text)  # noqa: S101  files are not read here
    return sum(map(str.isdigit, surface.content.text)) >= MIN_DIGITS


def _beside(decoded: Decoded, found: Sequence[Span], policy: Policy) -> list[Span]:
    """The dates and codes of the card whose number the subject holds: only what a word names."""
    if any(span.kind is Kind.PAN for span in found):
        return []
    taken = Taken.by(found)
    return [
        span
        for span in _read(_A_NUMBER, decoded, (0, min(len(decoded.text), _BEGINNING)), policy)
        if span.kind in BESIDE_CARD
        and not BY_A_WORD.isdisjoint(span.why)
        and not taken.touches(span.pieces)
    ]


def _under(subject: str, decoded: Decoded, found: Sequence[Span], policy: Policy) -> list[Span]:
    """What is new in the text, or else in a paragraph that holds a number in pieces."""
    taken = Taken.by(found)
    if new := _with_a_number(_read(subject, decoded, (0, len(decoded.text)), policy), taken):
        return new
    told: list[Span] = []
    for stretch in islice(_paragraphs(decoded.text), _MOST):
        read = list(_read(subject, decoded, stretch, policy))
        if any(not _IN_PIECES.isdisjoint(span.why) for span in read):
            told += _with_a_number(read, taken)
    return told


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """From the first digit of each paragraph on, with what stands before it on its line."""
    breaks = [0, *(match.end() for match in _BREAK.finditer(text)), len(text)]
    for low, high in pairwise(breaks):
        if digit := _DIGIT.search(text, low, high):
            start = max(low, text.rfind("\n", low, digit.start()) + 1, digit.start() - _LONGEST)
            yield start, min(high, start + 2 * _LONGEST)


def _with_a_number(read: Iterator[Span] | Sequence[Span], taken: Taken) -> list[Span]:
    """What is new, if a card number is among it: what stands beside a known one is found before."""
    new = [span for span in read if not taken.touches(span.pieces)]
    return new if any(span.kind is Kind.PAN for span in new) else []


def _read(
    subject: str, decoded: Decoded, stretch: tuple[int, int], policy: Policy
) -> Iterator[Span]:
    head = f"{subject}\n"
    start, end = stretch
    for span in find(head + decoded.text[start:end], policy=policy):
        if span.action is not Action.REDACT or span.kind not in CARD_DATA:
            continue
        places = [(a - len(head) + start, b - len(head) + start) for a, b in span.pieces]
        ranges = [each for place in places for each in decoded.source(*place)]
        if ranges and places[0][0] >= start:
            yield moved(span, ranges, ACROSS)
