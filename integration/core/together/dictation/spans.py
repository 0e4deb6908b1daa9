"""Where a dictated number stands in the places of a ticket, and what is told beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Final, NamedTuple

from integration.core.cards.heard import digits_in_words
from integration.core.cards.meanings import names_another
from integration.core.cards.named import AGAINST
from integration.core.detection import find
from integration.core.policy import BESIDE_CARD, Policy
from integration.core.spans import Action, Span
from integration.core.surfaces import Surface, SurfaceKind, Text
from integration.core.text import Decoded
from integration.core.text.reading import Reading, read
from integration.core.together.conversations import Conversations, Message
from integration.core.together.dictation.answers import answers
from integration.core.together.dictation.chains import Chain, chains
from integration.core.together.dictation.heads import without_heads
from integration.core.together.dictation.keys import keys
from integration.core.together.dictation.pieces import Piece, in_figures, in_words
from integration.core.together.elsewhere import (
    BY_A_WORD,
    Ranges,
    Taken,
    decoded_of,
    is_titled,
    moved,
    number_at,
    stand_in,
    whole_words,
)
from integration.core.words.bits import CARD, CODE, EXPIRY, HINT
from integration.core.words.labels import labels_in
from integration.core.words.naming import names_any, speaks_of_card
from integration.core.words.telling import says
from integration.core.words.vocabulary import Label

DICTATED: Final = "dictated"
"""The reason of every number that is found so."""
_FEWEST: Final = 12
"""Digits in figures or in words, or no number is told."""
_FEWEST_IN_WORDS: Final = 3
"""Digits in words, or those of an answer are all in figures."""
_MOST: Final = 1_000
"""Pieces of a text that are looked through at once."""
_OVERLAP: Final = 20
"""Pieces that are looked at twice where there are more."""
_LONGEST: Final = 200_000
"""Characters of a text that is looked through."""
_RUN: Final = 20_000
"""Characters of messages that are read together."""
_BEFORE: Final = 600
_BEHIND: Final = 200
"""Characters around a number in which a word must say card, or what belongs to one."""
_SOON: Final = 60
"""The same in which the date alone is enough."""
_NEARER: Final = 40
"""The same where another card is named."""
_ASKED: Final = 160
"""The same before a number in words, of which another word says what it is."""
_READ: Final = 240
"""Characters that are read around a number for its code and its date."""
_DATE: Final = re.compile(r"\b(?:0?[1-9]|1[0-2])\s?/\s?(?:20)?[2-4]\d\b")
_DOTTED_DATE: Final = re.compile(r"[01]\d(?<![\d./-]..)[.-](?:20)?[2-4]\d(?![\d./-])")
_JOINT: Final = re.compile(r"[ \xa0.-]{1,3}")
_OF_A_CARD: Final = frozenset({Label.SECURITY_CODE, Label.EXPIRY})
_HINTS: Final = frozenset({Label.CODE_HINT, Label.EXPIRY_HINT})
"""What says so where a date or a code follows: `code 123`, and not `the wrong year`."""
_DIGIT_BEHIND: Final = re.compile(r"\D{0,12}\d")
_SHORT: Final = frozenset(
    {SurfaceKind.SUBJECT, SurfaceKind.HEADER, SurfaceKind.HISTORY, SurfaceKind.FILE_NAME}
)
"""Places in which nobody dictates."""
_LAST: Final = 4
_SHORTEST: Final = 3
"""Characters between two pieces in which nothing is told."""
_TELLING: Final = CARD | CODE | HINT | EXPIRY
"""What some word of a text says where a number of a card is told."""
_BREAK: Final = "\n|||||||\n"
"""Between two messages: too many marks for number words to go over them."""


class _Part(NamedTuple):
    """A place of the ticket within the text that is looked through."""

    at: int
    surface_id: str
    decoded: Decoded
    text: str


def spans_dictated(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The pieces of dictated numbers, and the codes and dates told with them, by surface id.

    `found`: what is known of each place so far.
    """
    taken = {name: Taken.by(spans) for name, spans in found.items()}
    told: dict[str, list[Span]] = {}
    titled = is_titled(surfaces)
    texts = list(_conversations(surfaces, found))
    talk = {part.surface_id for parts in texts for part in parts}
    others = [s for s in surfaces if s.id not in talk and s.kind not in _SHORT]
    texts += [[_part(surface)] for surface in others if isinstance(surface.content, Text)]
    for parts in texts:
        for surface_id, span in _in_text(parts, taken, policy, titled=titled):
            told.setdefault(surface_id, []).append(span)
    return told


