"""The parts of a card number that are named as such, in whatever order they are told. Pure.

`The card ends in 1111 1111, I have to look for the rest`, and an hour later `it begins with 4111
1111`: each part alone is no number, and other numbers stand around them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain, islice, permutations
from operator import or_
from typing import Final, NamedTuple

from integration.core.cards.glued import telling_issuer
from integration.core.cards.issuers import Issuer
from integration.core.policy import Policy
from integration.core.spans import Span
from integration.core.surfaces import Surface
from integration.core.together.elsewhere import (
    Ranges,
    Taken,
    decoded_of,
    is_about_card,
    is_near_card,
    number_at,
)
from integration.core.together.interjected import ROW, counted
from integration.core.words.labels import labels_in
from integration.core.words.parts import Part, counts, is_of_parts, parts_told
from integration.core.words.vocabulary import Label, as_read

NAMED: Final = "named-part"
"""The reason of every span that is found so."""
_TOUCHED: Final = frozenset(".,/#-*_")
"""Before digits or behind them: they are a part of something else."""
_SENTENCE_ENDS: Final = re.compile(r"[.!?;](?:\s|\Z)|(?<!:)\n")
_ANOTHER: Final = re.compile(r"\d{3}|\d\d[ \xa0]\d\d")
_BEFORE: Final = 60
"""Characters before a part that name it."""
_BEHIND: Final = 30
"""Those behind it, where none before does."""
_SIZES: Final = range(3, 14)
"""Digits of a part."""
_SHORTEST_OF_A_CARD: Final = 6
"""Those of one that no word calls the first, where its sentence says card."""
_HEADS: Final = frozenset("23456")
_NAMED: Final = Part.NEXT | Part.LAST
_BEHIND_THE_FIRST: Final = _NAMED | Part.JOINED
_MOST: Final = 10
"""Parts that are tried with each other; more numbers are a list."""
_READ: Final = 1_000
"""Numbers of a place that are looked at."""
_MOST_BEHIND: Final = 3
"""Parts behind the first."""
_OF_ANOTHER: Final = frozenset(
    {Label.OTHER_CARD, Label.OTHER_NUMBER, Label.TELEPHONE, Label.BANK_ACCOUNT}
)


class _Piece(NamedTuple):
    """Digits of a place, and which part of a number they are called."""

    surface_id: str
    digits: str
    ranges: Ranges
    part: Part
    is_of_a_card: bool
    """Whether a card is spoken of near."""
    is_counted: bool
    """Whether words say how many digits these are: the first 12."""


def spans_of_named_parts(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The parts of numbers that words name, by surface id.

    `found`: what is known of each place so far.
    """
    places: defaultdict[str, list[_Piece]] = defaultdict(list)
    for piece in chain.from_iterable(_pieces(each, found[each.id]) for each in surfaces):
        places[piece.digits].append(piece)
        if len(places) > _MOST:
            return {}
    told: defaultdict[str, dict[Ranges, Span]] = defaultdict(dict)
    for used, issuer in _numbers(places):
        pieces = [piece for digits in used for piece in places[digits]]
        is_of_a_card = any(piece.is_of_a_card for piece in pieces) or is_about_card(surfaces)
        is_sure = is_of_a_card or all(any(one.is_counted for one in places[part]) for part in used)
        if is_sure or _are_all_named(used, places):
            for piece in pieces:
                span = number_at(piece.ranges, issuer.brand, policy, NAMED, is_sure=is_sure)
                told[piece.surface_id][piece.ranges] = span
    return {surface_id: list(spans.values()) for surface_id, spans in told.items()}


def _are_all_named(used: Sequence[str], places: Mapping[str, Sequence[_Piece]]) -> bool:
    """Whether words call each of the parts behind the first one: where nobody says card."""
    return all(any(piece.part & _NAMED for piece in places[digits]) for digits in used[1:])


def _pieces(surface: Surface, found: Sequence[Span]) -> Iterator[_Piece]:
    """The digits of a place that words call a part of a number."""
    decoded, taken = decoded_of(surface), Taken.by(found)
    for row in islice(ROW.finditer(decoded.text), _READ):
        start, end = row.start() + counted(row[0]), row.end()
        digits = "".join(filter(str.isdecimal, decoded.text[start:end]))
        if len(digits) not in _SIZES or _is_touched(decoded.text, start, end):
            continue
        before = _clause_before(decoded.text, start)
        if part := _part(before, decoded.text[end : end + _BEHIND], digits):
            ranges = tuple(decoded.source(start, end))
            if ranges and not taken.touches(ranges):
                is_of_a_card = is_near_card(decoded.text, start, end)
                is_counted = start > row.start() or counts(before, len(digits))
                yield _Piece(surface.id, digits, ranges, part, is_of_a_card, is_counted)


def _is_touched(text: str, start: int, end: int) -> bool:
    before, behind = text[start - 1 : start], text[end : end + 2]
    if before.isalnum() or before in _TOUCHED or behind[:1].isalnum():
        return True
    return behind[:1] in _TOUCHED and behind[1:].isalnum()


def _clause_before(text: str, start: int) -> str:
    """What is said before some digits, behind any other number, in plain letters."""
    before = _SENTENCE_ENDS.split(text[max(0, start - _BEFORE) : start])[-1]
    return as_read(_ANOTHER.split(before)[-1])


def _part(before: str, behind: str, digits: str) -> Part:
    """Which part of a number some digits are called; none where they are of another."""
    labels = {
        said.label for said in labels_in(before) if not is_of_parts(before[said.start : said.end])
    }
    if not labels.isdisjoint(_OF_ANOTHER) and Label.CARD not in labels:
        return Part(0)
    told = parts_told(before)
    if not told & (Part.FIRST | _NAMED):
        behind = _SENTENCE_ENDS.split(behind)[0]
        told |= parts_told(as_read(_ANOTHER.split(behind)[0]))
    is_long = len(digits) >= _SHORTEST_OF_A_CARD
    if is_long and Part.LAST not in told and Label.CARD in labels:
        told |= Part.FIRST
    return told


def _numbers(
    places: Mapping[str, Sequence[_Piece]],
) -> Iterator[tuple[tuple[str, ...], Issuer]]:
    """The parts that make a number of a card together, in its order, and whose it is."""
    part_of = {digits: reduce(or_, (one.part for one in told)) for digits, told in places.items()}
    heads = [digits for digits in part_of if Part.FIRST in part_of[digits] and digits[0] in _HEADS]
    for head in heads:
        others = [each for each in part_of if each != head and part_of[each] & _BEHIND_THE_FIRST]
        for many in range(1, _MOST_BEHIND + 1):
            for rest in permutations(others, many):
                if issuer := telling_issuer("".join((head, *rest)).encode()):
                    yield (head, *rest), issuer
