"""A card number that was written with a wrong group, and what makes it right. Pure.

`4111 1111 1111 1112, no wait, the last four are 1111`: the first is no number and the second only a
part of one; who reads both has the card. What makes it right may stand in another message, and the
wrong number may lack a group, or be in two parts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Final

from integration.core.cards.counting import count_up
from integration.core.cards.issuers import Issuer, issuer_of
from integration.core.cards.luhn import is_valid
from integration.core.cards.shape import PRINTED_GROUPS
from integration.core.cards.slip import is_slip
from integration.core.masks import masks_of_cards
from integration.core.policy import Policy
from integration.core.spans import Kind, Span
from integration.core.surfaces import Surface, SurfaceKind
from integration.core.text import Decoded
from integration.core.together.claims import Number, as_printed, is_of_a_gone_number, may_say
from integration.core.together.elsewhere import (
    Ranges,
    Taken,
    decoded_of,
    is_about_card,
    is_titled,
    number_at,
)
from integration.core.together.wrong_numbers import (
    WHOLE,
    Right,
    Said,
    Wrong,
    put_right,
    sayings,
    wrong_numbers,
)
from integration.core.words.naming import speaks_of_card
from integration.core.words.places import names_a_group
from integration.core.words.vocabulary import as_read

CORRECTED: Final = "corrected"
"""The reason of every span that is found so."""
_FIVE_GROUPS: Final = re.compile(
    # One that is struck out or in bold may stand between marks in a plain copy of HTML, and the
    # date of the next line may touch the last.
    r"[2-689](?<!\d.)(?<!\d[ -].)\d{3}(?:[*_~]{0,2}[ \xa0\u200b-]{1,5}[*_~]{0,2}\d{4}){4}"
    r"(?:(?!\d|[ -]\d)|(?=(?:0?[1-9]|1[0-2])/(?:20)?[2-4]\d))"
)
_DIGITS: Final = re.compile(r"\d+")
_LABEL: Final = 24
"""Characters before a row in which a card is spoken of."""
_GROUPS: Final = 4
_USUAL: Final = 16
"""Digits of the usual number, in so many groups; one may be left out or be said twice."""
_HALF: Final = 8
"""Digits of the beginning of the right number that are said again."""
_MOST: Final = 4
"""Numbers of a ticket that fail their check digit; more are a list."""
_BETWEEN: Final = r"\D{1,40}"
"""Words between the groups of a number that is told once more."""
_MOST_TRIALS: Final = 20_000
"""Wrong numbers times sentences that are tried."""


class _Told:
    """What is found, by surface id; no two in one place."""

    def __init__(self, found: Mapping[str, Sequence[Span]], policy: Policy) -> None:
        self.spans: defaultdict[str, list[Span]] = defaultdict(list)
        self._found, self._policy = found, policy

    def add(
        self, surface: Surface, ranges: Ranges, brand: str | None, *, is_sure: bool = True
    ) -> None:
        """Take what stands at some ranges, where nothing else is taken."""
        known = self.spans[surface.id]
        taken = Taken(piece for span in known for piece in span.pieces)
        if ranges and not taken.touches(ranges):
            known.append(number_at(ranges, brand, self._policy, CORRECTED, is_sure=is_sure))

    def add_numbers(
        self,
        surface: Surface,
        numbers: Iterable[Number],
        brand: str | None,
        *,
        is_sure: bool = True,
    ) -> None:
        """Take numbers of a place that are not known yet."""
        taken = Taken.by(self._found[surface.id])
        for number in numbers:
            ranges = decoded_of(surface).source(number.start, number.end)
            if not taken.touches(ranges):
                self.add(surface, ranges, brand, is_sure=is_sure)


def spans_corrected(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The wrong numbers and the groups that make them right, by surface id.

    `found`: what is known of each of them so far.
    """
    told = _Told(found, policy)
    read = {surface.id: decoded_of(surface) for surface in surfaces}  # opened once: it takes long
    for surface in surfaces:
        for ranges, issuer in _too_long(read[surface.id], found[surface.id]):
            told.add(surface, ranges, issuer.brand)
    _put_right(surfaces, read, found, told)
    return {surface_id: spans for surface_id, spans in told.spans.items() if spans}