def _part(surface: Surface) -> _Part:
    decoded = decoded_of(surface)
    return _Part(0, surface.id, decoded, decoded.text)


def _conversations(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]]
) -> Iterator[list[_Part]]:
    """The messages of a ticket as they were written, one behind the other.

    Those of a long ticket in several runs: what is told far from the rest belongs to nothing.
    """
    at = 0
    parts: list[_Part] = []
    for message in sorted(Conversations(surfaces, found).messages(), key=_when):
        if message.surface.kind is not SurfaceKind.SUBJECT:
            text = message.own_words
            if parts and at + len(text) > _RUN:
                yield parts
                at, parts = 0, []
            parts.append(_Part(at, message.surface.id, message.decoded, text))
            at += len(text) + len(_BREAK)
    if parts:
        yield parts


def _when(message: Message) -> float:
    return message.seconds


def _in_text(
    parts: Sequence[_Part], taken: Mapping[str, Taken], policy: Policy, *, titled: bool
) -> Iterator[tuple[str, Span]]:
    text = _BREAK.join(part.text for part in parts)
    if len(text) > _LONGEST or not text:
        return
    reading = read(text)
    window = reading.window(0, len(text))
    for chain in _told_in(reading, window.text, policy, titled=titled):
        if not (titled or _is_of_a_card(window.text, chain)):
            continue
        pieces = [window.span(piece.start, piece.end) for piece in chain.pieces]
        ranges = [_ranges(parts, *place) for place in _rows(text, pieces)]
        if not all(each for _, each in ranges):
            continue
        if any(taken[name].touches(each) for name, each in ranges):
            ranges = [_ranges(parts, *window.span(p.start, p.end)) for p in _more(chain)]
        for name, each in ranges:
            if each and not taken[name].touches(each):
                yield name, number_at(each, chain.issuer.brand, policy, DICTATED)
        yield from _beside(parts, pieces, stand_in(chain.issuer.brand), taken, policy)


def _told_in(reading: Reading, text: str, policy: Policy, *, titled: bool) -> list[Chain]:
    """The numbers that are told in a text, and those that answer a question for one."""
    size = len(reading.text)
    words, is_spoken = digits_in_words(reading) if policy.spelled_out else (0, False)
    if words + reading.digits < _FEWEST:
        return []
    if not (is_spoken or titled or _is_dated(reading.text) or says(reading, 0, size, _TELLING)):
        return []
    typed = list(keys(text))
    text = without_heads(text)
    found: list[Chain] = []
    if is_spoken or reading.digits >= _FEWEST:
        found = _chains(text, is_spoken=is_spoken)
    if says(reading, 0, size, CARD):
        more = answers(text, is_spoken=words >= _FEWEST_IN_WORDS)
        found += [each for each in more if _is_apart(each, found)]
    return found + [each for each in typed if _is_apart(each, found)]


def _is_apart(chain: Chain, others: Sequence[Chain]) -> bool:
    """Whether no other number stands where one does."""
    start, end = chain.pieces[0].start, chain.pieces[-1].end
    return all(end <= each.pieces[0].start or each.pieces[-1].end <= start for each in others)


def _is_dated(text: str) -> bool:
    """Whether a month of a year stands anywhere: 12/27, 12.27."""
    return ("/" in text and _DATE.search(text) is not None) or (
        _DOTTED_DATE.search(text) is not None
    )


def _more(chain: Chain) -> Iterator[Piece]:
    """What tells more of a number than its last four digits, which a mask shows too."""
    return (
        piece
        for piece in chain.pieces
        if len(piece.digits) > _LAST or piece.digits in chain.number[:-_LAST]
    )


