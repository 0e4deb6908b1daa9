"""A card number that was written with a wrong group, and the right group behind it. Pure.

`4111 1111 1111 1112, no wait, the last four are 1111`: the first is no number and the second only a
part of one; who reads both has the card. The right group may stand in another message.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from integration.core.cards.issuers import Issuer, issuer_of
from integration.core.cards.luhn import is_valid
from integration.core.cards.named import AGAINST
from integration.core.policy import BESIDE_CARD, Policy
from integration.core.spans import Span
from integration.core.surfaces import Surface, SurfaceKind, Text
from integration.core.together.conversations import GROUP
from integration.core.together.digit_rows import windows
from integration.core.together.elsewhere import (
    Ranges,
    Taken,
    decoded_of,
    is_about_card,
    is_near_card,
    is_titled,
    number_at,
    sentence_around,
)
from integration.core.words.correcting import corrects, tells_the_end
from integration.core.words.index import WORD
from integration.core.words.labels import labels_in, speaks_of_card
from integration.core.words.numbers import ordinals
from integration.core.words.parts import counted_parts
from integration.core.words.vocabulary import as_read

CORRECTED: Final = "corrected"
"""The reason of every span that is found so."""
_MAY_HOLD: Final = re.compile(r"[2-6](?<!\d.)(?:\d{12}|\d{3}\D{1,40}\d{4}\D{1,40}\d{4}\D{1,40}\d)")
_GROUP: Final = re.compile(
    r"(?<![\w.,:/-])(?<!\d[ \xa0])(?:\d{4}[ \xa0]\d{4}|\d{3,8})(?![\w:/-]|[.,]\d|[ \xa0]\d)"
)
_COUNTED: Final = re.compile(r"(?<!\w)([1-4])(?:st|nd|rd|th)\b")
_FIVE_GROUPS: Final = re.compile(
    r"[2-6](?<!\d.)(?<!\d[ -].)\d{3}(?:[ \xa0\u200b-]{1,5}\d{4}){4}(?!\d|[ -]\d)"
)
_STARRED: Final = re.compile(r"(?<![^\n])\*\d+[.!]?[ \t]*(?=\n|\Z)")
_DIGITS: Final = re.compile(r"\d+")
_NO_DIGIT: Final = re.compile(r"\D")
_LABEL: Final = 24
"""Characters before a number in which another is named."""
_BESIDE: Final = 40
"""Characters before a group and behind it in which it is said to be the end."""
_HEADS: Final = frozenset("23456")
_LENGTHS: Final = range(14, 17)
_MOST: Final = 4
"""Numbers of a ticket that fail their check digit; more are a list."""


class _Wrong(NamedTuple):
    """Digits that look like a card number and are none, and where they stand."""

    surface_id: str
    digits: str
    ranges: Ranges
    near_card: bool


class _Right(NamedTuple):
    """A group that takes the place of another, and what is said of it."""

    surface_id: str
    digits: str
    ranges: Ranges
    words: str
    near: str
    """The words right beside it."""
    is_starred: bool
    """Whether it is all of its line but for a star: *1111."""

    def corrects(self, wrong: str) -> Issuer | None:
        """The issuer of the number that it makes of a wrong one."""
        size = len(self.digits)
        places = [0, len(wrong) - size] if self._says_so() else []
        if size == GROUP:
            places += self._counted()
            places += range(0, len(wrong), GROUP) if self.is_starred else ()
        # The number itself names none of its groups.
        words = re.sub(r"\D{0,3}".join(wrong), "", self.words)
        named = [
            at
            for at in range(0, len(wrong), GROUP)
            if re.search(rf"(?<!\d){wrong[at : at + size]}(?!\d)", words)
        ]
        for at in dict.fromkeys((*places, *named)):
            made = f"{wrong[:at]}{self.digits}{wrong[at + size :]}".encode()
            if len(made) == len(wrong) and is_valid(made) and (issuer := _issuer(made)):
                return issuer
        return None

    def _counted(self) -> list[int]:
        """Where a group begins that words count: the third is 1111, group number two: 1111."""
        words = (ordinals().get(word) for word in WORD.findall(self.near))
        figures = (found[1] for found in _COUNTED.finditer(self.near))
        counted = (*words, *figures, *counted_parts(self.near))
        return [(int(at) - 1) * GROUP for at in counted if at]

    def _says_so(self) -> bool:
        return corrects(self.words) or tells_the_end(self.near)


def spans_corrected(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The wrong numbers and the groups that make them right, by surface id.

    `found`: what is known of each of them so far.
    """
    told: defaultdict[str, dict[Ranges, Span]] = defaultdict(dict)
    for surface in surfaces:
        for ranges, issuer in _too_long(surface, found[surface.id]):
            told[surface.id][ranges] = number_at(ranges, issuer.brand, policy, CORRECTED)
    wrong = [one for surface in surfaces for one in _wrong(surface, found[surface.id])]
    if 0 < len({one.digits for one in wrong}) <= _MOST:
        for surface_id, spans in _put_right(surfaces, found, policy, wrong).items():
            told[surface_id] |= spans
    return {surface_id: list(spans.values()) for surface_id, spans in told.items()}


