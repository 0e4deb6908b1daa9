"""A card number without its last group, and the group that somebody calls the last. Pure.

`My card is 4111 1111 1111`, and `the last four: 1111`, in whatever order they stand; or one that is
cut short, `4111 1111 1111 11`, and then put right. So is one without its first group, where it is
asked for: `the first four are missing, we have 1111 1111 1111`, and `they are 4111`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Final

from integration.core.cards.glued import telling_issuer
from integration.core.cards.meanings import is_writer
from integration.core.cards.named import AGAINST
from integration.core.policy import Policy
from integration.core.spans import Span
from integration.core.surfaces import Surface
from integration.core.together.elsewhere import (
    Ranges,
    Taken,
    decoded_of,
    is_near_card,
    is_titled,
    number_at,
    sentence_around,
)
from integration.core.words.correcting import tells_the_end
from integration.core.words.labels import labels_in
from integration.core.words.vocabulary import Label, as_read

_CUT: Final = re.compile(
    # A pattern that begins with a digit is searched for faster than what must not stand before it.
    r"([2-689](?<![\w.,:;=/-].)(?<!\d .)(?:\d{3}[ -]?\d{4}[ -]?\d{4}|(?<=3)[47]\d\d[ -]?\d{6}))"
    r"(?: ?-?(?:\d{1,3}|\d{0,3}[?_.]{1,4}))?(?![\w:/*•-]|[.,]\d| ?[-–]? ?\d)"
)
"""Three groups, or two of American Express, and perhaps the beginning of the last."""
_TAIL: Final = re.compile(
    r"(\d(?<![\w.,:/*-].)(?<!\d .)\d{3}[ -]?\d{4}[ -]?\d{4})(?![\w:/*•-]|[.,]\d| ?[-–]? ?\d)"
)
"""Three groups that may be the last."""
_FIRST: Final = re.compile(r"(?<![\w.,:/*-])(?<!\d )[2-689]\d{3}(?![\w:/*•-]|[.,]\d| ?\d)")
_LAST: Final = re.compile(r"(?<![\w.,:/*-])(?<!\d )\d{1,5}(?![\w:/*•-]|[.,]\d| ?\d)")
_LAST_OF: Final = {12: 4, 10: 5}
"""How many digits follow so many of a number: 4-4-4-4, and 4-6-5."""
_NO_DIGIT: Final = re.compile(r"\D")
_BESIDE: Final = 32
"""Those in which a group is called the last."""
_LABEL: Final = 40
"""Those before digits in which another number is named."""
_MOST: Final = 20
"""Pieces that are tried with each other; more numbers are a list."""
_READ: Final = 1_000
"""Pieces that are looked at."""


class _Piece:
    """Some digits of a place."""

    def __init__(self, surface: Surface, match: re.Match[str]) -> None:
        self.surface = surface
        self.digits = _NO_DIGIT.sub("", match[match.lastindex or 0])
        self.begun = _NO_DIGIT.sub("", match[0])[len(self.digits) :]
        """What stands there of a last group."""
        self._text = decoded_of(surface).text
        self._start, self._end = match.span()

    @property
    def sentence(self) -> str:
        """What is said around them."""
        return sentence_around(self._text, self._start, self._end)

    @property
    def near(self) -> str:
        """What is said right beside them, in their sentence."""
        return sentence_around(self._text, self._start, self._end, _BESIDE)

    @property
    def is_of_a_card(self) -> bool:
        """Whether a card, or what belongs to one, is spoken of near."""
        return is_near_card(self._text, self._start, self._end)

    @property
    def is_of_another(self) -> bool:
        """Whether another number is named right before, and no card."""
        before = as_read(self._text[max(0, self._start - _LABEL) : self._start])
        labels = labels_in(before)
        named = {each.label for each in labels if not is_writer(before[each.start : each.end])}
        return not named.isdisjoint(AGAINST) and Label.CARD not in named

    @property
    def ranges(self) -> Ranges:
        """Where they stand in the raw text."""
        return decoded_of(self.surface).source(self._start, self._end)


_Pair = tuple[str, tuple[_Piece, _Piece]]
"""The digits that two pieces make together, and the two."""


def spans_of_last_groups(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The numbers that lack their last group, and those groups, by surface id.

    `found`: what is known of each place so far.
    """
    pairs = [*_without_the_last(surfaces), *_without_the_first(surfaces)]
    titled = bool(pairs) and is_titled(surfaces)
    told: dict[_Piece, str] = {}
    for digits, pair in pairs:
        issuer = telling_issuer(digits.encode())
        if issuer and (titled or any(piece.is_of_a_card for piece in pair)):
            told |= dict.fromkeys(pair, issuer.brand)
    spans: dict[str, list[Span]] = {}
    for piece, brand in told.items():
        ranges, name = piece.ranges, piece.surface.id
        if ranges and not Taken.by(found[name]).touches(ranges):
            spans.setdefault(name, []).append(number_at(ranges, brand, policy))
    return spans


def _without_the_last(surfaces: Sequence[Surface]) -> Iterator[_Pair]:
    """Numbers that lack their last group, and the groups that are called so."""
    cut = _few(surfaces, _CUT)
    groups = _pieces(surfaces, _LAST) if cut else ()
    last = [piece for piece in groups if tells_the_end(piece.near)]
    for head, group in product(cut, last[:_MOST]):
        yield head.digits + _last_of(head, group), (head, group)


def _without_the_first(surfaces: Sequence[Surface]) -> Iterator[_Pair]:
    """Numbers that are said to lack their first group, and what other messages have for it."""
    cut = [piece for piece in _few(surfaces, _TAIL) if tells_the_end(piece.sentence)]
    first = list(islice(_pieces(surfaces, _FIRST), _MOST)) if cut else []
    for tail, group in product(cut, first):
        if tail.surface is not group.surface:
            yield group.digits + tail.digits, (group, tail)


def _few(surfaces: Sequence[Surface], pattern: re.Pattern[str]) -> list[_Piece]:
    """What a pattern finds that is named for no other number; nothing where that is a list."""
    found = [piece for piece in _pieces(surfaces, pattern) if not piece.is_of_another]
    return found if len(found) <= _MOST else []


def _pieces(surfaces: Sequence[Surface], pattern: re.Pattern[str]) -> Iterator[_Piece]:
    found = (
        _Piece(surface, match)
        for surface in surfaces
        for match in pattern.finditer(decoded_of(surface).text)
    )
    return islice(found, _READ)


def _last_of(head: _Piece, group: _Piece) -> str:
    """The last group: a whole one, or what a begun one lacks."""
    size = _LAST_OF[len(head.digits)]
    whole = group.digits if len(group.digits) == size else head.begun + group.digits
    return whole if len(whole) == size else ""
