"""What is left of a card number that was removed elsewhere, known by its mask. Pure.

`[card visa **** 1111]` stands in one message, and a later one shows the number in a way that tells
nothing by itself: with no word for a card, its last groups as a reply quotes them, or with one
digit misread where somebody reads it back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from integration.core.cards.issuers import Issuer, issuer_of
from integration.core.cards.luhn import is_valid
from integration.core.cards.named import AGAINST
from integration.core.cards.slip import slips_of
from integration.core.masks import masked_numbers, masks_of_parts
from integration.core.policy import BESIDE_CARD, Policy
from integration.core.spans import Span
from integration.core.surfaces import Surface
from integration.core.together.digit_rows import Row, rows
from integration.core.together.elsewhere import Taken, decoded_of, number_at
from integration.core.words.naming import names_any
from integration.core.words.vocabulary import as_read

MASKED: Final = "masked-elsewhere"
"""The reason of every span that is found so."""
_LAST: Final = 4
_WHOLE: Final = range(12, 20)
_TAIL: Final = range(8, 16)
"""Digits of the end of a number, in groups of four."""
_LABEL: Final = 24
"""Characters before digits in which another number is named."""


def spans_of_masked_numbers(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """What goes with the masks of a ticket, by surface id; `found`: what is known of each place."""
    masks = _Masks(decoded_of(surface).text for surface in surfaces)
    if not masks:
        return {}
    told = {
        surface.id: list(_told(surface, found[surface.id], masks, policy)) for surface in surfaces
    }
    return {surface_id: spans for surface_id, spans in told.items() if spans}


class _Masks:
    """The masks of a ticket: the brands of numbers by their last four digits, and of parts."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._brands: defaultdict[str, set[str | None]] = defaultdict(set)
        self._of_parts: set[str] = set()
        for text in texts:
            for brand, last in masked_numbers(text):
                self._brands[last].add(brand)
            self._of_parts |= {brand for _, _, brand in masks_of_parts(text)}

    def __bool__(self) -> bool:
        return bool(self._brands or self._of_parts)

    def brand(self, digits: str) -> str | None:
        """The brand of a number, or of the mask whose end some digits are."""
        if issuer := _issuer(digits):
            return issuer.brand
        return min(filter(None, self._brands[digits[-_LAST:]]), default=None)

    def hold(self, digits: str) -> bool:
        """Whether a number was masked whole, or is of the brand of one that was masked in parts."""
        issuer = _issuer(digits)
        if issuer is None or not is_valid(digits.encode()):
            return False
        return digits[-_LAST:] in self._brands or issuer.brand in self._of_parts

    def hold_the_end(self, row: Row) -> bool:
        """Whether some digits are the last groups of a number that was masked."""
        is_tail = len(row.digits) in _TAIL and all(len(group) == _LAST for group in row.groups)
        return is_tail and row.digits[-_LAST:] in self._brands

    def hold_a_slip(self, digits: str) -> bool:
        """Whether a slip in its last four digits parts a number from one that was masked."""
        issuer = _issuer(digits)
        if issuer is None or len(digits) not in issuer.lengths:
            return False
        return any(issuer.brand in self._brands.get(last, ()) for last in slips_of(digits[-_LAST:]))


def _issuer(digits: str) -> Issuer | None:
    return issuer_of(digits.encode()) if len(digits) in _WHOLE else None


def _told(surface: Surface, found: Sequence[Span], masks: _Masks, policy: Policy) -> Iterator[Span]:
    decoded, taken = decoded_of(surface), Taken.by(found, BESIDE_CARD)
    for row in rows(decoded.text, _TAIL.start):
        is_whole = masks.hold(row.digits)
        if not (is_whole or masks.hold_the_end(row) or masks.hold_a_slip(row.digits)):
            continue
        before = decoded.text[max(0, row.start - _LABEL) : row.start]
        if not is_whole and names_any(as_read(before), AGAINST):
            continue
        ranges = tuple(decoded.source(row.start, row.end))
        if ranges and not taken.touches(ranges):
            yield number_at(ranges, masks.brand(row.digits), policy, MASKED)