def _put_right(
    surfaces: Sequence[Surface],
    found: Mapping[str, Sequence[Span]],
    policy: Policy,
    wrong: Sequence[_Wrong],
) -> Mapping[str, Mapping[Ranges, Span]]:
    """The wrong numbers with a group that makes them right, and that group."""
    said = [surface for surface in surfaces if surface.kind is not SurfaceKind.HEADER]
    right = [one for surface in said for one in _right(surface, found[surface.id])]
    says_card = is_titled(surfaces) or is_about_card(surfaces)
    told: defaultdict[str, dict[Ranges, Span]] = defaultdict(dict)
    for number in wrong:
        for group in right:
            if issuer := group.corrects(number.digits):
                is_sure = says_card or number.near_card or speaks_of_card(group.words)
                for place in (number, group):
                    here = told[place.surface_id]
                    if not Taken(chain.from_iterable(here)).touches(place.ranges):
                        here[place.ranges] = number_at(
                            place.ranges, issuer.brand, policy, CORRECTED, is_sure=is_sure
                        )
    return told


def _too_long(surface: Surface, found: Sequence[Span]) -> Iterator[tuple[Ranges, Issuer]]:
    """Rows of a card with a group too many, as where one is struck out: 4111 1111 2345 1111 1111.

    Where they stand, and whose number the others make.
    """
    if not _FIVE_GROUPS.search(decoded_of(surface).text):
        return
    decoded, taken = decoded_of(surface), Taken.by(found)
    for row in _FIVE_GROUPS.finditer(decoded.text):
        ranges = tuple(decoded.source(*row.span()))
        before = as_read(decoded.text[max(0, row.start() - _LABEL) : row.start()])
        if ranges and not taken.touches(ranges) and speaks_of_card(before):
            groups = _DIGITS.findall(row[0])
            for at in range(1, len(groups)):
                made = "".join(groups[:at] + groups[at + 1 :]).encode()
                issuer = issuer_of(made)
                if issuer and not issuer.weak and is_valid(made):
                    yield ranges, issuer
                    break


def _wrong(surface: Surface, found: Sequence[Span]) -> Iterator[_Wrong]:
    assert isinstance(surface.content, Text)  # noqa: S101  files are not read here
    if not _MAY_HOLD.search(surface.content.text):
        return
    decoded = decoded_of(surface)
    taken = Taken.by(found, BESIDE_CARD)
    for start, end, digits in windows(decoded.text, _LENGTHS):
        ranges = tuple(decoded.source(start, end))
        if ranges and not taken.touches(ranges) and not is_valid(digits.encode()):
            before = decoded.text[max(0, start - _LABEL) : start]
            if not before.endswith("=") and _names_no_other(as_read(before)):
                is_near = is_near_card(decoded.text, start, end)
                # Where its first group is the wrong one, it is of no issuer.
                if (is_near and digits[0] in _HEADS) or _issuer(digits.encode()):
                    yield _Wrong(surface.id, digits, ranges, is_near)


def _names_no_other(before: str) -> bool:
    return not any(said.label in AGAINST for said in labels_in(before))


def _issuer(number: bytes) -> Issuer | None:
    issuer = issuer_of(number)
    return issuer if issuer is not None and not issuer.weak else None


def _right(surface: Surface, found: Sequence[Span]) -> Iterator[_Right]:
    decoded = decoded_of(surface)
    taken = Taken.by(found)
    for match in _GROUP.finditer(decoded.text):
        ranges = tuple(decoded.source(*match.span()))
        if ranges and not taken.touches(ranges):
            words = sentence_around(decoded.text, *match.span())
            near = as_read(decoded.text[max(0, match.start() - _BESIDE) : match.end() + _BESIDE])
            is_starred = _STARRED.match(decoded.text, match.start() - 1) is not None
            digits = _NO_DIGIT.sub("", match[0])
            yield _Right(surface.id, digits, ranges, words, near, is_starred)
