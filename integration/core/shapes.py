"""Shapes of card-like numbers that come again with other endings: perhaps a series of orders.

A card that is written about again is the same number; a series is not. Everything is counted in
memory, from a sample of tickets; of a number only its beginning and its last four digits are
looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from integration.core.formats import OF_A_CARD, REACH, digits_of, looks_like_card
from integration.core.hits import Hit
from integration.core.models import TicketView
from integration.core.search import search
from integration.core.spans import Kind
from integration.core.surfaces import Text
from integration.core.text import decode
from integration.core.text.reading import read
from integration.core.words.labels import labels_in

HEAD = 4
ENDING = 4
SHOWN_OF_LONG, SHOWN_OF_SHORT, LONG = 8, 6, 16
"""First digits that may be shown of a number, by its length (PCI DSS 3.4.1, FAQ 1091)."""
OFTEN = 5


@dataclass(frozen=True, slots=True)
class Shape:
    """One beginning, length and word before, and how often it came."""

    prefix: str
    length: int
    word: str
    """The word before that names the number, as our word lists have it; "" for none."""
    numbers: int
    """How many different endings."""
    tickets: int
    requesters: int


@dataclass(slots=True)
class _Seen:
    prefix: str
    tickets: set[str] = field(default_factory=set)
    requesters: set[str] = field(default_factory=set)
    endings: set[str] = field(default_factory=set)


class Shapes:
    """Counts the shapes of a sample, ticket by ticket."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, int, str], _Seen] = {}

    def add(self, view: TicketView) -> None:
        """Count what looks like a card in a ticket and has nothing of a card beside it."""
        ticket = view.ticket
        for surface in view.surfaces:
            if not isinstance(surface.content, Text):
                continue
            for digits, word in _numbers(surface.content.text, surface.content.media_type):
                shown = SHOWN_OF_LONG if len(digits) >= LONG else SHOWN_OF_SHORT
                key = (digits[:HEAD], len(digits), word)
                seen = self._seen.setdefault(key, _Seen(digits[:shown]))
                seen.prefix = _common(seen.prefix, digits)
                seen.tickets.add(ticket.id)
                seen.requesters.add(ticket.requester or f"ticket {ticket.id}")
                seen.endings.add(digits[-ENDING:])

    def often(self, least: int = OFTEN) -> list[Shape]:
        """The shapes with so many endings over as many tickets and requesters, most often first."""
        shapes = [
            Shape(
                prefix=seen.prefix,
                length=length,
                word=word,
                numbers=len(seen.endings),
                tickets=len(seen.tickets),
                requesters=len(seen.requesters),
            )
            for (_, length, word), seen in self._seen.items()
            if min(len(seen.endings), len(seen.tickets), len(seen.requesters)) >= least
        ]
        return sorted(shapes, key=lambda s: (-s.numbers, s.prefix, s.length, s.word))


def _numbers(text: str, media_type: str) -> Iterator[tuple[str, str]]:
    decoded = decode(text, media_type)
    hits = search(decoded.text, lambda _hit: False)
    others = [hit for hit in hits if hit.kind is not Kind.PAN]
    for hit in hits:
        if hit.kind is Kind.PAN and not looks_like_card(decoded.text, hit, others):
            yield digits_of(decoded.text, hit), _word_before(decoded.text, hit)
    for part in decoded.sealed:
        yield from _numbers(part.text, part.media_type)


def _word_before(text: str, hit: Hit) -> str:
    low = max(0, hit.start - REACH)
    window = read(text[low : hit.start]).window(0, hit.start - low)
    found = [f for f in labels_in(window.text) if f.label not in OF_A_CARD]
    return window.text[found[-1].start : found[-1].end] if found else ""


def _common(one: str, other: str) -> str:
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(digit for digit, _ in alike)
