"""A part of a number in a field of the ticket, where somebody says that it stands there. Pure.

`I put the first eight digits of my card into the field Order, the other eight are 1111 1111`: the
field shows some digits and the message some others, and only the sentence makes one number of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations, product
from typing import Final, NamedTuple

from integration.core.cards.issuers import issuer_of
from integration.core.cards.luhn import is_valid
from integration.core.cards.number import MIN_DIGITS
from integration.core.policy import Policy
from integration.core.spans import Span
from integration.core.surfaces import Surface, SurfaceKind
from integration.core.together.elsewhere import (
    Ranges,
    Taken,
    decoded_of,
    is_about_card,
    number_at,
    sentence_around,
)
from integration.core.words.labels import all_labels_in
from integration.core.words.naming import names_a_field
from integration.core.words.parts import parts_told
from integration.core.words.vocabulary import Label, as_read

_FIELDS: Final = frozenset({SurfaceKind.CUSTOM_FIELD, SurfaceKind.HISTORY})
"""What a field holds, and what it held before."""
_CARDS: Final = frozenset({Label.CARD, Label.CARD_HINT})
_PART: Final = re.compile(r"(?<![\w.,:/+-])(?<!\d )\d(?:[ -]?\d){3,11}(?![\w/-]|[.,:]\d| \d)")
_NO_DIGIT: Final = re.compile(r"\D")
_SENTENCE_ENDS: Final = re.compile(r"[.!?;\n]\s*")
_READ: Final = 2_000
"""Characters of a place that are looked through for the sentence."""
_MOST: Final = 12
"""Parts on either side; with more of them one would fit by chance."""


class _Half(NamedTuple):
    surface_id: str
    ranges: Ranges
    digits: str


def spans_half_in_field(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The parts of numbers in fields, and those in texts that go with them, by surface id.

    `found`: what is known of each place so far.
    """
    fields = [half for s in surfaces if s.kind in _FIELDS for half in _in_field(s, found[s.id])]
    texts = [surface for surface in surfaces if surface.kind not in _FIELDS]
    said = [each for surface in texts for each in _saying_so(surface)] if fields else []
    if not (any(map(_names_a_card, said)) or (said and is_about_card(surfaces))):
        return {}
    halves = [half for surface in texts for half in _told(surface, found[surface.id])]
    spans: dict[str, list[Span]] = {}
    for pair in product(fields[:_MOST], halves[:_MOST]):
        if brand := _brand(pair):
            for half in pair:
                known = spans.setdefault(half.surface_id, [])
                span = number_at(half.ranges, brand, policy)
                if span not in known:
                    known.append(span)
    return spans


def _saying_so(surface: Surface) -> Iterator[str]:
    """The sentences that say of a part that it stands in a field."""
    for said in _SENTENCE_ENDS.split(as_read(decoded_of(surface).text[:_READ])):
        if names_a_field(said) and parts_told(said):
            yield said


def _names_a_card(said: str) -> bool:
    return any(found.label in _CARDS for found in all_labels_in(said))


def _in_field(surface: Surface, found: Sequence[Span]) -> Iterator[_Half]:
    """What a field holds, if that is nothing but digits, and too few for a number."""
    decoded = decoded_of(surface)
    row = _PART.fullmatch(decoded.text.strip())
    if row and (half := _half(surface, decoded.text.index(row[0]), row[0], found)):
        yield half


def _told(surface: Surface, found: Sequence[Span]) -> Iterator[_Half]:
    """The digits of a text whose sentence calls them a part."""
    text = decoded_of(surface).text
    for row in _PART.finditer(text):
        is_part = parts_told(sentence_around(text, *row.span()))
        if is_part and (half := _half(surface, row.start(), row[0], found)):
            yield half


def _half(surface: Surface, at: int, row: str, found: Sequence[Span]) -> _Half | None:
    ranges = tuple(decoded_of(surface).source(at, at + len(row)))
    if not ranges or Taken.by(found).touches(ranges):
        return None
    return _Half(surface.id, ranges, _NO_DIGIT.sub("", row))


def _brand(pair: tuple[_Half, _Half]) -> str | None:
    """The brand of the number that two parts make, one way round or the other."""
    for one, other in permutations(half.digits for half in pair):
        number = f"{one}{other}".encode()
        issuer = issuer_of(number) if len(number) >= MIN_DIGITS and is_valid(number) else None
        if issuer and not issuer.weak:
            return issuer.brand
    return None
