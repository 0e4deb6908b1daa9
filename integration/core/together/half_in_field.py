"""A part of a number in a field or in the subject, where somebody says that it stands there. Pure.

`I put the first eight digits of my card into the field Order, the other eight are 1111 1111`: the
field shows some digits and the message some others, and only the sentence makes one number of them.
`Card 4111 1111 (the rest in the message)`: of the subject, the subject itself says it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, permutations, product
from typing import Final, NamedTuple

from integration.core.cards.glued import likely_issuer
from integration.core.cards.issuers import Issuer
from integration.core.policy import Policy
from integration.core.spans import Span
from integration.core.surfaces import Surface, SurfaceKind
from integration.core.text import Decoded
from integration.core.together.elsewhere import (
    Ranges,
    Taken,
    decoded_of,
    is_about_card,
    number_at,
    sentence_around,
    sentences_on_fields,
)
from integration.core.words.labels import all_labels_in
from integration.core.words.parts import counts, parts_told, says_half
from integration.core.words.vocabulary import Label, as_read

_FIELDS: Final = frozenset({SurfaceKind.CUSTOM_FIELD, SurfaceKind.HISTORY})
"""What a field holds, and what it held before."""
_TITLE: Final = SurfaceKind.SUBJECT
_LONGEST_TITLE: Final = 200
_CARDS: Final = frozenset({Label.CARD, Label.CARD_HINT})
_PART: Final = re.compile(r"(?<![\w.,:/+-])(?<!\d )\d(?:[ -]?\d){3,11}(?![\w/-]|[.,:]\d| \d)")
_NO_DIGIT: Final = re.compile(r"\D")
_MOST: Final = 6
"""Parts of a text."""


class _Half(NamedTuple):
    surface_id: str
    ranges: Ranges
    digits: str


_HalvesOf = Callable[[Surface, Sequence[Span]], Iterator[_Half]]


def spans_half_in_field(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The parts of numbers in fields and subjects, and those that go with them, by surface id.

    `found`: what is known of each place so far. They are told, and not removed, where nobody says
    card or where two numbers could be meant.
    """
    shown = [half for s in surfaces if s.kind in _FIELDS for half in _in_field(s, found[s.id])]
    texts = [surface for surface in surfaces if surface.kind not in _FIELDS]
    said = [each for s in texts if shown for each in sentences_on_fields(s) if parts_told(each)]
    fields = [half for half in shown if any(_are_so_many(each, half.digits) for each in said)]
    titles = [half for s in texts if s.kind is _TITLE for half in _in_title(s, found[s.id])]
    if not (fields or titles):
        return {}
    is_about = is_about_card(surfaces)
    pairs = list(product(fields, _in_texts(texts, found, _told)))
    if is_about:
        pairs += product(titles, _in_texts(texts, found, _shown))
    made = {pair: issuer for pair in pairs if (issuer := _issuer(pair))}
    is_one = len({(one.digits, other.digits) for one, other in made}) == 1
    is_sure = is_one and (is_about or any(map(_names_a_card, said)))
    spans: dict[str, list[Span]] = {}
    for half, issuer in {half: issuer for pair, issuer in made.items() for half in pair}.items():
        span = number_at(half.ranges, issuer.brand, policy, is_sure=is_sure)
        spans.setdefault(half.surface_id, []).append(span)
    return spans


def _names_a_card(said: str) -> bool:
    return any(found.label in _CARDS for found in all_labels_in(said))


def _are_so_many(said: str, digits: str) -> bool:
    """Whether a sentence tells a part of so many digits, or one half or the rest."""
    return counts(said, len(digits)) or says_half(said)


def _in_field(surface: Surface, found: Sequence[Span]) -> Iterator[_Half]:
    """What a field holds, if that is nothing but digits, and too few for a number."""
    decoded = decoded_of(surface)
    row = _PART.fullmatch(decoded.text.strip())
    if row:
        at = decoded.text.index(row[0])
        yield from _free(surface, decoded, [(at, at + len(row[0]))], found)


def _in_title(surface: Surface, found: Sequence[Span]) -> Iterator[_Half]:
    """The digits of a subject that says where the rest is: `card 4111 1111 (the rest below)`."""
    if says_half(as_read(decoded_of(surface).text[:_LONGEST_TITLE])):
        yield from _shown(surface, found)


def _in_texts(
    texts: Iterable[Surface], found: Mapping[str, Sequence[Span]], halves_of: _HalvesOf
) -> list[_Half]:
    written = (surface for surface in texts if surface.kind is not _TITLE)
    return [half for surface in written for half in halves_of(surface, found[surface.id])]


def _told(surface: Surface, found: Sequence[Span]) -> Iterator[_Half]:
    """The first digits of a text whose sentence calls them a part."""
    decoded = decoded_of(surface)
    rows = (row.span() for row in _PART.finditer(decoded.text))
    parts = (row for row in rows if parts_told(sentence_around(decoded.text, *row)))
    return _free(surface, decoded, islice(parts, _MOST), found)


def _shown(surface: Surface, found: Sequence[Span]) -> Iterator[_Half]:
    """The first digits of a text, whatever they are called."""
    decoded = decoded_of(surface)
    rows = (row.span() for row in _PART.finditer(decoded.text))
    return _free(surface, decoded, islice(rows, _MOST), found)


def _free(
    surface: Surface, decoded: Decoded, rows: Iterable[tuple[int, int]], found: Sequence[Span]
) -> Iterator[_Half]:
    taken = Taken.by(found)
    for start, end in rows:
        ranges = tuple(decoded.source(start, end))
        if ranges and not taken.touches(ranges):
            yield _Half(surface.id, ranges, _NO_DIGIT.sub("", decoded.text[start:end]))


def _issuer(pair: tuple[_Half, _Half]) -> Issuer | None:
    """The issuer of the number that two parts make, one way round or the other."""
    for one, other in permutations(half.digits for half in pair):
        issuer = likely_issuer(f"{one}{other}".encode())
        if issuer and not issuer.weak:
            return issuer
    return None