def _put_right(
    surfaces: Sequence[Surface],
    read: Mapping[str, Decoded],
    found: Mapping[str, Sequence[Span]],
    told: _Told,
) -> None:
    """Take the wrong numbers of which a sentence makes a right one, and what it needs for that."""
    rows = [one for s in surfaces for one in wrong_numbers(s, read[s.id], found[s.id])]
    # The ids of mails are as long as numbers, and every reply has some of its own.
    of_people = (one for one in rows if one.surface.kind is not SurfaceKind.HEADER)
    wrong = [one for one in of_people if not one.is_of_another]
    if len({one.row.digits for one in wrong if len(one.row.digits) in WHOLE}) > _MOST:
        return
    written = [surface for surface in surfaces if surface.kind is not SurfaceKind.HEADER]
    texts = [read[surface.id].text for surface in written]
    is_masked = any(kind is Kind.PAN for text in texts for _, _, kind in masks_of_cards(text))
    if not (wrong or is_masked) or not _may_be_put_right(texts, wrong):
        return
    says_card = is_titled(surfaces) or is_about_card(surfaces)
    of_no_number = any(one.is_telling for one in wrong)
    sayings_of = (sayings(s, read[s.id], of_no_number=of_no_number) for s in written)
    different = list({one.row.groups: one for one in reversed(wrong)}.values())
    made: dict[str, tuple[str, bool]] = {}
    most = _MOST_TRIALS // max(len(different), 1)
    for said in islice(chain.from_iterable(sayings_of), most):
        rights = list(put_right(different, said))
        for right in rights:
            is_sure = says_card or _says_card(right, said) or _is_printed(right)
            for one in _alike(right, rows):
                told.add(one.surface, one.ranges, right.issuer.brand, is_sure=is_sure)
            told.add_numbers(said.surface, right.used, right.issuer.brand, is_sure=is_sure)
            made.setdefault(right.digits, (right.issuer.brand, is_sure))
        if is_masked and not rights and is_of_a_gone_number(said.claim):
            told.add_numbers(said.surface, said.claim.groups(), None)
    for digits, (brand, is_sure) in islice(made.items(), _MOST):
        for surface in written:
            again = _in_turn(read[surface.id].text, digits)
            told.add_numbers(surface, again, brand, is_sure=is_sure)


def _in_turn(text: str, digits: str) -> Iterator[Number]:
    """The groups of the right number where all of them are told one by one: 4111, then 1111 ..."""
    for groups in as_printed(digits):
        pattern = rf"(?<!\d){_BETWEEN.join(f'({group})' for group in groups)}(?!\d)"
        for match in re.finditer(pattern, text):
            for at, group in enumerate(groups, 1):
                yield Number(group, *match.span(at))


def _says_card(right: Right, said: Said) -> bool:
    return speaks_of_card(said.claim.words) or any(one.is_near_card for one in right.wrong)


def _is_printed(right: Right) -> bool:
    """Whether a wrong number has the groups of a card, all of them or all but a digit."""
    sizes = (tuple(map(len, one.row.groups)) for one in right.wrong)
    return not right.issuer.weak and any(
        each in PRINTED_GROUPS or (len(each) == _GROUPS and abs(sum(each) - _USUAL) <= 1)
        for each in sizes
    )


def _alike(right: Right, rows: Sequence[Wrong]) -> Iterator[Wrong]:
    """The wrong numbers, and wherever else they stand, or almost the right one, or much of it."""
    whole = {right.digits, *(one.row.digits for one in right.wrong)}
    same = {one.row.groups for one in right.wrong}
    yield from right.wrong
    for one in rows:
        digits = one.row.digits
        is_whole = len(digits) in WHOLE and digits in whole
        is_almost = len(digits) in WHOLE and is_slip(digits, right.digits)
        is_part = len(digits) >= _HALF and right.digits.startswith(digits)
        if one.row.groups in same or is_whole or is_almost or is_part:
            yield one


def _may_be_put_right(texts: Sequence[str], wrong: Sequence[Wrong]) -> bool:
    """Whether any text has a word for it; a sentence is read much more slowly.

    Where all that is wrong is a short row that nobody calls a card, it must be one for a group.
    """
    says = may_say if any(one.is_telling for one in wrong) else names_a_group
    return any(says(as_read(text)) for text in texts)


def _too_long(decoded: Decoded, found: Sequence[Span]) -> Iterator[tuple[Ranges, Issuer]]:
    """Rows of a card with a group too many, as where one is struck out: 4111 1111 2345 1111 1111.

    Where they stand, and whose number the others make. A group that is almost the next one was
    written wrong: then it is no other number that the last of them make by chance.
    """
    if not _FIVE_GROUPS.search(decoded.text):
        return
    taken = Taken.by(found)
    for row in _FIVE_GROUPS.finditer(decoded.text):
        ranges = tuple(decoded.source(*row.span()))
        before = as_read(decoded.text[max(0, row.start() - _LABEL) : row.start()])
        is_free = not taken.touches(ranges) and speaks_of_card(before)
        for issuer, is_slipped in _without_one(_DIGITS.findall(row[0])):
            if ranges and (is_free or is_slipped):
                yield ranges, issuer
                break


def _without_one(groups: Sequence[str]) -> Iterator[tuple[Issuer, bool]]:
    """Whose number is left without one of the groups, and whether that is almost the next."""
    if count_up([int(group) for group in groups]):
        return  # 4011 4012 4013 4014 4020: rooms
    for at in range(1, len(groups)):
        made = "".join((*groups[:at], *groups[at + 1 :])).encode()
        issuer = issuer_of(made)
        if issuer and not issuer.weak and is_valid(made):
            yield issuer, is_slip(*groups[at : at + 2]) if at + 1 < len(groups) else False
