"""Where a dictated number stands in the places of a ticket, and what is told beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final, NamedTuple

from integration.core.detection import find
from integration.core.policy import BESIDE_CARD, Policy
from integration.core.spans import Action, Span
from integration.core.surfaces import Surface, SurfaceKind, Text
from integration.core.text import Decoded
from integration.core.text.reading import read
from integration.core.together.conversations import Conversations, Message
from integration.core.together.dictation.chains import Chain
from integration.core.together.dictation.pieces import Piece
from integration.core.together.dictation.told import told_in
from integration.core.together.elsewhere import (
    BY_A_WORD,
    Ranges,
    Taken,
    decoded_of,
    is_titled,
    moved,
    number_at,
    stand_in,
    whole_digits,
    whole_words,
)

DICTATED: Final = "dictated"
"""The reason of every number that is found so."""
_LONGEST: Final = 200_000
"""Characters of a text that is looked through."""
_RUN: Final = 20_000
"""Characters of messages that are read together."""
_MOST_DATED: Final = 40
"""Numbers of a text that are read with what stands beside them; more are a list."""
_READ: Final = 240
"""Characters that are read around a number for its code and its date."""
_JOINT: Final = re.compile(r"[ \xa0.-]{1,3}")
_OF_A_MARK: Final = 3
_BEFORE_A_CELL: Final = re.compile(r"(?:[;|\t\"]|[:,] ?)\Z")
_BEHIND_A_CELL: Final = re.compile(r"[;|\t\",}\n]| ?\||\Z")
_SHORT: Final = frozenset(
    {SurfaceKind.SUBJECT, SurfaceKind.HEADER, SurfaceKind.HISTORY, SurfaceKind.FILE_NAME}
)
"""Places in which nobody dictates."""
_LAST: Final = 4
_SHORTEST: Final = 3
"""Characters between two pieces in which nothing is told."""
_BREAK: Final = "\n|||||||\n"
"""Between two messages: too many marks for number words to go over them."""


_Whole = tuple[Taken, str]
"""Where a number stands that a place shows whole, and its digits."""
_Wholes = Mapping[str, Sequence[_Whole]]
"""The same for each place."""


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
    whole = {
        s.id: [(Taken(span.pieces), digits) for digits, span in whole_digits(s, found[s.id])]
        for s in surfaces
    }
    told: dict[str, list[Span]] = {}
    titled = is_titled(surfaces)
    texts = list(_conversations(surfaces, found))
    talk = {part.surface_id for parts in texts for part in parts}
    others = [s for s in surfaces if s.id not in talk and s.kind not in _SHORT]
    texts += [[_part(surface)] for surface in others if isinstance(surface.content, Text)]
    for parts in texts:
        for surface_id, span in _in_text(parts, taken, whole, policy, titled=titled):
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
    parts: Sequence[_Part],
    taken: Mapping[str, Taken],
    whole: _Wholes,
    policy: Policy,
    *,
    titled: bool,
) -> Iterator[tuple[str, Span]]:
    text = _BREAK.join(part.text for part in parts)
    if len(text) > _LONGEST or not text:
        return
    reading = read(text)
    window = reading.window(0, len(text))
    found = told_in(reading, window.text, titled=titled, spelled_out=policy.spelled_out)
    for at, chain in enumerate(found):
        pieces = [window.span(piece.start, piece.end) for piece in chain.pieces]
        ranges = [_ranges(parts, *place) for place in _rows(text, pieces)]
        if not all(each for _, each in ranges):
            continue
        if _are_cells(window.text, chain) and _goes_around(chain.number, ranges, whole):
            continue
        if any(taken[name].touches(each) for name, each in ranges):
            if any(_is_of_another(chain, each, whole[name]) for name, each in ranges):
                continue
            ranges = [_ranges(parts, *window.span(p.start, p.end)) for p in _more(chain)]
        for name, each in ranges:
            if each and not taken[name].touches(each):
                yield name, number_at(each, chain.issuer.brand, policy, DICTATED)
        if at < _MOST_DATED:
            yield from _beside(parts, pieces, stand_in(chain.issuer.brand), taken, policy)


def _is_of_another(chain: Chain, ranges: Ranges, whole: Sequence[_Whole]) -> bool:
    """Whether some groups of a chain are those of another number, that stands there whole."""
    return any(digits != chain.number and at.touches(ranges) for at, digits in whole)


def _are_cells(text: str, chain: Chain) -> bool:
    """Whether each piece is a value of data, between marks that part cells or in quotes."""
    return all(
        _BEFORE_A_CELL.search(text, max(0, piece.start - _OF_A_MARK), piece.start)
        and _BEHIND_A_CELL.match(text, piece.end)
        for piece in chain.pieces
    )


def _goes_around(number: str, places: Sequence[tuple[str, Ranges]], whole: _Wholes) -> bool:
    """Whether another number stands whole between two pieces, as in a table of cards."""
    for (name, left), (other, right) in pairwise(places):
        if name == other and left and right:
            gap = [(left[-1][1], right[0][0])]
            if any(digits != number and at.touches(gap) for at, digits in whole[name]):
                return True
    return False


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


def _beside(
    parts: Sequence[_Part],
    pieces: Sequence[tuple[int, int]],
    card: str,
    taken: Mapping[str, Taken],
    policy: Policy,
) -> Iterator[tuple[str, Span]]:
    """The codes and dates behind the pieces, each read behind the number as far as it is told."""
    ends = [*(start for start, _ in pieces[1:]), None]
    told = list(zip(pieces, ends, strict=True))
    if all(end - start == 1 for start, end in pieces):
        told = told[-1:]  # nothing else is told amid single digits
    for (start, behind), end in told:
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
