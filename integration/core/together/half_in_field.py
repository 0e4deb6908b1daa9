"""A part of a number in a field or in the subject, where somebody says that it stands there. Pure.

`I put the first eight digits of my card into the field Order, the other eight are 1111 1111`: the
field shows some digits and the message some others, and only the sentence makes one number of them.
`Card 4111 1111 (the rest in the message)`: of the subject, the subject itself says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, product, starmap
from typing import Final, NamedTuple

from integration.core.cards.glued import likely_issuer
from integration.core.cards.issuers import Issuer
from integration.core.cards.meanings import names_another
from integration.core.cards.named import AGAINST
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
from integration.core.words.listed import Listed, says
from integration.core.words.parts import counts, parts_told, says_half
from integration.core.words.vocabulary import Label, as_read

_FIELDS: Final = frozenset({SurfaceKind.CUSTOM_FIELD, SurfaceKind.HISTORY})
"""What a field holds, and what it held before."""
_TITLE: Final = SurfaceKind.SUBJECT
_LONGEST_TITLE: Final = 200
_CARDS: Final = frozenset({Label.CARD, Label.CARD_HINT})
_PART: Final = re.compile(r"(?<![\w.,:/+-])(?<!\d )\d(?:[ -]?\d){3,11}(?![\w/-]|[.,:]\d| \d)")
_BEFORE: Final = 40
"""Characters before digits in which another number is named."""
_SENTENCE_ENDS: Final = re.compile(r"[.!?;,]\s|\n")
_NO_DIGIT: Final = re.compile(r"\D")
_MOST: Final = 6
"""Parts of a text."""


class _Half(NamedTuple):
    surface_id: str
    ranges: Ranges
    digits: str
    at: int


_Found = Mapping[str, Sequence[Span]]
_Made = dict[tuple[_Half, _Half], Issuer]
"""Two parts that make a number, and whose it is."""


def spans_half_in_field(
    surfaces: Sequence[Surface], found: _Found, policy: Policy
) -> dict[str, list[Span]]:
    """The parts of numbers in fields and subjects, and those that go with them, by surface id.

    `found`: what is known of each place so far. They are told, and not removed, where nobody says
    card or where two numbers could be meant.
    """
    told: dict[_Half, Span] = {}
    for made, is_of_card in (_of_fields(surfaces, found), (_of_titles(surfaces, found), True)):
        is_sure = is_of_card and len({(one.digits, other.digits) for one, other in made}) == 1
        for half, issuer in ((half, issuer) for pair, issuer in made.items() for half in pair):
            if is_sure or half not in told:
                told[half] = number_at(half.ranges, issuer.brand, policy, is_sure=is_sure)
    spans: dict[str, list[Span]] = {}
    for half, span in told.items():
        spans.setdefault(half.surface_id, []).append(span)
    return spans


def _of_fields(surfaces: Sequence[Surface], found: _Found) -> tuple[_Made, bool]:
    """The parts in fields that a sentence tells, with the others, and whether it says card."""
    shown = [half for s in surfaces if s.kind in _FIELDS for half in _in_field(s, found[s.id])]
    texts = [surface for surface in surfaces if surface.kind not in _FIELDS] if shown else []
    pairs = chain.from_iterable(map(sentences_on_fields, texts))
    said = [each for each in starmap(_told_of_fields, pairs) if each]
    if not said:
        return {}, False
    counted = {half for half in shown if any(_are_so_many(each, half.digits) for each in said)}
    made: _Made = {}
    told = {half: is_counted for s in texts for half, is_counted in _told(s, found[s.id])}
    for pair in product(shown, told):
        is_told = pair[0] in counted or told[pair[1]]
        if is_told and (issuer := _issuer(*pair) or _issuer(*reversed(pair))):
            made[pair] = issuer
    return made, any(map(_names_a_card, said)) or is_about_card(surfaces)


def _of_titles(surfaces: Sequence[Surface], found: _Found) -> _Made:
    """The beginnings in subjects of cards that say where the rest is, with what may be the rest."""
    titles = [half for s in surfaces if s.kind is _TITLE for half in _in_title(s, found[s.id])]
    texts = [s for s in surfaces if s.kind not in {*_FIELDS, _TITLE}] if titles else []
    rests = [half for surface in texts for half in _unnamed(surface, found[surface.id])]
    return {pair: issuer for pair in product(titles, rests) if (issuer := _issuer(*pair))}


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
    """The digits of a subject: `card 4111 1111 (the rest in the message)`."""
    text = decoded_of(surface).text[:_LONGEST_TITLE]
    if says(as_read(text), Listed.REST):
        for half in _unnamed(surface, found):
            if half.at < _LONGEST_TITLE and _names_a_card(as_read(text[: half.at])):
                yield half


def _told_of_fields(said: str, following: str) -> str:
    """The sentence that tells a part: `the field takes ten digits only. There is the beginning`."""
    both = f"{said}. {following}"
    return said if parts_told(said) else both if parts_told(following) else ""


def _told(surface: Surface, found: Sequence[Span]) -> Iterator[tuple[_Half, bool]]:
    """The first digits of a text whose sentence calls them a part, and whether it counts them."""
    decoded = decoded_of(surface)
    rows = (row.span() for row in _PART.finditer(decoded.text))
    parts = (row for row in rows if parts_told(sentence_around(decoded.text, *row)))
    for half in _free(surface, decoded, islice(parts, _MOST), found):
        yield half, counts(as_read(_said_before(decoded.text, half.at)), len(half.digits))


def _unnamed(surface: Surface, found: Sequence[Span]) -> Iterator[_Half]:
    """The first digits of a text that no word before them calls another number."""
    decoded = decoded_of(surface)
    rows = islice((row.span() for row in _PART.finditer(decoded.text)), _MOST)
    free = (row for row in rows if not _is_another(decoded.text, row[0]))
    return _free(surface, decoded, free, found)


def _is_another(text: str, start: int) -> bool:
    return names_another(as_read(_said_before(text, start)), AGAINST)


def _said_before(text: str, start: int) -> str:
    return _SENTENCE_ENDS.split(text[max(0, start - _BEFORE) : start])[-1]


def _free(
    surface: Surface, decoded: Decoded, rows: Iterable[tuple[int, int]], found: Sequence[Span]
) -> Iterator[_Half]:
    taken = Taken.by(found)
    for start, end in rows:
        ranges = tuple(decoded.source(start, end))
        if ranges and not taken.touches(ranges):
            yield _Half(surface.id, ranges, _NO_DIGIT.sub("", decoded.text[start:end]), start)


def _issuer(one: _Half, other: _Half) -> Issuer | None:
    """The issuer of the number that two parts make."""
    issuer = likely_issuer(f"{one.digits}{other.digits}".encode())
    return issuer if issuer and not issuer.weak else None