def _rows(text: str, pieces: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The pieces; groups with nothing but a joint between them as one."""
    row: tuple[int, int] | None = None
    for start, end in pieces:
        if row and _JOINT.fullmatch(text, row[1], start):
            row = row[0], end
            continue
        if row:
            yield row
        row = start, end
    if row:
        yield row


def _ranges(parts: Sequence[_Part], start: int, end: int) -> tuple[str, Ranges]:
    """The place that holds a piece, and where in its raw text."""
    part = _part_of(parts, start)
    if end > part.at + len(part.text):
        return "", ()
    return part.surface_id, part.decoded.source(start - part.at, end - part.at)


def _part_of(parts: Sequence[_Part], at: int) -> _Part:
    return parts[bisect_right(parts, at, key=attrgetter("at")) - 1]


def _chains(text: str, *, is_spoken: bool) -> list[Chain]:
    """The numbers of a text; those in words in the language that has the most."""
    figures = in_figures(text)
    said = in_words(text) if is_spoken else ()
    best: list[Chain] = []
    for pieces in (figures, *(sorted((*figures, *more)) for more in said)):
        if sum(len(each.digits) for each in pieces) >= _FEWEST:
            best = max(best, list(_told(text, pieces)), key=_size)
    return best


def _size(found: Sequence[Chain]) -> tuple[int, int]:
    """How many numbers, and how often they are told: what is said again goes, too."""
    return len(found), sum(len(chain.pieces) for chain in found)


def _told(text: str, pieces: Sequence[Piece]) -> Iterator[Chain]:
    behind = 0
    for low in range(0, len(pieces), _MOST - _OVERLAP):
        for chain in chains(text, pieces[low : low + _MOST]):
            if chain.pieces[0].start >= behind:
                behind = chain.pieces[-1].end
                yield chain


def _is_of_a_card(text: str, chain: Chain) -> bool:
    """Whether a word says card near a number, or what belongs to one behind it.

    Where another card is named, as a gift card, it must stand nearer. What is in words, or half
    of it, is told as nothing else is that has so many digits.
    """
    start, end = chain.pieces[0].start, chain.pieces[-1].end
    spoken = [each for each in chain.pieces if any(map(str.isalpha, text[each.start : each.end]))]
    is_spoken = len(spoken) > 1 and 2 * len(spoken) >= len(chain.pieces)
    if is_spoken and not names_another(text[max(0, start - _ASKED) : start], AGAINST):
        return True
    before, amid, behind = (
        text[max(0, start - _BEFORE) : start],
        text[start:end],
        text[end : end + _BEHIND],
    )
    if names_any(before, {Label.OTHER_CARD}):
        before = before[-_NEARER:]
    if any(map(speaks_of_card, (before, amid, behind))) or _is_dated(behind[:_SOON]):
        return True
    said = f"{amid} {behind}"
    return any(
        found.label in _OF_A_CARD
        or (found.label in _HINTS and _DIGIT_BEHIND.match(said, found.end) is not None)
        for found in labels_in(said)
    )


def _beside(
    parts: Sequence[_Part],
    pieces: Sequence[tuple[int, int]],
    card: str,
    taken: Mapping[str, Taken],
    policy: Policy,
) -> Iterator[tuple[str, Span]]:
    """The codes and dates behind the pieces, each read behind the number as far as it is told."""
    ends = [*(start for start, _ in pieces[1:]), None]
    for (start, behind), end in zip(pieces, ends, strict=True):
        part = _part_of(parts, start)
        low = max(pieces[0][0] - part.at, 0)
        high = len(part.text) if end is None else min(end - part.at, len(part.text))
        stretch = behind - part.at, high
        if high - stretch[0] > _SHORTEST:
            for span in _behind(part, low, stretch, card, policy):
                if (end is None or not BY_A_WORD.isdisjoint(span.why)) and not taken[
                    part.surface_id
                ].touches(span.pieces):
                    yield part.surface_id, span


def _behind(
    part: _Part, low: int, stretch: tuple[int, int], card: str, policy: Policy
) -> Iterator[Span]:
    """What stands in a stretch, with a card number in place of what is before it from `low` on."""
    start, end = stretch
    before = part.text[max(0, low - _READ) : low]
    behind = part.text[start : whole_words(part.text, start, start + _READ)]
    shift = start - len(before) - len(card)
    for span in find(f"{before}{card}{behind}", policy=policy):
        if span.kind not in BESIDE_CARD or span.action is not Action.REDACT:
            continue
        places = [(a + shift, b + shift) for a, b in span.pieces]
        if places[0][0] >= start and places[-1][1] <= end:
            ranges = tuple(each for place in places for each in part.decoded.source(*place))
            if ranges:
                yield moved(span, ranges, DICTATED)
