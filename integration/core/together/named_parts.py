"""The parts of a card number that are named as such, in whatever order they are told. Pure.

`The card ends in 1111 1111, I have to look for the rest`, and an hour later `it begins with 4111
1111`: each part alone is no number, and other numbers stand around them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from integration.core.cards.glued import telling_issuer
from integration.core.cards.issuers import Issuer, issuer_of
from integration.core.cards.luhn import is_valid
from integration.core.policy import Policy
from integration.core.spans import Span
from integration.core.surfaces import Surface, SurfaceKind
from integration.core.together.elsewhere import Ranges, is_about_card, number_at
from integration.core.together.named_pieces import Piece, pieces_in
from integration.core.words.parts import Part

NAMED: Final = "named-part"
"""The reason of every span that is found so."""
_NAMED: Final = Part.NEXT | Part.LAST
_BEHIND_THE_FIRST: Final = _NAMED | Part.JOINED
_MOST: Final = 12
"""Parts that are tried with each other; more numbers are a list."""
_FEW: Final = 4
"""Numbers that they make; two halves of two cards make so many, and more are chance."""
_HALVES: Final = 2
_OF_A_HALF: Final = frozenset({8})
"""Digits."""
_MOST_AMID: Final = 3
"""Parts between the first and the last."""
_WHOLE: Final = range(12, 20)
"""Digits of a number."""


class _Part(NamedTuple):
    """The same digits, wherever they are called a part of a number."""

    digits: str
    pieces: list[Piece]

    @property
    def part(self) -> Part:
        """Which part they may be."""
        told = Part(0)
        for piece in self.pieces:
            told |= piece.part
        return told

    @property
    def places(self) -> set[int]:
        """Which part they are, where that is counted."""
        return {piece.place for piece in self.pieces if piece.place}

    @property
    def offsets(self) -> set[int]:
        """How many digits are said to stand before them."""
        return {piece.at for piece in self.pieces if piece.at >= 0}

    def overlaps(self, other: _Part) -> bool:
        """Whether both are read out of the same digits."""
        return any(
            one.surface_id == two.surface_id and _touch(one.ranges, two.ranges)
            for one in self.pieces
            for two in other.pieces
        )


def _touch(ranges: Ranges, others: Ranges) -> bool:
    return any(a < d and c < b for a, b in ranges for c, d in others)


def spans_of_named_parts(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The parts of numbers that words name, by surface id.

    `found`: what is known of each place so far.
    """
    places = _places(surfaces, found)
    told: defaultdict[str, dict[Ranges, Span]] = defaultdict(dict)
    numbers = list(_numbers([_Part(*each) for each in places.items()]))
    if len({frozenset(part.digits for part in used) for used, _, _ in numbers}) > _FEW:
        return {}
    whole = _of_known_numbers(used for used, _, _ in numbers)
    for used, issuer, is_usual in numbers:
        if not whole.isdisjoint(part.digits for part in used):
            continue
        pieces = [piece for part in used for piece in part.pieces]
        is_near = any(piece.is_of_a_card for piece in pieces)
        is_told = _are_counted(used) or _are_halves(used) or is_about_card(surfaces)
        digits = sum(len(part.digits) for part in used)
        is_sure = is_near or ((is_usual or issuer.tells(digits)) and is_told)
        if is_sure or _are_all_named(used):
            for piece in pieces:
                if not piece.is_known:
                    span = number_at(piece.ranges, issuer.brand, policy, NAMED, is_sure=is_sure)
                    told[piece.surface_id][piece.ranges] = span
    return {surface_id: list(spans.values()) for surface_id, spans in told.items()}


def _places(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]]
) -> Mapping[str, list[Piece]]:
    """The parts that people name, and where; none where there are too many.

    Headers only say again what stands elsewhere: versions and ids are no parts.
    """
    places: defaultdict[str, list[Piece]] = defaultdict(list)
    for surface in sorted(surfaces, key=_is_header):
        for piece in pieces_in(surface, found[surface.id]):
            if piece.digits in places or not _is_header(surface):
                places[piece.digits].append(piece)
                if len(places) > _MOST:
                    return {}
    return places


def _is_header(surface: Surface) -> bool:
    return surface.kind is SurfaceKind.HEADER


def _of_known_numbers(numbers: Iterable[Sequence[_Part]]) -> set[str]:
    """The parts of numbers that are removed without that: with others they make one by chance."""
    return {
        part.digits
        for used in numbers
        if all(any(piece.is_known for piece in part.pieces) for part in used)
        for part in used
    }


def _are_counted(used: Sequence[_Part]) -> bool:
    """Whether words count the parts, or the digits of the ends and name what is between them."""
    if len(used) > _HALVES and all(part.places for part in used):
        return True
    ends = all(any(one.is_counted for one in part.pieces) for part in (used[0], used[-1]))
    return ends and _are_all_named(used[:-1])


def _are_halves(used: Sequence[_Part]) -> bool:
    """Whether a number is told in two halves, the second of which is called so, or the rest."""
    sizes = {len(part.digits) for part in used}
    return len(used) == _HALVES and sizes == _OF_A_HALF and any(p.is_half for p in used[1].pieces)


def _are_all_named(used: Sequence[_Part]) -> bool:
    """Whether words call each of the parts behind the first one: where nobody says card."""
    return all(part.part & _NAMED for part in used[1:])


def _numbers(parts: Sequence[_Part]) -> Iterator[tuple[Sequence[_Part], Issuer, bool]]:
    """The parts that make a number of a card together, in its order, whose it is, and if usual.

    One of a seldom kind only where each part behind the first is named.
    """
    for head in parts:
        if Part.FIRST in head.part:
            for order in _orders(head, [each for each in parts if not each.overlaps(head)]):
                number = "".join(part.digits for part in order).encode()
                issuer = issuer_of(number)
                is_usual = telling_issuer(number) is not None
                if issuer and (is_usual or (is_valid(number) and _are_all_named(order))):
                    yield order, issuer, is_usual


def _orders(head: _Part, others: Sequence[_Part]) -> Iterator[Sequence[_Part]]:
    last = [each for each in others if each.part & _BEHIND_THE_FIRST]
    amid = [each for each in last if Part.NEXT in each.part or Part.LAST not in each.part]
    for tail in last:
        rest = [each for each in amid if not each.overlaps(tail)]
        for many in range(_MOST_AMID + 1):
            for between in _either_way(combinations(rest, many)):
                order = (head, *between, tail)
                if sum(len(each.digits) for each in order) in _WHOLE and _are_in_place(order):
                    yield order


def _either_way(some: Iterable[tuple[_Part, ...]]) -> Iterator[tuple[_Part, ...]]:
    """In the order in which they are told, and backward: before that 1111, before that 1111."""
    for parts in some:
        yield parts
        if len(parts) > 1:
            yield parts[::-1]


def _are_in_place(order: Sequence[_Part]) -> bool:
    """Whether the parts stand where they are counted, and none is read twice."""
    at, behind = 0, 0
    for part in order:
        if part.offsets and at not in part.offsets:
            return False
        if part.places and (behind := next((p for p in sorted(part.places) if p > behind), 0)) == 0:
            return False
        at += len(part.digits)
    amid = order[1:-1]
    return not any(a.overlaps(b) for n, a in enumerate(amid) for b in amid[n + 1 :])
